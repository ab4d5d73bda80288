import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Channel, Size, Topology, TopologyNode } from '../../topology/document.ts'
import { withApplications } from '../rabbitmq/applications.ts'
import { readDefinitions } from '../rabbitmq/definitions.ts'
import { bothSides, spread } from './both-sides.ts'
import { layoutTopology } from './layout.ts'

const SIZES: Readonly<Record<string, Size>> = { x: { width: 140, height: 76 }, q: { width: 220, height: 76 }, 'amqp.exchange': { width: 140, height: 76 }, 'amqp.queue': { width: 220, height: 76 } }
const sizeOf = (node: TopologyNode): Size => SIZES[node.type] ?? { width: 160, height: 76 }
const SEED = 99

interface Box { readonly id: string; readonly within: string | undefined; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

function boxes(topology: Topology): readonly Box[] {
  return topology.nodes.map(node => ({ id: node.id, within: node.within, ...node.at, ...(topology.nodes.some(one => one.within === node.id) ? node.size! : sizeOf(node)) }))
}

function collisions(topology: Topology): readonly string[] {
  const all = boxes(topology)
  const overlap = (a: Box, b: Box): boolean => a.within === b.within && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  const pairs = all.flatMap((a, index) => all.slice(index + 1).filter(b => overlap(a, b)).map(b => `${a.id} over ${b.id}`))
  const outer = (box: Box): Box | undefined => all.find(one => one.id === box.within)
  const escaped = all.filter(box => outer(box) && !(box.x >= 0 && box.y >= 0 && box.x + box.width <= outer(box)!.width && box.y + box.height <= outer(box)!.height))
  return [...pairs, ...escaped.map(box => `${box.id} out of ${box.within}`)]
}

const broker = { id: 'b', type: 'b', label: 'b', at: { x: 0, y: 0 }, size: { width: 300, height: 200 }, config: {} }
const part = (type: string, id: string, within?: string): TopologyNode => ({ id, type, label: id, at: { x: 0, y: 0 }, config: {}, ...(within === undefined ? {} : { within }) })
const joins = (pairs: readonly (readonly [string, string])[]): readonly Channel[] => pairs.map(([from, to], index) => ({ id: `c${index}`, type: 'c', from, to, config: {} }))

const shapes = fc.record({ exchanges: fc.integer({ min: 0, max: 9 }), queues: fc.integer({ min: 2, max: 30 }), apps: fc.integer({ min: 0, max: 12 }), picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3)), { maxLength: 80 }) }).map(({ exchanges, queues, apps, picks }) => {
  const x = Array.from({ length: exchanges }, (_, n) => `x${n}`)
  const q = Array.from({ length: queues }, (_, n) => `q${n}`)
  const a = Array.from({ length: apps }, (_, n) => `a${n}`)
  const of = (list: readonly string[], n: number): string | undefined => list[n % list.length]
  const pairs = picks.map(([n, m, kind]) => [[of(x, n), of(q, m)], [of(x, n), of(x, m)], [of(q, n), of(a, m)], [of(a, n), of(x, m)]][kind]!).filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined)
  const nodes = [broker, ...x.map(id => part('x', id, 'b')), ...q.map(id => part('q', id, 'b')), ...a.map(id => part('a', id))]
  return { format: 1, title: 't', seed: 1, nodes, channels: joins(pairs) } satisfies Topology
})

describe('a layout to both sides', () => {
  it('never puts one node over another, nor a member outside its container', () => {
    fc.assert(
      fc.property(shapes, topology => {
        const places = bothSides(topology, sizeOf)!
        const laidOut = { ...topology, nodes: topology.nodes.map(node => ({ ...node, at: places.points.get(node.id)!, ...(places.sizes.has(node.id) ? { size: places.sizes.get(node.id)! } : {}) })) }
        expect(collisions(laidOut)).toEqual([])
      }),
      { seed: SEED, numRuns: 300 },
    )
  }, 30_000)

  it('lets every line from a queue to its consumer run straight, past all other nodes', () => {
    const q = Array.from({ length: 30 }, (_, n) => `q${n}`)
    const topology: Topology = { format: 1, title: 't', seed: 1, nodes: [broker, part('x', 'x', 'b'), ...q.map(id => part('q', id, 'b')), ...q.map(id => part('a', `a${id}`))], channels: joins(q.flatMap(id => [['x', id], [id, `a${id}`]] as const)) }
    const laidOut = layoutTopology(topology, sizeOf)
    const all = boxes(laidOut).map(box => (box.within === undefined ? box : { ...box, x: box.x + laidOut.nodes[0]!.at.x, y: box.y + laidOut.nodes[0]!.at.y }))
    const middle = (box: Box): number => box.y + box.height / 2
    for (const id of q) {
      const [queue, consumer] = [id, `a${id}`].map(one => all.find(box => box.id === one)!)
      expect(middle(queue!)).toBe(middle(consumer!))
      const between = all.filter(box => box.id !== 'b' && box !== queue && box !== consumer && box.x > Math.min(queue!.x, consumer!.x) && box.x < Math.max(queue!.x, consumer!.x))
      expect(between.filter(box => box.y - 6 < middle(queue!) && middle(queue!) < box.y + box.height + 6).map(box => box.id)).toEqual([])
    }
  })

  it('makes a big export three times as large on the screen; small ones read from left to right', () => {
    const sample = (name: string): Topology => {
      const read = readDefinitions(readFileSync(join(import.meta.dirname, `../rabbitmq/samples/rabbitmq-definitions-${name}.json`), 'utf8'), name)
      if (!read.ok) throw new Error(read.problems[0]!.says)
      return layoutTopology(withApplications(read.value.topology), sizeOf)
    }
    const zoom = (topology: Topology): number => {
      const top = boxes(topology).filter(box => box.within === undefined)
      const width = Math.max(...top.map(box => box.x + box.width)) - Math.min(...top.map(box => box.x))
      const height = Math.max(...top.map(box => box.y + box.height)) - Math.min(...top.map(box => box.y))
      return Math.min(902 / width, 560 / height)
    }
    const large = sample('large')
    expect(collisions(large)).toEqual([])
    expect(zoom(large)).toBeGreaterThan(0.34)
    const shop = sample('shop')
    const at = (id: string): number => boxes(shop).find(box => box.id === id)!.x
    expect([at('orders producer') < at('broker'), at('orders') < at('regional'), at('regional') < at('eu.stock')]).toEqual([true, true, true])
  })

  it('spreads what collides about its middle', () => {
    expect(spread([0, 1, 50], [10, 10, 10])).toEqual([-4.5, 5.5, 50])
    expect(spread([0, 0, 0], [10, 10, 10])).toEqual([-10, 0, 10])
    expect(spread([], [])).toEqual([])
  })
})
