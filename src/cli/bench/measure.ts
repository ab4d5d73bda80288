import { PerformanceObserver } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'

export interface Cost {
  readonly userSeconds: number
  readonly wallSeconds: number
  /** Garbage collections in the time measured, and how long they took. */
  readonly collections: number
  readonly collectionMs: number
}

/** User CPU time of this process around a piece of work. */
export async function measured<T>(work: () => T | Promise<T>): Promise<{ readonly result: T; readonly cost: Cost }> {
  const pauses: { readonly startTime: number; readonly duration: number }[] = []
  const observer = new PerformanceObserver(list => pauses.push(...list.getEntries()))
  observer.observe({ entryTypes: ['gc'] })
  ;(globalThis as { gc?: () => void }).gc?.()
  await pause(20)
  const startMs = performance.now()
  const before = process.cpuUsage()
  const result = await work()
  const used = process.cpuUsage(before)
  const endMs = performance.now()
  await pause(20)
  observer.disconnect()
  const within = pauses.filter(one => one.startTime >= startMs && one.startTime <= endMs)
  return { result, cost: { userSeconds: used.user / 1e6, wallSeconds: (endMs - startMs) / 1000, collections: within.length, collectionMs: within.reduce((sum, one) => sum + one.duration, 0) } }
}

export { pause }
