import { says } from '../../cli/testing/ask-why.ts'
import { describe, expect, it } from 'vitest'
import { channel, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

function scene(connection: Config, user: Config = {}): Scene {
  return new Scene([node('chat.user', 'u', { rate: 0, ...user }), node('chat.server', 's')], [channel('websocket.connection', 'u', 's', connection)])
}
const clients = (one: Scene): number => one.probe('s', 'clients')
const restarted = (connection: Config): Scene => scene(connection).until(1).fault('crash', 's').until(2).fault('restart', 's')

describe('WebSocket', () => {
  it('websocket.order: messages arrive in the order they were sent, however the latency varies', () => {
    const one = scene({ latency: { law: 'exponential', mean: 300 } }, { rate: 20 }).until(30)
    const serials = one.run.core.trace.newest(9999, fact => fact.verb === 'delivered' && one.run.parts.nodeList[fact.node]!.id === 's').map(fact => fact.serial)
    expect(serials.length).toBeGreaterThan(400)
    const rising = [...serials].sort((a, b) => a - b)
    expect([rising, [...rising].reverse()]).toContainEqual(serials)
  })

  it('websocket.loss: what flies when the connection breaks is lost, and the ledger says so', () => {
    const one = scene({ latency: { law: 'constant', value: 1000 }, reconnect: 0 }, { rate: 10, arrival: 'regular' }).until(3.05)
    const flying = one.run.ledger().onWire
    expect(flying).toBeGreaterThan(5)
    one.fault('crash', 's').until(10)
    const { discarded, onWire } = one.run.ledger()
    expect(onWire).toBe(0)
    expect(discarded.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(flying)
  })

  it('says why a message died: it keeps nothing', () => {
    const one = scene({ latency: { law: 'constant', value: 1000 }, reconnect: 0 }, { rate: 10, arrival: 'regular' }).until(3.05).fault('crash', 's').until(10)
    const died = 'The WebSocket between u and s was not open, or closed while it flew: it has no queue and no acknowledgements, so nobody sends it again.'
    expect(says(one, 'u#25', 'u', 'died')).toBe(died)
    const refused = new Scene([node('app.requester', 'a', { arrival: 'regular', rate: 10, concurrency: null }), node('app.replier', 'r')], [channel('websocket.connection', 'a', 'r', { reconnect: 0 })]).until(1).fault('crash', 'r').until(3)
    expect(says(refused, 'a#25', 'a', 'died')).toBe('The WebSocket between a and r was not open, or closed while it flew: it has no queue and no acknowledgements, so nobody sends it again.')
  })

  it('websocket.reconnect: a client connects again after its interval, or never', () => {
    expect(clients(restarted({ reconnect: 500 }).until(4))).toBe(1)
    expect(clients(restarted({ reconnect: 0 }).until(60))).toBe(0)
  })

  it('a client that had given up goes by an interval it is given later', () => {
    const one = restarted({ reconnect: 0 }).until(5)
    one.configure('channel', 'u>s', { latency: { law: 'constant', value: 50 }, reconnect: 500 }).until(9)
    expect(clients(one)).toBe(1)
  })
})
