interface Branch {
  /** What this branch adds to its parent's text. */
  text: string
  /** True when a prefix ends here. */
  held: boolean
  branches: Branch[]
}

/**
 * Prefixes in the order in which libzmq's radix tree names them: a subscriber that connects again tells its publisher in this order. A new
 * branch comes last; where a branch is split the new one comes first; a branch that goes gives its place to the last one.
 */
export class PrefixTree {
  #root: Branch = { text: '', held: false, branches: [] }

  add(prefix: string): void {
    let at = this.#root
    let rest = prefix
    while (rest !== '') {
      const next = at.branches.find(branch => branch.text.startsWith(rest[0]!))
      if (!next) {
        at.branches.push({ text: rest, held: true, branches: [] })
        return
      }
      const common = commonLength(next.text, rest)
      if (common < next.text.length) split(next, common)
      rest = rest.slice(common)
      // Of a branch that was just split, the new part comes first.
      if (rest !== '' && !next.held && next.branches.length === 1) {
        next.branches.unshift({ text: rest, held: true, branches: [] })
        return
      }
      at = next
    }
    at.held = true
  }

  remove(prefix: string): void {
    let parent = this.#root
    let at = this.#root
    for (let rest = prefix; rest !== ''; ) {
      const next = at.branches.find(branch => rest.startsWith(branch.text))
      if (!next) return
      rest = rest.slice(next.text.length)
      parent = at
      at = next
    }
    at.held = false
    if (at === this.#root || at.branches.length > 1) return
    if (at.branches.length === 1) return merge(at)
    const place = parent.branches.indexOf(at)
    const last = parent.branches.pop()!
    if (last !== at) parent.branches[place] = last
    if (parent !== this.#root && !parent.held && parent.branches.length === 1) merge(parent)
  }

  prefixes(): readonly string[] {
    const found: string[] = []
    const visit = (branch: Branch, before: string): void => {
      const text = before + branch.text
      if (branch.held) found.push(text)
      for (const next of branch.branches) visit(next, text)
    }
    visit(this.#root, '')
    return found
  }

  clear(): void {
    this.#root = { text: '', held: false, branches: [] }
  }
}

/** Cuts a branch in two; what hung on it hangs on the second part. */
function split(branch: Branch, length: number): void {
  branch.branches = [{ text: branch.text.slice(length), held: branch.held, branches: branch.branches }]
  branch.text = branch.text.slice(0, length)
  branch.held = false
}

/** A branch that holds nothing and leads to one other becomes one with it. */
function merge(branch: Branch): void {
  const [only] = branch.branches as [Branch]
  branch.text += only.text
  branch.held = only.held
  branch.branches = only.branches
}

function commonLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1
  return length
}
