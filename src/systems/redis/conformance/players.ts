import { replay } from './compare.ts'
import type { Recording } from './recording.ts'

const play = (recording: unknown): readonly string[] => replay(recording as Recording) // the player refuses what it doesn't know

/** By the `system` of a recording. */
export const players: Readonly<Record<string, (recording: unknown) => readonly string[]>> = { 'redis-pubsub': play, 'redis-list': play, 'redis-stream': play }
