/** A test of texts: the whole text, or one with `*` for any characters, none included. It takes time in proportion to the text. */
export function patternOf(pattern: string, { ignoreCase = false }: { readonly ignoreCase?: boolean } = {}): (text: string) => boolean {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text)
  const [first = '', ...rest] = fold(pattern).split('*')
  const last = rest.pop()
  if (last === undefined) return text => fold(text) === first
  return text => {
    const folded = fold(text)
    if (!folded.startsWith(first)) return false
    let from = first.length
    for (const part of rest) {
      const at = folded.indexOf(part, from)
      if (at < 0) return false
      from = at + part.length
    }
    return folded.length - last.length >= from && folded.endsWith(last)
  }
}
