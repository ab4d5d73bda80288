/** All manifests without their texts: what the page starts with (cli/manifest-plugin.mjs). */
declare module 'virtual:kinds' {
  export const families: readonly import('./manifest.ts').FamilyManifest[]
  export const refusals: readonly import('./manifest.ts').Refusal[]
}

/** The texts that belong to them, for `joinTexts`. */
declare module 'virtual:kind-texts' {
  export const texts: readonly unknown[]
}
