import type { Kernels } from '../workload.ts'
import { competing } from './kernel-queue.ts'
import { fanOut, series, single } from './kernel-stations.ts'

/** The same in TypeScript, without the machine: what kernel.ts is tested against. */
export const kernels: Kernels = { W1: single, W2: series, W3: fanOut, W4: competing }
