import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

/** Who may do what; the texts are those of RabbitMQ 3.10.8. */
const grant = (user: string, rights: Config = {}): Config => ({ user, vhost: '/', configure: '.*', write: '.*', read: '.*', ...rights })
const accounts = (...permissions: Config[]): Config => ({ permissions })
const queue = (config: Config = {}) => node('amqp.queue', 'orders', config, 'b')
const exchange = node('amqp.exchange', 'x', { exchangeType: 'topic' }, 'b')
const producer = node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 5, key: 'a.b' })
const consumer = node('app.consumer', 'c', { serviceTime: constant(10) })
const publish = (to: string, user: string) => channel('amqp.publish', 'p', to, { user })
const consume = (user: string) => channel('amqp.consume', 'orders', 'c', { user })
const bind = channel('amqp.binding', 'x', 'orders', { routingKey: '#', latency: constant(0) })
const scene = (config: Config, users: { readonly to?: 'x' | 'orders'; readonly p?: string; readonly c?: string }, more: Config = {}) => new Scene([producer, node('amqp.broker', 'b', config), exchange, queue(more), consumer], [publish(users.to ?? 'orders', users.p ?? 'guest'), consume(users.c ?? 'guest'), bind])
const told = (one: Scene) => one.run.troubles.map(({ part, says }) => [part, says.slice(says.indexOf(': ') + 2)])

describe('access', () => {
  it('amqp.access.guest: who says nothing else is guest, and may do what no permission denies', () => {
    const fresh = scene({}, {}).until(3)
    const added = scene(accounts(grant('billing')), { c: 'billing' }).until(3)
    expect([fresh.probe('c', 'processed'), added.probe('c', 'processed'), told(fresh), told(added)]).toEqual([5, 5, [], []])
    const limited = scene(accounts(grant('guest', { read: '^other$' })), {}).until(3)
    expect(told(limited)).toEqual([['orders>c', "403 ACCESS_REFUSED - access to queue 'orders' in vhost '/' refused for user 'guest'"]])
  })

  it('amqp.access.login: a user who isn’t there is refused', () => {
    const one = scene({}, { p: 'nobody' }).until(3)
    expect([told(one), one.probe('orders', 'enqueued')]).toEqual([[['p>orders', '403 ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.']], 0])
  })

  it('amqp.access.vhost: permissions are of one virtual host', () => {
    const one = scene(accounts(grant('billing', { vhost: 'staging' })), { c: 'billing' }).until(3)
    expect(told(one)).toEqual([['orders>c', "530 NOT_ALLOWED - access to vhost '/' refused for user 'billing'"]])
    one.configure('node', 'b', accounts(grant('billing'))).until(6)
    expect([told(one), one.probe('c', 'processed')]).toEqual([[], 5])
  })

  it('amqp.access.refused: writes to an exchange, to a queue through amq.default, reads and makes a queue', () => {
    const shop = (rights: Config) => accounts(grant('shop', rights))
    expect(told(scene(shop({ write: '^y$' }), { to: 'x', p: 'shop' }).until(2))).toEqual([['p>x', "403 ACCESS_REFUSED - access to exchange 'x' in vhost '/' refused for user 'shop'"]])
    expect(told(scene(shop({ write: '' }), { p: 'shop' }).until(2))).toEqual([['p>orders', "403 ACCESS_REFUSED - access to exchange 'amq.default' in vhost '/' refused for user 'shop'"]])
    expect(told(scene(shop({ write: '^amq\\.default$', configure: '' }), { p: 'shop' }).until(2))).toEqual([])
    expect(told(scene(shop({ configure: '^mine' }), { p: 'shop', c: 'shop' }, { autoDelete: true }).until(2))).toContainEqual(['orders>c', "403 ACCESS_REFUSED - access to queue 'orders' in vhost '/' refused for user 'shop'"])
  })

  it('amqp.access.topic: the key has to match where there is a topic permission', () => {
    const config = (write: string): Config => ({ ...accounts(grant('shop')), topicPermissions: [{ user: 'shop', vhost: '/', exchange: 'x', write, read: '.*' }] })
    expect([told(scene(config('^a\\.'), { to: 'x', p: 'shop' }).until(2)), scene(config('^a\\.'), { to: 'x', p: 'shop' }).until(2).probe('c', 'processed')]).toEqual([[], 5])
    expect(told(scene(config('^{username}\\.'), { to: 'x', p: 'shop' }).until(2))).toEqual([['p>x', "403 ACCESS_REFUSED - access to topic 'a.b' in exchange 'x' in vhost '/' refused for user 'shop'"]])
  })

  it('takes effect when a line changes its user', () => {
    const one = scene(accounts(grant('shop', { write: '' })), { p: 'guest' }).until(0.15)
    one.configure('channel', 'p>orders', { ...publish('orders', 'shop').config }).until(1)
    expect(told(one).map(([part]) => part)).toEqual(['p>orders'])
    one.configure('channel', 'p>orders', { ...publish('orders', 'guest').config }).until(2)
    expect(told(one)).toEqual([])
  })
})
