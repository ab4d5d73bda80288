/**
 * Redis's glob patterns, over the whole name: `*` is any run of characters, `?` is one, `[ae]`, `[a-c]` and `[^x]` are one of a class, a
 * backslash takes the next character literally. A class that is never closed reaches to the end of the pattern, as Redis reads it.
 */
export function globMatches(pattern: string, name: string): boolean {
  return matchFrom(pattern, 0, name, 0)
}

function matchFrom(pattern: string, patternFrom: number, name: string, nameFrom: number): boolean {
  let p = patternFrom
  let n = nameFrom
  while (p < pattern.length && n < name.length) {
    switch (pattern[p]) {
      case '*': {
        while (pattern[p + 1] === '*') p += 1
        if (p === pattern.length - 1) return true
        for (let rest = n; rest <= name.length; rest += 1) if (matchFrom(pattern, p + 1, name, rest)) return true
        return false
      }
      case '?':
        break
      case '[': {
        const end = matchClass(pattern, p, name[n]!)
        if (end < 0) return false
        p = end
        break
      }
      default: {
        if (pattern[p] === '\\' && p + 1 < pattern.length) p += 1
        if (pattern[p] !== name[n]) return false
      }
    }
    p += 1
    n += 1
  }
  while (n === name.length && pattern[p] === '*') p += 1
  return p === pattern.length && n === name.length
}

/** Index of the bracket that closes a class (or of the pattern's last character), −1 when the character isn't in it. A range may take the bracket as its end. */
function matchClass(pattern: string, open: number, character: string): number {
  const negated = pattern[open + 1] === '^'
  let found = false
  let p = open + (negated ? 2 : 1)
  while (p < pattern.length && pattern[p] !== ']') {
    if (pattern[p] === '\\' && p + 1 < pattern.length) {
      found ||= pattern[p + 1] === character
      p += 2
    } else if (pattern[p + 1] === '-' && p + 2 < pattern.length) {
      const [low, high] = [pattern[p]!, pattern[p + 2]!].sort()
      found ||= character >= low! && character <= high!
      p += 3
    } else {
      found ||= pattern[p] === character
      p += 1
    }
  }
  return found === negated ? -1 : Math.min(p, pattern.length - 1)
}
