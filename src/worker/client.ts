import { wrap, transfer, type Remote } from 'comlink'
import type { RerunApi, SimulationApi } from './api.ts'

/** The page's hold on the simulation worker. */
export interface SimulationClient {
  readonly api: Remote<SimulationApi>
  /** Raw port over which figures are pulled. */
  readonly figures: MessagePort
  attachStage(port: MessagePort): void
}

/** Starts the worker. `onFailure` is told once, in a sentence, when it can't start or dies. */
export function startSimulation(onFailure: (says: string) => void): SimulationClient {
  const worker = new Worker(new URL('./main.ts', import.meta.url), { type: 'module', name: 'simulation' })
  worker.addEventListener('error', event => onFailure(`The simulation stopped: ${event.message || 'its worker could not be started'}. Your topology is safe; reload the page to go on.`))
  const api = wrap<SimulationApi>(worker)
  const { port1, port2 } = new MessageChannel()
  void api.attachFigures(transfer(port2, [port2]))
  return {
    api,
    figures: port1,
    attachStage: port => void api.attachStage(transfer(port, [port])),
  }
}

/** What runs the history once more, in a worker of its own. */
export interface RerunClient {
  readonly api: Remote<RerunApi>
  stop(): void
}

export function startRerun(): RerunClient {
  const worker = new Worker(new URL('./main.ts', import.meta.url), { type: 'module', name: 'rerun' })
  return { api: wrap<RerunApi>(worker), stop: () => worker.terminate() }
}
