import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

const body = (bytes: number): string => 'x'.repeat(bytes - 1)
const producer = (config: Config) => node('app.producer', 'w', { rate: 1000, arrival: 'regular', ...config })
const consumer = (serviceMs: number) => node('app.consumer', 'r', { serviceTime: constant(serviceMs) })
const scene = (writer: Config, readerMs: number, line: Config = {}): Scene => new Scene([producer(writer), consumer(readerMs)], [channel('pipe.stream', 'w', 'r', line)])
const discarded = (one: Scene): number => one.run.ledger().discarded.reduce((sum, count) => sum + count, 0)
/** Everything between the program that writes and the program that reads: streams and pipe, without what waits in the writer's program. */
function between(one: Scene, waitingInProgram: number): number {
  const { onWire, waiting, unacknowledged } = one.run.ledger()
  return onWire + waiting + unacknowledged - waitingInProgram
}

describe('pipe', () => {
  it('pipe.back-pressure: a sleeping reader stops the writer with every buffer full, and nothing is lost', () => {
    // A program makes nothing more when a write has to wait, so that the buffers can be counted.
    const one = scene({ limit: 64, body: body(4000) }, 1e6, { waitingMax: 0 }).until(1)
    const heldKib = (one.probe('w', 'sent') * 4000) / 1024
    expect([heldKib > 96, heldKib <= 110]).toEqual([true, true])
    const whole = scene({ limit: 64, body: body(4000) }, 1).until(5)
    expect([whole.probe('r', 'processed'), discarded(whole)]).toEqual([64, 0])
  })

  it.each([[1, 2], [16, 32], [64, 128]])('pipe.marks: object streams with marks of %i hold %i between them', (mark, most) => {
    const one = scene({ limit: 300 }, 20, { unit: 'objects', writeMark: mark, readMark: mark, waitingMax: 0, latency: constant(0) })
    let highest = 0
    for (let n = 1; n < 60; n += 1) highest = Math.max(highest, between(one.until(n / 100), 0))
    // One more is in the hands of the reading program.
    expect(highest).toBe(most + 1)
  })

  it('pipe.ignored: who writes on when write() says no buffers everything', () => {
    const one = scene({ limit: 300, rate: 10_000 }, 1e6, { unit: 'objects', writeMark: 16, readMark: 16, whenFull: 'ignore' }).until(1)
    expect([between(one, 0), one.probe('w', 'lost')]).toEqual([300, 0])
  })

  it('pipe.drain: a stream that said no asks for more only when it has run empty', () => {
    const one = scene({ limit: 300 }, 100, { unit: 'objects', writeMark: 4, readMark: 4, waitingMax: 0, latency: constant(0) }).until(0.09)
    const sent = one.probe('w', 'sent')
    // One message is taken every 100 ms: room for one each time, and no writing before the stream is empty.
    one.until(0.29)
    expect(one.probe('w', 'sent') - sent).toBe(0)
  })

  it('pipe.order: what is written first is read first', () => {
    const one = scene({ limit: 100, key: 'a\nb\nc' }, 1, { latency: { law: 'exponential', mean: 5 }, framing: 'multiplexed', pipeBytes: 200 }).until(3)
    const serials = one.run.core.trace.newest(9999, fact => fact.verb === 'delivered').map(fact => fact.serial)
    expect([serials, [...serials].reverse()]).toContainEqual(Array.from({ length: 100 }, (_, n) => n + 1))
  })

  it('pipe.writer-dies: what is in the pipe is read after its writer died', () => {
    const one = scene({ limit: 50 }, 10, { unit: 'objects', writeMark: 10, readMark: 20 }).until(0.2)
    one.fault('crash', 'w').until(3)
    expect(one.probe('r', 'processed')).toBeGreaterThanOrEqual(20)
    expect(one.probe('r', 'processed') + discarded(one)).toBe(one.run.ledger().published)
  })

  it('pipe.reader-dies: what is in the pipe is gone with its reader; a new one gets what comes then', () => {
    const one = scene({ limit: 50 }, 10, { unit: 'objects', writeMark: 10, readMark: 20 }).until(0.2)
    one.fault('crash', 'r').until(0.5)
    expect(discarded(one)).toBeGreaterThanOrEqual(20)
    const before = one.probe('r', 'processed')
    one.fault('restart', 'r').until(3)
    expect(one.probe('r', 'processed') - before).toBe(50 - before - discarded(one))
  })

  it('pipe.multiplexed: a byte names 256 channels, not more', () => {
    const keys = Array.from({ length: 300 }, (_, n) => `k${n}`).join('\n')
    const one = scene({ limit: 300, key: keys }, 0, { framing: 'multiplexed' }).until(2)
    expect([one.probe('r', 'processed'), one.probe('w', 'lost')]).toEqual([256, 44])
  })

  const narrow = { pipeBytes: 1000, readMark: 500, writeMark: 500 }
  const arrivalMs = (text: string): number => scene({ limit: 1, rate: 10, body: text }, 0, { latency: constant(1), ...narrow }).until(2).run.core.trace.newest(99, fact => fact.verb === 'delivered').map(fact => fact.atNs / 1e6)[0]!

  it('pipe.pieces: a message longer than the pipe goes in pieces, and waits for its reader', () => {
    // 3,000 bytes through a pipe of 1,000: three packets, the last one with the message, and room for 1,500 at a time.
    const one = scene({ limit: 1, rate: 10, body: body(3000) }, 10, { latency: constant(1), ...narrow }).until(2)
    expect([one.probe('r', 'processed'), discarded(one), one.run.ledger().waiting]).toEqual([1, 0, 0])
    // There and back for what didn't fit at once: written at 0.1 s, there four ways later than a short one.
    expect([arrivalMs(body(3000)), arrivalMs(body(900))]).toEqual([105, 101])
    // A reader that is busy lets in what pipe and stream hold, and no more.
    const busy = scene({ limit: 2, rate: 10, body: body(3000) }, 5000, { latency: constant(1), ...narrow }).until(4)
    expect([busy.probe('r', 'received'), busy.run.ledger().waiting]).toEqual([1, 1])
    expect(busy.until(20).probe('r', 'processed')).toBe(2)
  })

  it('pipe.pieces: what had come of it is gone with its writer, and with its reader', () => {
    // A producer that starts again begins its count again.
    const half = (who: string): Scene => scene({ limit: 2, rate: 10, body: body(3000) }, 5000, { latency: constant(1), ...narrow }).until(1).fault('crash', who).until(2).fault('restart', who).until(30)
    expect([half('w').probe('r', 'processed'), discarded(half('w'))]).toEqual([3, 1])
    const reader = half('r')
    expect([reader.probe('r', 'processed') + discarded(reader), reader.run.ledger().waiting]).toEqual([2, 0])
  })

  it('pipe.transmission: a message takes the time that its bytes take', () => {
    const arrival = (bytes: number): number => {
      const one = scene({ limit: 1, rate: 10, body: body(bytes) }, 0, { latency: constant(0), bandwidth: 1000 }).until(60)
      return one.run.core.trace.newest(99, fact => fact.verb === 'delivered').map(fact => fact.atNs / 1e9)[0]!
    }
    const [short, long, longest] = [100, 1000, 3900].map(arrival) as [number, number, number]
    expect([long - short, longest - short].map(seconds => Math.round(seconds * 100) / 100)).toEqual([0.9, 3.8])
  })
})

describe('IPC channel', () => {
  const ask = (requester: Config, serviceMs: number, line: Config = {}): Scene => new Scene([node('app.requester', 'parent', { rate: 100, arrival: 'regular', ...requester }), node('app.replier', 'child', { serviceTime: constant(serviceMs), concurrency: 100 })], [channel('pipe.ipc', 'parent', 'child', { latency: constant(1), ...line })])

  it('pipe.ipc: sends both ways, and answers find their questions', () => {
    const one = ask({ limit: 50, timeout: 60_000 }, 20).until(5)
    expect([one.probe('parent', 'replies'), discarded(one), one.run.ledger().waiting]).toEqual([50, 0, 0])
  })

  it('pipe.ipc: a long question goes in pieces as well', () => {
    const one = ask({ limit: 3, rate: 10, timeout: 60_000, body: body(3000) }, 20, { pipeBytes: 1000 }).until(5)
    expect(one.probe('parent', 'replies')).toBe(3)
  })

  it('pipe.ipc-dies: what a child held is gone with its answers; a new one gets what comes then', () => {
    const one = ask({ limit: 50, rate: 50, timeout: 300 }, 20).until(0.5).fault('crash', 'child').until(0.7).fault('restart', 'child').until(5)
    expect(one.probe('parent', 'replies')).toBeGreaterThan(30)
    expect(one.probe('parent', 'replies')).toBeLessThan(50)
    expect(one.run.ledger().cameIn).toBe(one.run.ledger().wentOut)
  })
})
