import type { RandomStream } from '../../kernel/random.ts'

/** One of several, by lot. */
export function pick<T>(random: RandomStream, items: readonly T[]): T {
  return items[random.integer(items.length)]!
}
