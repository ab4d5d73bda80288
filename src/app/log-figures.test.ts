import { expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../cli/testing/scene.ts'
import { figuresLayout, writeCloseUp, writeFigures } from '../engine/figures.ts'
import { closeUpNumbers, FIGURES_HEAD, nodeNumbers } from '../contract/figures.ts'
import { LOG_CURSORS_MOST, LOG_SLOTS } from '../contract/log.ts'
import { lagAt, readLog, spokenCursor, type LogFigures } from './log-figures.ts'

const PACE = { running: false, speedReached: 0, eventsPerSecond: 0 }

function figures(scene: Scene, id: string): { readonly log?: LogFigures; readonly most: number } {
  const layout = figuresLayout(scene.run, 1)
  const frame = new Float64Array(layout.length)
  expect(writeFigures(scene.run, layout, PACE, frame)).toBe(true)
  const { log } = layout.nodes.find(one => one.id === id)!
  return { ...readLog(frame, log!, scene.run.cursorNames.names), most: frame[lagAt(log!)]! }
}

function streamWith(groups: number): Scene {
  const ids = Array.from({ length: groups }, (_, n) => `group-${n}`)
  return new Scene(
    [node('redis.server', 'r'), node('redis.stream', 's', {}, 'r'), node('redis.list', 'l', {}, 'r'), node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 20 }), ...ids.map((id, n) => node('app.consumer', id, { serviceTime: constant(n === 0 ? 10 : 60 * n) }))],
    [channel('redis.add', 'p', 's', { latency: constant(5) }), ...ids.map(id => channel('redis.read', 's', id, { group: id, start: '0', latency: constant(5) }))],
  ).until(2.2)
}

it('goes through a frame of numbers as the model says it, names beside it', () => {
  const { log, most } = figures(streamWith(2), 's')
  expect(log).toMatchObject({ first: 0, next: 20, gone: 0, oldest: '105-0', newest: '2005-0', more: 0 })
  expect(log!.looks).toHaveLength(4)
  expect(log!.cursors).toEqual([
    { of: 'group', name: 'group-0', next: 20, position: '2005-0', lag: 0, pending: 0, consumers: 1 },
    { of: 'group', name: 'group-1', next: 20, position: '2005-0', lag: 0, pending: 0, consumers: 1 },
  ])
  expect(most).toBe(0)
})

it('tells those furthest behind when they are too many, and how many there are besides', () => {
  const scene = streamWith(16)
  const { log, most } = figures(scene, 's')
  expect([log!.cursors.length, log!.more]).toEqual([LOG_CURSORS_MOST, 4])
  expect(log!.cursors.map(({ name }) => name)).toContain('group-15')
  expect(log!.cursors.map(({ name }) => name)).not.toContain('group-0')
  expect(most).toBe(scene.probe('s', 'ready'))
})

it('takes room in the block of a log alone', () => {
  const scene = streamWith(1)
  const blocks = new Map(figuresLayout(scene.run, 1).nodes.map(one => [one.id, one]))
  expect([...blocks.values()].filter(one => one.log !== undefined).map(one => one.id)).toEqual(['s'])
  const { log: _, ...without } = blocks.get('s')!
  expect(nodeNumbers(blocks.get('s')!) - nodeNumbers(without)).toBe(LOG_SLOTS)
})

it('is the same in a close-up', () => {
  const { run } = streamWith(2)
  const layout = figuresLayout(run, 1)
  const place = layout.nodes.findIndex(one => one.id === 's')
  const { offset, log } = layout.nodes[place]!
  const [whole, close] = [new Float64Array(layout.length), new Float64Array(closeUpNumbers(layout, { nodes: [0, place], channels: [] }))]
  writeFigures(run, layout, PACE, whole)
  writeCloseUp(run, layout, { seen: { nodes: [0, place], channels: [] }, pace: PACE }, close)
  const at = FIGURES_HEAD + nodeNumbers(layout.nodes[0]!) + log! - offset
  expect(readLog(close, at, run.cursorNames.names)).toEqual(readLog(whole, log!, run.cursorNames.names))
  expect(readLog(close, at, run.cursorNames.names).log!.cursors).toHaveLength(2)
})

it('stays a log while it is down, with nothing on it', () => {
  const { log } = figures(streamWith(2).fault('crash', 'r'), 's')
  expect(log).toMatchObject({ first: 0, next: 0, cursors: [], more: 0 })
})

it('is heard', () => {
  const cursor = { of: 'group', name: 'billing', next: 5, position: '5', lag: 1204, pending: 3, consumers: 1 } as const
  expect([spokenCursor(cursor), spokenCursor({ ...cursor, of: 'reader', lag: 0, pending: 0 }), spokenCursor({ ...cursor, lag: null, pending: 0 })]).toEqual(['group billing 1,204 behind with 3 pending', 'reader billing up to date', 'group billing lag unknown'])
})
