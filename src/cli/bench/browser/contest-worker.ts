import type { Kernels, Outcome, Workload } from '../workload.ts'

/** A contestant in a browser's worker: runs what it is asked for and says how long it took, by the clock on the wall. */
export interface Ask {
  readonly contestant: string
  readonly workload: Workload
  readonly messages: number
  readonly seed: number
}
export type Answer = Outcome & { readonly wallSeconds: number }

const LOAD: Readonly<Record<string, () => Promise<{ readonly kernels: Kernels }>>> = {
  kernel: () => import('../contestants/kernel.ts'),
  'kernel-ts': () => import('../contestants/kernel-ts.ts'),
  engine: () => import('../contestants/engine.ts'),
}
const WARM_UPS = 4
const WARM_UP_SHARE = 1 / 40

async function run({ contestant, workload, messages, seed }: Ask): Promise<Answer> {
  const kernel = (await LOAD[contestant]!()).kernels[workload]!
  for (let n = 1; n <= WARM_UPS; n += 1) {
    await kernel(Math.ceil(messages * WARM_UP_SHARE), seed + n)
    await new Promise(resolve => setTimeout(resolve, 30))
  }
  const startMs = performance.now()
  const outcome = await kernel(messages, seed)
  return { ...outcome, wallSeconds: (performance.now() - startMs) / 1000 }
}

self.addEventListener('message', (event: MessageEvent<Ask>) => {
  void run(event.data).then(
    answer => self.postMessage(answer),
    (error: unknown) => self.postMessage(String(error)),
  )
})
