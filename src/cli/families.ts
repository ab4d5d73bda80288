import { catalogueOf, type FamilyManifest, type ManifestModule, type Refusal } from '../contract/manifest.ts'

/** All manifests there are, for the build: manifest-plugin.mjs makes of them what the page starts with and what it fetches later. */
const modules = [
  ...Object.values(import.meta.glob<ManifestModule>('../systems/*/manifest.ts', { eager: true })),
  ...Object.values(import.meta.glob<ManifestModule>('../behaviours/*/manifest.ts', { eager: true })),
]
export const families: readonly FamilyManifest[] = catalogueOf(modules.map(module => module.manifest)).families
export const refusals: readonly Refusal[] = modules.flatMap(module => module.refusals ?? [])
