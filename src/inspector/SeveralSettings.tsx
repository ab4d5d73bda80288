import { useMemo } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { findChannel, findNode, type Topology } from '../topology/document.ts'
import { commonFields, type Configured } from './common-fields.ts'
import { Fields } from './Fields.tsx'

/** The settings that several parts have in common; a change is made in all of them, as one step. */
export function SeveralSettings() {
  const { commands } = app()
  const selection = useStore(app().session, state => state.selection)
  const topology = useStore(app().document, state => state.topology)
  const parts = useMemo((): readonly Part[] => [...selection.nodes.map(id => ({ of: 'node', id }) as const), ...selection.channels.map(id => ({ of: 'channel', id }) as const)], [selection])
  const common = useMemo(() => commonFields(parts.flatMap(part => configured(topology, part))), [parts, topology])
  if (common.fields.length === 0) return <p className="in-body ui-muted">They have no settings in common.</p>
  return (
    <div className="in-body">
      <h3 className="in-title">Settings that they share</h3>
      <Fields {...common} part={parts.map(part => part.id).join()} onChange={changes => commands.configureAll(parts, changes)} />
    </div>
  )
}

interface Part {
  readonly of: 'node' | 'channel'
  readonly id: string
}

function configured(topology: Topology, { of, id }: Part): readonly Configured[] {
  const { catalogue } = app()
  const part = of === 'node' ? findNode(topology, id) : findChannel(topology, id)
  const manifest = of === 'node' ? catalogue.node(part?.type ?? '') : catalogue.channel(part?.type ?? '')
  return part ? [{ fields: manifest?.fields ?? [], config: part.config }] : []
}
