/**
 * Topic patterns as AMQP has them: words between dots, `*` is exactly one word, `#` zero or more; both only as whole words.
 * The empty key has zero words; doubled, leading and trailing dots make empty words, which `*` matches.
 */
export function topicWords(key: string): readonly string[] {
  return key === '' ? [] : key.split('.')
}

export function topicMatches(pattern: readonly string[], words: readonly string[]): boolean {
  return matchFrom(pattern, 0, words, 0)
}

function matchFrom(pattern: readonly string[], p: number, words: readonly string[], w: number): boolean {
  let at = w
  for (let part = p; part < pattern.length; part += 1) {
    const expected = pattern[part]
    if (expected === '#') {
      // Runs of # are one; the rest decides how many words it takes.
      if (part === pattern.length - 1) return true
      for (let taken = at; taken <= words.length; taken += 1) if (matchFrom(pattern, part + 1, words, taken)) return true
      return false
    }
    if (at >= words.length || (expected !== '*' && expected !== words[at])) return false
    at += 1
  }
  return at === words.length
}
