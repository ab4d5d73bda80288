import { expect, test } from 'vitest'
import { WORKLOADS } from '../../workload.ts'
import { kernels } from '../kernel.ts'
import { kernels as inTypeScript } from '../kernel-ts.ts'

/** Less than a stretch of events, and more than one. */
const MESSAGES = { W1: [300, 250_000], W2: [300, 50_000], W3: [300, 250_000], W4: [300, 100_000] }

test.for(WORKLOADS.flatMap(workload => MESSAGES[workload].map(messages => ({ workload, messages }))))('$workload over the machine finds what TypeScript finds for $messages messages', async ({ workload, messages }) => {
  expect(await kernels[workload]!(messages, 7)).toEqual(await inTypeScript[workload]!(messages, 7))
})
