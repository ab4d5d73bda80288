import type { StoreApi } from 'zustand/vanilla'
import type { Catalogue } from '../contract/manifest.ts'
import { HEAD_DIGEST_HIGH, HEAD_DIGEST_LOW } from '../contract/figures.ts'
import type { JournalEntry, LiveInput } from '../contract/input.ts'
import { findChannel, findNode, type Config, type NodeId, type Topology } from '../topology/document.ts'
import type { Problem } from '../topology/problem.ts'
import type { Rehearsal } from '../worker/api.ts'
import type { SimulationClient } from '../worker/client.ts'
import type { DocumentState, RunState } from './app.ts'
import type { Commands } from './commands.ts'
import type { PulledFigures } from './figures-feed.ts'
import { rehearsalStage } from './rehearsal-stage.ts'

/** The steps of the speed control. */
export const SPEEDS = [0.01, 0.1, 0.25, 0.5, 1, 2, 5, 10, 100, 1000, 'max'] as const

export interface RunCommandsContext {
  readonly client: SimulationClient
  readonly document: StoreApi<DocumentState>
  readonly run: StoreApi<RunState>
  readonly figures: PulledFigures
  readonly announce: Commands['announce']
  /** The run goes on, or begins anew. */
  readonly onMove: () => void
  /** What products refuse now. */
  readonly onTroubles: (troubles: readonly Problem[]) => void
  readonly catalogue: Catalogue
}

type RunCommands = Pick<Commands, 'play' | 'pause' | 'toggle' | 'step' | 'reset' | 'setSpeed' | 'fault' | 'send' | 'nodeDetail' | 'channelDetail' | 'message' | 'story' | 'dead' | 'trace' | 'rehearse' | 'journal' | 'digest' | 'runUntil' | 'attachStage'> & {
  load(topology: Topology, journal?: readonly JournalEntry[]): Promise<void>
  input(live: LiveInput): Promise<void>
  /** The run stands still, by itself. */
  stopped(): void
}

export function runCommands(context: RunCommandsContext): RunCommands {
  const { client, document, run, figures } = context
  const { api } = client
  const paused = (): void => {
    figures.setRunning(false)
    if (run.getState().status !== 'ended') run.setState({ status: 'paused' })
  }
  const play = (): void => {
    if (run.getState().status === 'ended') return
    context.onMove()
    void api.play()
    run.setState({ status: 'running' })
    figures.setRunning(true)
  }
  const pause = (): void => {
    void api.pause()
    paused()
  }
  /** Counts runs: an input's answer that comes after another run was begun says nothing of that run. */
  let runs = 0
  const load = async (topology: Topology, journal?: readonly JournalEntry[]): Promise<void> => {
    runs += 1
    context.onMove()
    // What was refused in the run before is no problem of this one, nor is the notice that told of it.
    context.onTroubles([])
    figures.restart({ of: document.getState().id, seed: topology.seed })
    figures.setRunning(false)
    // Before the answer: who plays right after loading is not overruled by it.
    run.setState({ status: 'paused', problems: [], marks: [], inputs: 0 })
    const report = await api.load(topology, journal)
    run.setState({ problems: report.problems, layout: report.layout })
    await figures.fresh()
  }
  const input = async (live: LiveInput): Promise<void> => {
    // Nothing happens any more in a run that has ended: an edit begins a new one.
    if (run.getState().status === 'ended') return live.input === 'edit' ? load(document.getState().topology) : undefined
    const mine = runs
    const report = await api.input(live)
    if (mine !== runs) return
    const { problems, inputs } = run.getState()
    run.setState({ problems: report.problems.length > 0 ? [...problems, ...report.problems] : problems, inputs: inputs + 1, layout: report.layout })
    await figures.fresh()
  }
  return {
    load,
    input,
    stopped: paused,
    play,
    pause,
    toggle: () => {
      if (run.getState().status === 'running') pause()
      else play()
      const { status } = run.getState()
      context.announce(status === 'running' ? 'Running' : status === 'ended' ? 'The run has ended: go back to the start' : 'Paused')
    },
    step: async stride => {
      context.onMove()
      paused()
      const end = await api.step(stride)
      await figures.fresh()
      context.announce(end?.says ?? 'Nothing came of it: nothing is left to happen, or it lies far ahead')
    },
    reset: async () => {
      const wasRunning = run.getState().status === 'running'
      const loaded = load(document.getState().topology)
      if (wasRunning) play()
      await loaded
    },
    setSpeed: speed => {
      void api.setSpeed(speed)
      run.setState({ speed })
    },
    fault: async fault => {
      await input({ input: 'fault', fault })
      const { topology } = document.getState()
      const what = 'node' in fault ? (findNode(topology, fault.node)?.label ?? fault.node) : channelName(topology, fault.channel)
      context.announce(`${what}: ${{ crash: 'crashed', stop: 'stopped', restart: 'restarted', cut: 'cut', heal: 'healed' }[fault.fault]}`)
    },
    send: async (node, template) => {
      await input({ input: 'send', node, ...(template ? { template } : {}) })
    },
    nodeDetail: (id, page) => api.node(id, page),
    channelDetail: id => api.channel(id),
    message: handle => api.message(handle),
    story: ({ identity, handle }) => api.story(identity, handle),
    dead: async filter => api.dead(filter),
    trace: async filter => api.trace(filter),
    rehearse: (node, config) => rehearse(context, node, config),
    journal: async () => api.journal(),
    digest: () => {
      const frame = figures.head()
      const half = (value: number | undefined): string => (value ?? 0).toString(16).padStart(8, '0')
      return half(frame[HEAD_DIGEST_HIGH]) + half(frame[HEAD_DIGEST_LOW])
    },
    runUntil: async untilNs => {
      context.onMove()
      paused()
      const report = await api.runUntil(untilNs)
      await figures.fresh()
      return report
    },
    attachStage: port => client.attachStage(port),
  }
}

/** Alone with its neighbours first, which is quick; in the whole topology where something has to come to it before it says anything. */
async function rehearse({ client, document, catalogue }: RunCommandsContext, node: NodeId, config: Config): Promise<Rehearsal> {
  const { topology } = document.getState()
  const stage = rehearsalStage(catalogue, topology, node, config)
  const heard = await client.api.rehearse(stage, node)
  if (heard.messages.length > 0 || stage.nodes.length === topology.nodes.length) return heard
  return client.api.rehearse({ ...topology, nodes: topology.nodes.map(one => (one.id === node ? { ...one, config } : one)) }, node)
}

function channelName(topology: Topology, id: string): string {
  const channel = findChannel(topology, id)
  if (!channel) return id
  return `${findNode(topology, channel.from)?.label} – ${findNode(topology, channel.to)?.label}`
}
