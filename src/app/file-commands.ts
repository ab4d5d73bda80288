import type { StoreApi } from 'zustand/vanilla'
import type { JournalEntry } from '../contract/input.ts'
import { readRelayJson, writeRelayJson } from '../formats/json/relay-json.ts'
import type { Commands, ImportPlan } from './commands.ts'
import { looksLikeRelay, textOf } from './file-text.ts'
import { rabbitmqDefinitions } from './rabbitmq-export.ts'
import type { Topology } from '../topology/document.ts'
import { withViewport, type Edit } from '../topology/edit.ts'
import type { Outcome } from '../topology/problem.ts'
import type { DocumentState, SessionState } from './app.ts'

export interface FileCommandsContext {
  readonly document: StoreApi<DocumentState>
  readonly session: StoreApi<SessionState>
  readonly load: (topology: Topology, journal?: readonly JournalEntry[]) => Promise<void>
  readonly play: () => void
  readonly pushOpening: (title: string, edits: readonly Edit[]) => void
  readonly edit: Commands['edit']
  readonly journal: Commands['journal']
  readonly notify: Commands['notify']
  readonly announce: Commands['announce']
  readonly readRabbitmq: (text: string, name: string) => Promise<Outcome<ImportPlan>>
}

type FileCommands = Pick<Commands, 'open' | 'saveFile' | 'definitionsOf' | 'download' | 'openFiles' | 'readImport' | 'applyImport' | 'shareLink' | 'openLink'>

export function fileCommands(context: FileCommandsContext): FileCommands {
  const { document, session } = context
  const open: Commands['open'] = (topology, options = {}) => {
    const before = document.getState().topology
    context.pushOpening(options.title ?? `opening of ${topology.title}`, replacement(before, topology))
    session.setState({ selection: { nodes: [], channels: [] } })
    context.announce(topology.nodes.length === 0 ? 'An empty canvas' : `Opened ${topology.title}`)
    void context.load(topology, options.journal)
    // The worker takes one after the other; whoever pauses meanwhile comes last, and is not overruled.
    if (options.play !== false) context.play()
  }
  const readImport: Commands['readImport'] = async (text, name) => {
    if (looksLikeRelay(text)) {
      const file = readRelayJson(text)
      if (!file.ok) return file
      const { topology, journal } = file.value
      return { ok: true, problems: file.problems, value: { kind: 'relay', title: topology.title, topology, runnable: topology, counts: counted(topology), applied: [], problems: file.problems, ...(journal ? { journal } : {}) } }
    }
    return context.readRabbitmq(text, name)
  }
  const applyImport: Commands['applyImport'] = (plan, { withApplications, mode }) => {
    const topology = withApplications ? plan.runnable : plan.topology
    if (mode === 'replace') open(topology, { title: `import of ${plan.title}`, ...(plan.journal ? { journal: plan.journal } : {}) })
    else context.edit(`import of ${plan.title}`, addition(document.getState().topology, topology))
  }
  return {
    open,
    readImport,
    applyImport,
    saveFile: () => {
      const { topology } = document.getState()
      download(writeRelayJson(topology), `${fileName(topology.title)}.relay.json`)
    },
    definitionsOf: broker => rabbitmqDefinitions(document.getState().topology, broker),
    download,
    openFiles: async files => {
      const file = files[0]
      if (!file) return
      const outcome = await readImport(await textOf(file), file.name)
      if (!outcome.ok) {
        context.notify('problem', `“${file.name}” was not opened. ${outcome.problems[0]?.says ?? ''}`)
        return
      }
      if (outcome.value.kind === 'relay') applyImport(outcome.value, { withApplications: false, mode: 'replace' })
      else session.setState({ dialog: { dialog: 'import', files } })
    },
    shareLink: async ({ journal, viewport }) => {
      const { topology } = document.getState()
      const { viewport: _stored, ...bare } = topology
      const shown = viewport ? withViewport(bare, session.getState().viewport) : bare
      const { linkOf } = await import('../share/link-address.ts')
      return linkOf({ topology: shown, ...(journal ? { journal: await context.journal() } : {}) })
    },
    openLink: async link => {
      const { decodeLink } = await import('../formats/url/link.ts')
      const outcome = decodeLink(link)
      if (!outcome.ok) {
        context.notify('problem', outcome.problems[0]?.says ?? 'This link can’t be read.')
        return outcome
      }
      const { topology, journal } = outcome.value
      open(topology, { title: 'opening of a link', ...(journal ? { journal } : {}) })
      return { ok: true, value: topology, problems: outcome.problems }
    },
  }
}

/** A title as a file's name, without its ending. */
export function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase() || 'topology'
}

function download(text: string, name: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  URL.revokeObjectURL(address)
}

/** One topology in place of another, as edits: undo brings back the old one. */
function replacement(before: Topology, after: Topology): readonly Edit[] {
  return [
    { edit: 'remove', nodes: before.nodes.map(node => node.id), channels: before.channels.map(channel => channel.id) },
    { edit: 'retitle', title: after.title },
    { edit: 'reseed', seed: after.seed },
    { edit: 'add-nodes', nodes: after.nodes },
    { edit: 'add-channels', channels: after.channels },
  ]
}

/** What is added keeps its shape, stands below what is there, and gets new ids where its own are taken. */
function addition(present: Topology, added: Topology): readonly Edit[] {
  const taken = new Set([...present.nodes, ...present.channels].map(part => part.id))
  const fresh = (id: string): string => {
    if (!taken.has(id)) return id
    for (let n = 2; ; n += 1) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`
  }
  const ids = new Map(added.nodes.map(node => [node.id, fresh(node.id)]))
  const below = present.nodes.reduce((lowest, node) => (node.within === undefined ? Math.max(lowest, node.at.y + (node.size?.height ?? 80)) : lowest), 0) + 80
  const nodes = added.nodes.map(node => ({ ...node, id: ids.get(node.id)!, ...(node.within === undefined ? { at: { x: node.at.x, y: node.at.y + below } } : { within: ids.get(node.within)! }) }))
  const channels = added.channels.map(channel => ({ ...channel, id: fresh(channel.id), from: ids.get(channel.from)!, to: ids.get(channel.to)! }))
  return [{ edit: 'add-nodes', nodes }, { edit: 'add-channels', channels }]
}

export function counted(topology: Topology): ImportPlan['counts'] {
  const byType = new Map<string, number>()
  for (const part of [...topology.nodes, ...topology.channels]) byType.set(part.type, (byType.get(part.type) ?? 0) + 1)
  return [...byType].map(([what, count]) => ({ what, count }))
}
