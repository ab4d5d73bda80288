import { describe, expect, it } from 'vitest'
import { mesh } from '../cli/chapter/scenarios/chat.ts'
import { Stage } from '../cli/chapter/stage.ts'
import type { Sequence } from '../contract/sequence.ts'
import { chatRedis } from '../systems/redis/scenarios.ts'
import type { Topology } from '../topology/document.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { Rerun } from '../worker/rerun.ts'
import { compare, comparisons, distinctOrders, peersOf, seenOrders, swappedIn, verdict, type SeenOrder } from './order.ts'
import { fact, node, sequence } from './testing/sample.ts'

const order = (id: string, seen: string): SeenOrder => ({ node: id, seen: seen.split('').map(identity => ({ identity, atNs: 0 })) })
const label = (id: string): string => id.toUpperCase()

describe('orders that nodes saw', () => {
  it('are of what came, each message once, in the order it came first; what a node published itself is not what it saw', () => {
    const facts = [fact('a', 'published', 1, 'm#1'), fact('a', 'delivered', 5, 'm#2'), fact('a', 'delivered', 6, 'm#1'), fact('a', 'delivered', 7, 'm#2'), fact('b', 'enqueued', 8, 'm#1'), fact('b', 'crashed', 9, null)]
    expect(seenOrders({ facts }, ['a', 'b'])).toEqual([
      { node: 'a', seen: [{ identity: 'm#2', atNs: 5e6 }, { identity: 'm#1', atNs: 6e6 }] },
      { node: 'b', seen: [{ identity: 'm#1', atNs: 8e6 }] },
    ])
  })

  it('are compared by pairs of what both saw', () => {
    expect(compare(order('a', '1234'), order('b', '4321'))).toEqual({ one: 'a', other: 'b', common: 4, swapped: 6, pairs: 6 })
    expect(compare(order('a', '12345'), order('b', '132x5'))).toEqual({ one: 'a', other: 'b', common: 4, swapped: 1, pairs: 6 })
    expect(compare(order('a', '12'), order('b', 'xy')).swapped).toBe(0)
  })

  it('have the same swapped pairs whichever way they are counted', () => {
    const one = '31524069'
    const other = '95021463'
    const pairs = one.split('').flatMap((a, index) => one.slice(index + 1).split('').map(b => [a, b] as const))
    const common = pairs.filter(([a, b]) => other.includes(a) && other.includes(b))
    const slow = common.filter(([a, b]) => other.indexOf(a) > other.indexOf(b)).length
    expect(compare(order('a', one), order('b', other)).swapped).toBe(slow)
  })

  it('mark messages that stand in another order, and no others', () => {
    expect([...swappedIn(order('a', '12345'), order('b', '13245'))].sort()).toEqual(['2', '3'])
    expect(swappedIn(order('a', '123'), order('b', '13')).size).toBe(0)
  })

  it('are judged in one sentence', () => {
    expect(verdict([order('a', '12')], label)).toBe('Choose two nodes or more: their orders are compared.')
    expect(verdict([order('a', '12'), order('b', '3')], label)).toMatch(/^No two messages were seen by two/)
    expect(verdict([order('a', '123'), order('b', '13'), order('c', '23')], label)).toBe('All 3 nodes saw one order: no pair of messages is swapped.')
    expect(verdict([order('a', '12'), order('b', '21')], label)).toBe('The order differs: 1 of 1 pair of messages is swapped between A and B.')
    expect(verdict([order('a', '123'), order('b', '132'), order('c', '321')], label)).toBe('The order differs: 3 nodes saw 3 orders. A and C differ most: 3 of 3 pairs of messages are swapped.')
  })

  it('are compared first of the kind of which most nodes got messages', () => {
    const nodes = { s: node('server', 2, null, 'chat.server'), a: node('a', 1, null, 'chat.user'), b: node('b', 0, null, 'chat.user'), idle: node('c', 0, null, 'chat.user') }
    const facts = [fact('s', 'delivered', 1), fact('a', 'delivered', 2), fact('b', 'delivered', 3)]
    expect(peersOf(sequence({ nodes, facts }), 6)).toEqual(['b', 'a'])
    expect(peersOf(sequence({ nodes, facts }), 1)).toEqual(['b'])
  })
})

describe('a mesh has as many orders as servers, a broker has one', () => {
  const users = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6']
  /** Everybody says twenty things at once; then it is looked at as the view does. */
  const burst = async (topology: Topology, seed: number): Promise<Sequence> => {
    const stage = new Stage(topology, { seed, check: false }).go(500)
    const fromNs = stage.run.nowNs
    for (let n = 0; n < 20; n += 1) for (const user of users) stage.say(user)
    stage.go(1500)
    const history = { run: 1, topology: { ...topology, seed }, journal: stage.run.journal, nowNs: stage.run.nowNs, events: stage.run.events }
    return (await new Rerun(catalogue(), models()).record(history, { fromNs, toNs: history.nowNs, message: null }))!
  }

  it.each([1, 2, 3])('of three servers in a ZeroMQ mesh the users see different orders, those of one server the same (seed %i)', async seed => {
    const told = await burst(mesh(), seed)
    expect([...peersOf(told, 6)].sort()).toEqual(users)
    const orders = seenOrders(told, users)
    expect(orders.map(one => one.seen.length)).toEqual(users.map(() => 120))
    expect(distinctOrders(orders)).toBe(3)
    const agree = comparisons(orders).filter(one => one.swapped === 0).map(one => `${one.one}=${one.other}`)
    expect(agree).toEqual(['C1=C2', 'C3=C4', 'C5=C6'])
    expect(verdict(orders, id => id)).toMatch(/^The order differs: 6 nodes saw 3 orders\. C\d and C\d differ most: [\d\u202f]+ of 7\u202f140 pairs of messages are swapped\.$/)
  })

  it.each([1, 2, 3])('over one Redis channel all see one order (seed %i)', async seed => {
    const told = await burst(chatRedis({ rate: 0 }), seed)
    const orders = seenOrders(told, users)
    expect(orders.map(one => one.seen.length)).toEqual(users.map(() => 120))
    expect(verdict(orders, id => id)).toBe('All 6 nodes saw one order: no pair of messages is swapped.')
  })
})
