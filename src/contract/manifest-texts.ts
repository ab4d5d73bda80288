import type { FamilyManifest } from './manifest.ts'

/** What people read about a kind when they look at it closely. The page draws, checks and connects without it, so it comes later than the rest. */
const TEXTS = ['help', 'docs', 'claims'] as const
/** Configs: their keys are other people's words. */
const CONFIG = 'default'

type Taken = unknown

/** Manifests without their texts, and the texts in the order in which the manifests have them. What has no text yet has null in its place. */
export interface SplitManifests {
  readonly families: readonly FamilyManifest[]
  readonly texts: readonly Taken[]
}

export function splitTexts(families: readonly FamilyManifest[]): SplitManifests {
  const copy = JSON.parse(JSON.stringify(families)) as readonly FamilyManifest[] // manifests are plain data
  const texts: Taken[] = []
  visit(copy, (holder, key) => {
    texts.push(holder[key])
    holder[key] = null
  })
  return { families: copy, texts }
}

/** Puts the texts back where they were; the same objects are whole from then on. */
export function joinTexts(families: readonly FamilyManifest[], texts: readonly Taken[]): void {
  let next = 0
  visit(families, (holder, key) => {
    holder[key] = texts[next++]
  })
}

function visit(value: unknown, meet: (holder: Record<string, unknown>, key: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  const holder = value as Record<string, unknown>
  for (const key of Object.keys(holder)) {
    if (TEXTS.some(text => text === key)) meet(holder, key)
    else if (key !== CONFIG) visit(holder[key], meet)
  }
}
