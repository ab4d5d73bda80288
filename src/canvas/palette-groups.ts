import { NOTE_FAMILY } from '../contract/notes.ts'
import type { Catalogue, FamilyManifest, NodeManifest } from '../contract/manifest.ts'

export interface PaletteGroup {
  readonly family: string
  readonly title: string
  readonly colour: FamilyManifest['colour']
  readonly kinds: readonly NodeManifest[]
}

/** What the palette offers, applications first, and of it what matches the search in name or summary. */
export function paletteGroups(catalogue: Catalogue, search: string): readonly PaletteGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(word => word !== '')
  return catalogue.families
    .filter(family => family.nodes.length > 0)
    .toSorted((a, b) => rank(a) - rank(b) || (rank(a) === 0 ? byTitle(a.title, b.title) : 0))
    .map(family => ({
      family: family.family,
      title: family.title,
      colour: family.colour,
      kinds: inReadingOrder(family.nodes).filter(kind => words.every(word => `${family.title} ${kind.title} ${kind.summary}`.toLowerCase().includes(word))),
    }))
    .filter(group => group.kinds.length > 0)
}

/** Applications, then products, then what is only drawn. */
function rank(family: FamilyManifest): number {
  if (family.family === NOTE_FAMILY) return 2
  return family.colour === 'application' ? 0 : 1
}

/** Not by the rules of a language: titles are English, and fetching the rules takes longer than the rest of the palette. */
function byTitle(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** Who sends comes before who receives, and both before who does both: the way messages go. Other kinds keep their order. */
function inReadingOrder(kinds: readonly NodeManifest[]): readonly NodeManifest[] {
  const order = (kind: NodeManifest) => {
    const sends = kind.can.some(one => one === 'send' || one === 'converse' || one === 'request')
    const receives = kind.can.some(one => one === 'receive' || one === 'reply')
    return sends && receives ? 2 : receives ? 1 : 0
  }
  return kinds.toSorted((a, b) => order(a) - order(b))
}
