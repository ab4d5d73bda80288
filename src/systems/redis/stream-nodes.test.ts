import { describe, expect, it } from 'vitest'
import { StreamNodes } from './stream-nodes.ts'

/** How many entries each node takes, when all are alike. */
function sizes(fields: readonly string[], entries: number): number[] {
  const nodes = new StreamNodes()
  const counts: number[] = []
  for (let n = 0; n < entries; n += 1) {
    const node = nodes.add(1000 + n, 0, fields)
    counts[node] = (counts[node] ?? 0) + 1
  }
  return counts.slice(1)
}

describe('redis.stream.trim: nodes of a stream', () => {
  it('take 100 entries when they are small', () => {
    expect(sizes(['n', '1'], 250)).toEqual([100, 100, 50])
  })

  it('take 4096 bytes when they are not, as XINFO STREAM told of a Redis 7.0.15', () => {
    expect(sizes(['message', 'x'.repeat(50)], 200)).toEqual([67, 67, 66])
    expect(sizes(['message', 'x'.repeat(5000)], 3)).toEqual([1, 1, 1])
  })

  it('count what was deleted, and are gone with their last entry', () => {
    const nodes = new StreamNodes()
    const node = nodes.add(1, 0, ['n', '1'])
    nodes.add(2, 0, ['n', '2'])
    nodes.removed(node)
    expect(nodes.live(node)).toBe(1)
    nodes.removed(node)
    expect(nodes.count).toBe(0)
    expect(nodes.add(3, 0, ['n', '3'])).not.toBe(node)
  })
})
