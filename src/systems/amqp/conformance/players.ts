import { replay } from './compare.ts'
import type { Recording } from './recording.ts'

/** By the `system` of a recording. */
export const players: Readonly<Record<string, (recording: unknown) => readonly string[]>> = { amqp: recording => replay(recording as Recording) } // the player refuses what it doesn't know
