import type { Kernels, Workload } from './workload.ts'

/**
 * How a contestant is started, and how many messages it gets: about half a second of work each, for stable figures in a short time. The engine gets
 * a few seconds: its code is so much larger that compiling it would be half of a short run.
 */
export interface Contestant {
  readonly name: string
  readonly says: string
  readonly messages: Partial<Readonly<Record<Workload, number>>>
  readonly start: Start
}
export type Start = { readonly by: 'node'; readonly load: () => Promise<{ readonly kernels: Kernels }> } | { readonly by: 'anchor' } | { readonly by: 'python' }

export const ANCHOR = 'c'
export const KERNEL = 'kernel'
export const KERNEL_TS = 'kernel-ts'
export const ENGINE = 'engine'
export const SIMPY = 'simpy'
export const SMQP = 'smqp'

export const CONTESTANTS: readonly Contestant[] = [
  { name: ANCHOR, says: 'C, written per workload: the limit', messages: { W1: 12e6, W2: 1e6, W3: 8e6, W4: 25e5 }, start: { by: 'anchor' } },
  { name: KERNEL, says: 'ours: the kernel alone as the machine has it, per workload', messages: { W1: 8e6, W2: 8e5, W3: 4e6, W4: 2e6 }, start: { by: 'node', load: () => import('./contestants/kernel.ts') } },
  { name: KERNEL_TS, says: 'ours: the same in TypeScript', messages: { W1: 4e6, W2: 4e5, W3: 2e6, W4: 1e6 }, start: { by: 'node', load: () => import('./contestants/kernel-ts.ts') } },
  { name: ENGINE, says: 'ours: topologies with the AMQP model', messages: { W1: 12e6, W2: 1e6, W3: 12e6, W4: 6e6 }, start: { by: 'node', load: () => import('./contestants/engine.ts') } },
  { name: 'simjs', says: 'SIM.JS from npm', messages: { W1: 15e4, W2: 1e4, W3: 1e5, W4: 6e4 }, start: { by: 'node', load: () => import('./contestants/simjs.ts') } },
  { name: SMQP, says: 'smqp from npm as the broker', messages: { W4: 3e4 }, start: { by: 'node', load: () => import('./contestants/smqp.ts') } },
  { name: SIMPY, says: 'SimPy', messages: { W1: 6e4, W2: 6e3, W3: 5e4, W4: 25e3 }, start: { by: 'python' } },
]
