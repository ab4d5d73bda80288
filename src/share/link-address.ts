import type { JournalEntry } from '../contract/input.ts'
import { encodeLink } from '../formats/url/link.ts'
import type { Topology } from '../topology/document.ts'
import { SEMANTICS } from '../topology/semantics.ts'

/** Where links lead: an address set at build time, else where the app is served. */
export function linkBase(): string {
  const set: unknown = import.meta.env['VITE_SHARE_BASE']
  if (typeof set === 'string' && set !== '') return set
  return `${location.origin}${location.pathname}`
}

/** The whole link to a topology and, when given, what happened in its run. */
export function linkOf(options: { readonly topology: Topology; readonly journal?: readonly JournalEntry[] }): string {
  return linkBase() + encodeLink({ semantics: SEMANTICS, ...options })
}

/** How long links may be where people put them. */
export const LINK_TIERS: readonly { readonly title: string; readonly most: number }[] = [
  { title: 'mail', most: 1000 },
  { title: 'chat and bookmarks', most: 1900 },
  { title: 'course platforms', most: 4000 },
  { title: 'browsers', most: 32_000 },
]
