import { describe, expect, it } from 'vitest'
import { boxesOf, overlaps } from '../app/node-sizes.ts'
import { catalogueOf, type Catalogue } from '../contract/manifest.ts'
import type { Channel, TopologyNode } from '../topology/document.ts'
import { KeptCurves } from './kept-curves.ts'
import { socketBadges, type SocketBadge } from './socket-badges.ts'
import { catalogue as toys, channel, node, topology } from './testing/sample.ts'

/** The toy family with lines that end in sockets. */
const link = toys.channel('toy.link')!
const bind = { id: 'bind', label: 'Binds', help: '', type: 'choice' as const, default: 'from', choices: [{ value: 'from', title: 'from' }, { value: 'to', title: 'to' }] }
const socketed = (type: string, from: string, to: string) => ({ ...link, type, fields: [bind], ends: { from, to, bound: 'bind', at: { 'toy.exchange': { from: `X${from}`, to: `X${to}` } } } })
const catalogue: Catalogue = catalogueOf([{ ...toys.families[0]!, channels: [link, socketed('toy.deal', 'PUSH', 'PULL'), socketed('toy.tell', 'PUB', 'SUB')] }])

function badges(nodes: readonly TopologyNode[], channels: readonly Channel[]): readonly SocketBadge[] {
  const document = topology(nodes, channels)
  const boxes = boxesOf(catalogue, document)
  return socketBadges(catalogue, document, { boxes, curves: new KeptCurves(catalogue).of(document, boxes) })
}
const told = (found: readonly SocketBadge[]): string[] => found.map(badge => `${badge.node} ${badge.text} ${badge.role} ${badge.channels.join(' ')}`)

const ventilator = node('v', 'toy.producer', 0, 100)
const worker = (id: string, y: number): TopologyNode => node(id, 'toy.consumer', 400, y)

describe('socket badges', () => {
  it('stand at both ends, filled where the address is', () => {
    expect(told(badges([ventilator, worker('w', 100)], [channel('a', 'toy.deal', 'v', 'w')]))).toEqual(['v PUSH binds a', 'w PULL connects a'])
    expect(told(badges([ventilator, worker('w', 100)], [channel('a', 'toy.deal', 'v', 'w', { bind: 'to' })]))).toEqual(['v PUSH connects a', 'w PULL binds a'])
  })

  it('are one for all lines that share a socket, and say when it does both', () => {
    const found = badges([ventilator, worker('w', 0), worker('x', 200)], [channel('a', 'toy.deal', 'v', 'w'), channel('b', 'toy.deal', 'v', 'x', { bind: 'to' })])
    expect(told(found)).toEqual(['v PUSH both a b', 'w PULL connects a', 'x PULL binds b'])
    expect(found[0]!.title).toBe('PUSH of v: binds on some of its lines, connects on others')
  })

  it('are other ones at kinds of nodes that use others, and none where lines have no sockets', () => {
    expect(told(badges([ventilator, node('p', 'toy.exchange', 400, 100)], [channel('a', 'toy.tell', 'v', 'p'), channel('b', 'toy.link', 'v', 'p')]))).toEqual(['v PUB binds a', 'p XSUB connects a'])
  })

  it('stand outside their node and never on each other', () => {
    const found = badges([ventilator, worker('w', 90), worker('x', 240)], [channel('a', 'toy.deal', 'v', 'w'), channel('b', 'toy.tell', 'v', 'w'), channel('c', 'toy.tell', 'v', 'x')])
    const boxes = [...boxesOf(catalogue, topology([ventilator, worker('w', 90), worker('x', 240)])).values()]
    expect(found.length).toBe(5)
    for (const [n, badge] of found.entries()) {
      expect(boxes.some(box => overlaps(box, badge))).toBe(false)
      expect(found.slice(n + 1).some(other => overlaps(other, badge))).toBe(false)
    }
  })
})
