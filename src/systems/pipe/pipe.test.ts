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
})
