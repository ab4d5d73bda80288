import { replay } from './compare.ts'
import type { Recording } from './recording.ts'

/** By the `system` of a recording. The player refuses what it doesn't know. */
export const players: Readonly<Record<string, (recording: unknown) => readonly string[]>> = { zeromq: recording => replay(recording as Recording) }
