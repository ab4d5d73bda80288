import { topicMatches, topicWords } from '../../messaging/topic-match.ts'

/** What a rule looks at. Header values are compared as text. */
export interface Seen {
  key(): string
  body(): string
  type(): string
  header(name: string): string | undefined
}

export interface Rule {
  readonly fits: (seen: Seen) => boolean
  /** Looks at nothing but the key: what it says holds for every message of the key. */
  readonly keyOnly: boolean
  /** Label of the node that a line leads to. */
  readonly to: string
}

export interface Rules {
  readonly rules: readonly Rule[]
  readonly problems: readonly string[]
}

const LINE = /^(key|body|type|header\s+\S+)\s+(is|contains|begins|matches)\s+(.*?)\s*->\s*(.+)$/

/** One rule a line: `key matches orders.# -> queue`, `header colour is red -> queue`, `body contains urgent -> queue`. */
export function parseRules(text: string): Rules {
  const rules: Rule[] = []
  const problems: string[] = []
  for (const [n, line] of text.split('\n').entries()) {
    const plain = line.trim()
    if (plain === '') continue
    const found = LINE.exec(plain)
    if (!found) problems.push(`Rule ${n + 1} can’t be read: write it like “key matches orders.# -> name of the receiver”.`)
    else rules.push(ruleOf(found[1]!, found[2]!, found[3]!, found[4]!))
  }
  return { rules, problems }
}

function ruleOf(what: string, how: string, value: string, to: string): Rule {
  const holds = testOf(how, value)
  const header = what.startsWith('header') ? what.slice('header'.length).trim() : ''
  switch (what) {
    case 'key':
      return { fits: seen => holds(seen.key()), keyOnly: true, to }
    case 'body':
      return { fits: seen => holds(seen.body()), keyOnly: false, to }
    case 'type':
      return { fits: seen => holds(seen.type()), keyOnly: false, to }
    default:
      return { fits: seen => holds(seen.header(header)), keyOnly: false, to }
  }
}

function testOf(how: string, value: string): (text: string | undefined) => boolean {
  switch (how) {
    case 'is':
      return text => text === value
    case 'contains':
      return text => text?.includes(value) === true
    case 'begins':
      return text => text?.startsWith(value) === true
    default: {
      const pattern = topicWords(value)
      return text => text !== undefined && topicMatches(pattern, topicWords(text))
    }
  }
}
