import { expect, it } from 'vitest'
import { Draw } from './draw.ts'
import type { Law } from './law.ts'
import { CELL_SCRATCH, Memory } from './memory.ts'
import { randomStream } from './random.ts'

const LAWS: readonly Law[] = [{ law: 'constant', value: 2.5 }, { law: 'exponential', mean: 3 }, { law: 'erlang', mean: 4, shape: 3 }, { law: 'uniform', min: 1, max: 2 }]

it.each(LAWS)('a drawn $law is what the stream would have given, returned or passed in memory', law => {
  const memory = new Memory()
  const draw = new Draw(memory, randomStream(9, 'one', memory), law)
  const stream = randomStream(9, 'one')
  for (let n = 0; n < 2000; n += 1) {
    if (n % 2 === 0) expect(draw.ns()).toBe(stream.sampleMs(law))
    else {
      draw.toScratch()
      expect(memory.f[CELL_SCRATCH]).toBe(stream.sampleMs(law))
    }
  }
})
