import { wrap } from 'comlink'
import type { SimulationApi } from '../../../worker/api.ts'
import { competing, fanOut } from '../contestants/engine-topologies.ts'

/** Commands to a simulation that runs as fast as it can: how long each waits for its answer. */
const COMMANDS = 100
const BETWEEN_MS = 15

export interface Waits {
  readonly topology: string
  readonly medianMs: number
  readonly worstMs: number
  /** Simulated seconds a second. */
  readonly speed: number
}

async function waits(): Promise<Waits[]> {
  const found: Waits[] = []
  for (const [name, topology, node] of [['competing consumers', competing(1), 'queue'], ['fan-out to a hundred', fanOut(1), 'queue-7']] as const) {
    const worker = new Worker('./commands-worker.js', { type: 'module' })
    const api = wrap<SimulationApi>(worker)
    await api.load(topology)
    await api.setSpeed('max')
    await api.play()
    const spent: number[] = []
    // What is compiled on the way is waited for too, but not what comes before the first second.
    await pause(1000)
    const startMs = performance.now()
    const before = (await api.trace({ limit: 1 }))[0]!
    for (let n = 0; n < COMMANDS; n += 1) {
      await pause(BETWEEN_MS)
      const askedMs = performance.now()
      if (n % 3 === 0) await api.input({ input: 'edit', edits: [{ edit: 'configure', of: 'node', id: node, config: topology.nodes.find(one => one.id === node)!.config }] })
      else if (n % 3 === 1) await api.node(node)
      else await api.trace({ limit: 100 })
      spent.push(performance.now() - askedMs)
    }
    const seconds = (performance.now() - startMs) / 1000
    await api.pause()
    const after = (await api.trace({ limit: 1 }))[0]!
    spent.sort((a, b) => a - b)
    found.push({ topology: name, medianMs: spent[COMMANDS >> 1]!, worstMs: spent.at(-1)!, speed: (after.atNs - before.atNs) / 1e9 / seconds })
    worker.terminate()
  }
  return found
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

;(globalThis as unknown as { commandWaits: () => Promise<Waits[]> }).commandWaits = waits
