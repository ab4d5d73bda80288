import type { Kernels } from '../workload.ts'
import { competing } from './kernel-queue.ts'
import { fanOut, series, single } from './kernel-stations.ts'

/** Ours: the kernel alone, written per workload, with the statistics of the workloads' rules. */
export const kernels: Kernels = { W1: single, W2: series, W3: fanOut, W4: competing }
