import { describe, expect, it } from 'vitest'
import { LOOK_DEAD, LOOK_EVENT, LOOK_REDELIVERED, LOOK_REPLY } from '../contract/hops.ts'
import type { Sequence } from '../contract/sequence.ts'
import { filtered, fits } from './filter.ts'
import { frameOf } from './frame.ts'
import { lifelinesOf } from './lifelines.ts'
import { orderAt, orderFrame, orderPicture, ROW, rowY } from './order-picture.ts'
import { pictureOf, type PictureOptions } from './picture.ts'
import type { Label, Line, Shape } from './shape.ts'
import { crossing, fact, MS, node, sequence } from './testing/sample.ts'
import { walked } from './walk.ts'
import { crossingText } from './words.ts'

const NODES = { a: node('shop', 0), q: node('work', 300, 'rabbit', 'amqp.queue'), b: node('worker', 600) }
const OPTIONS: PictureOptions = { identity: null, active: null, familyOf: type => (type.startsWith('amqp') ? 'rabbitmq' : 'application') }
const draw = (told: Sequence, options: Partial<PictureOptions> = {}, height = 600) => pictureOf(frameOf({ view: { fromNs: 0, toNs: 1000 * MS }, lifelines: lifelinesOf(told, told), width: 900, height }), told, told, { ...OPTIONS, ...options })
const lines = (shapes: readonly Shape[]): readonly Line[] => shapes.filter(shape => 'd' in shape)
const texts = (shapes: readonly Shape[]): readonly string[] => shapes.filter((shape): shape is Label => 'text' in shape).map(shape => shape.text)

describe('the picture', () => {
  it('names lifelines, marks families, and writes at arrows what they carry', () => {
    const { head, body } = draw(sequence({ nodes: NODES, crossings: [crossing('a', 'q', 100, 200, { key: 'orders.eu' }), crossing('q', 'b', 300, 400)] }))
    expect(texts(head)).toEqual(['shop', 'work', 'worker'])
    expect(lines(head).map(shape => shape.fill).filter(fill => fill?.startsWith('system'))).toEqual(['system-application', 'system-rabbitmq', 'system-application'])
    expect(texts(body).filter(text => !text.startsWith('00:'))).toEqual(['orders.eu · shop#1', 'shop#1'])
  })

  it('speaks the drawing language: plum and dashed dead letters, hollow replies, dashed rings, red where something was lost', () => {
    const one = (look: number, more: Parameters<typeof crossing>[4] = {}): readonly Line[] => lines(draw(sequence({ nodes: NODES, crossings: [crossing('a', 'b', 100, 500, { look, ...more })] })).body)
    expect(one(LOOK_EVENT | LOOK_DEAD).filter(shape => shape.stroke === 'dead' && shape.dash !== undefined)).toHaveLength(1)
    expect(one(LOOK_REPLY).filter(shape => shape.fill === 'surface' && shape.stroke === 'message-0')).toHaveLength(1)
    expect(one(LOOK_REDELIVERED).filter(shape => shape.dash === '2.4 2')).toHaveLength(1)
    expect(one(0).filter(shape => shape.stroke === 'danger')).toHaveLength(0)
    for (const end of ['lost', 'held', 'dropped'] as const) expect(one(0, { end }).filter(shape => shape.stroke === 'danger'), end).toHaveLength(1)
  })

  it('shows what happened at nodes, a broker’s crash at its parts too', () => {
    const told = sequence({ nodes: NODES, crossings: [crossing('a', 'q', 0, 100), crossing('q', 'b', 100, 200)], facts: [fact('q', 'enqueued', 100), fact('q', 'settled', 300), fact('rabbit', 'crashed', 500, null), fact('rabbit', 'restarted', 700, null)] })
    const { body } = draw(told)
    expect(texts(body).filter(text => /crashed|back/.test(text))).toEqual(['crashed', 'came back'])
    expect(lines(body).filter(shape => shape.fill === 'danger-soft')).toHaveLength(1)
    expect(lines(body).filter(shape => shape.stroke === 'ok')).toHaveLength(1)
  })

  it('leaves words away where they would cover each other, and everything but lines where there is too much', () => {
    const crowd = (count: number): Sequence => sequence({ nodes: NODES, crossings: Array.from({ length: count }, (_, n) => crossing('a', 'b', (n * 990) / count, (n * 990) / count + 5, { identity: `shop#${n}` })) })
    const some = draw(crowd(100))
    const written = texts(some.body).filter(text => text.startsWith('shop')).length
    expect(written).toBeGreaterThan(20)
    expect(written).toBeLessThan(60)
    const many = draw(crowd(8000))
    expect(many.arrows).toHaveLength(8000)
    expect(many.body.length).toBeLessThan(40)
  })

  it('makes everything else faint when a message is chosen', () => {
    const told = sequence({ nodes: NODES, crossings: [crossing('a', 'b', 100, 200, { identity: 'shop#1' }), crossing('a', 'b', 300, 400, { identity: 'shop#2' })] })
    const { body } = draw(told, { identity: 'shop#2' })
    expect(lines(body).filter(shape => shape.opacity === 0.22).length).toBeGreaterThan(1)
    expect(texts(body).filter(text => text.startsWith('shop'))).toEqual(['shop#2'])
  })
})

describe('orders as a picture', () => {
  const orders = [{ node: 'a', seen: ['1', '2', '3'].map(identity => ({ identity, atNs: 0 })) }, { node: 'b', seen: ['2', '1', '3'].map(identity => ({ identity, atNs: 0 })) }]
  const options = { label: (id: string) => id, familyOf: () => 'application', lookOf: () => LOOK_EVENT, identity: null }

  it('joins the same message, red where orders differ', () => {
    const frame = orderFrame({ orders, width: 600, from: 0, height: 300 })
    const { body, head } = orderPicture(frame, orders, options)
    expect(texts(head)).toEqual(['a · 3', 'b · 3'])
    expect(lines(body).filter(shape => shape.d.includes('C')).map(shape => shape.stroke)).toEqual(['danger', 'danger', 'channel'])
    expect(orderAt(frame, orders, frame.columns[1]!, rowY(0))).toEqual({ node: 'b', identity: '2' })
    expect(orderAt(frame, orders, 300, rowY(0))).toBeNull()
  })

  it('draws no more than is seen of thousands', () => {
    const long = ['a', 'b'].map(id => ({ node: id, seen: Array.from({ length: 5000 }, (_, n) => ({ identity: `m#${n}`, atNs: n })) }))
    const frame = orderFrame({ orders: long, width: 600, from: 1000 * ROW, height: 240 })
    expect(orderPicture(frame, long, options).body.length).toBeLessThan(150)
    expect(frame.whole).toBeGreaterThan(5000 * ROW)
  })
})

describe('what is walked, filtered and said', () => {
  const first = crossing('a', 'q', 0, 10)
  const second = crossing('a', 'q', 5, 15, { identity: 'shop#12', key: 'orders.eu', correlation: 'req-7' })
  const third = crossing('q', 'b', 20, 30)
  const all = [first, second, third]

  it('is a message, a correlation, or a part of what it is called', () => {
    const kept = (filter: string) => all.filter(one => fits(filter, one)).map(one => one.identity)
    expect([kept(''), kept('SHOP#1'), kept('#1'), kept('req-7'), kept('orders'), kept('nothing')]).toEqual([['shop#1', 'shop#12', 'shop#1'], ['shop#1', 'shop#1'], [], ['shop#12'], ['shop#12'], []])
    const told = sequence({ crossings: all, facts: [fact('q', 'settled', 1, 'shop#1'), fact('q', 'settled', 1, 'shop#12'), fact('q', 'crashed', 2, null)] })
    expect(filtered(told, 'req-7').facts.map(one => one.identity)).toEqual(['shop#12', null])
  })

  it('is walked in time, or along one message', () => {
    expect([walked(all, null, 'next'), walked(all, first, 'next'), walked(all, first, 'onward'), walked(all, third, 'back'), walked(all, third, 'next'), walked(all, third, 'onward'), walked(all, null, 'previous')]).toEqual([first, second, third, first, third, undefined, third])
  })

  it('is said in one sentence', () => {
    expect(crossingText({ nodes: NODES }, second)).toBe('command, shop#12, with key orders.eu: from shop to work at 00:00.005, arrived after 10 ms')
    expect(crossingText({ nodes: NODES }, { ...third, end: 'lost', reason: 'connection lost', look: LOOK_DEAD | LOOK_REDELIVERED })).toBe('command, shop#1, dead letter, redelivered: from work to worker at 00:00.020, lost after 10 ms: connection lost')
  })
})
