import { tokenForm } from '../app/token-form.ts'
import { TokenGlyph } from '../ui/TokenGlyph.tsx'

/** A message as the canvas draws it. */
export function TokenShape({ look }: { readonly look: number }) {
  return <TokenGlyph className="in-token" {...tokenForm(look)} />
}
