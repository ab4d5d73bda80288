import type { Memory } from '../kernel/memory.ts'
import code from './assembly/index.ts?machine'

/** What the machine leaves to TypeScript; see assembly/imports.ts. */
export interface Host {
  reserve(cells: number): number
  release(address: number, cells: number): void
  moreEvents(): void
  moreBlocks(): void
  growNear(more: number): void
  moreInstants(): void
  moreMessages(): void
  contentGone(content: number): void
  wrap(): void
  page(histogram: number, octave: number): void
  carry(histogram: number, octave: number, bucket: number): void
  slowly(stream: number, layer: number): void
  draw(number: number): void
  discard(node: number, message: number, reason: number, delivering: number): void
  ways(exchange: number, message: number): number
  moreJobs(app: number): void
  moreWindow(subscription: number): void
}

/** The compiled loop over one memory. Addresses and indices are those of kernel/memory.ts. */
export interface Machine {
  /** Fires events up to and including a time, at most so many (below 2^31); one of the STOP_… of the layout. */
  run(untilNs: number, budget: number): number
  firedLast(): number
  setInstant(most: number, left: number): void
  leftOfInstant(): number
  partsAt(targets: number, lanes: number): void
  factsAt(cursor: number, end: number): void
  hopsAt(address: number): void
  hopsWritten(): number
}

let module: WebAssembly.Module | null | undefined

/** Compiled once; null where a page's policy forbids WebAssembly, or there is none: everything works without, only slower. */
function compiled(): WebAssembly.Module | null {
  if (module !== undefined) return module
  try {
    module = new WebAssembly.Module(Uint8Array.from(atob(code), letter => letter.charCodeAt(0)))
  } catch {
    module = null
  }
  return module
}

/** A machine over a memory, which goes on in a WebAssembly memory from now on; null where there can be none. */
export function machineFor(memory: Memory, host: Host): Machine | null {
  const program = compiled()
  if (program === null) return null
  let wasm: WebAssembly.Memory
  try {
    wasm = new WebAssembly.Memory({ initial: 1, maximum: 65_536 })
    memory.moveInto(wasm)
  } catch {
    return null
  }
  const instance = new WebAssembly.Instance(program, { env: { memory: wasm, abort: failed }, relayground: { ...host } })
  return instance.exports as unknown as Machine // what the assembly exports
}

function failed(): never {
  throw new Error('the machine came upon what cannot be')
}
