import type { Config } from '../../topology/document.ts'

/** One byte names the channel, four say how long the data is. */
export const FRAME_BYTES = 5
/** What one byte can name. */
export const CHANNELS_MAX = 256
/** A pipe that is full takes nothing until so much is free: pipe(7). */
export const PAGE_BYTES = 4096
/** A line ends with a newline. */
const NEWLINE_BYTES = 1

/** Settings of a line, read once per change. Sizes are in units of the marks: bytes, or objects that count one each. */
export interface PipeSettings {
  readonly objects: boolean
  readonly writeMark: number
  readonly readMark: number
  /** What the system holds between the two processes. */
  readonly between: number
  /** What is longer goes in pieces of at most this. */
  readonly piece: number
  readonly obeys: boolean
  readonly waitingMax: number
  readonly inHand: number
  readonly multiplexed: boolean
  /** Bytes that framing adds to each message. */
  readonly overhead: number
}

export function settingsOf(type: string, config: Config): PipeSettings {
  const number = (field: string, none: number): number => (typeof config[field] === 'number' ? config[field] : none)
  const objects = config['unit'] === 'objects'
  const between = objects ? 0 : number('pipeBytes', 65_536)
  const multiplexed = config['framing'] === 'multiplexed'
  return {
    objects,
    writeMark: number('writeMark', 16_384),
    readMark: number('readMark', 16_384),
    between,
    piece: objects ? Infinity : between,
    obeys: config['whenFull'] !== 'ignore',
    waitingMax: number('waitingMax', Infinity),
    // Messages of an IPC channel are events: whoever listens gets them as they come.
    inHand: type === 'pipe.ipc' ? Infinity : number('inHand', Infinity),
    multiplexed,
    overhead: multiplexed ? FRAME_BYTES : NEWLINE_BYTES,
  }
}
