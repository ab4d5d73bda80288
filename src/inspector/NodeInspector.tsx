import { Send, Trash2 } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { SessionState } from '../app/app.ts'
import { app } from '../app/current.ts'
import { findNode } from '../topology/document.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { duration } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import { Docs } from './Docs.tsx'
import { FaultButtons, StopLine } from './FaultButtons.tsx'
import { LiveFigures } from './LiveFigures.tsx'
import { Messages } from './Messages.tsx'
import { NodeSettings } from './NodeSettings.tsx'
import { TroubleOf } from './Problems.tsx'
import { SendForm } from './SendForm.tsx'
import { TextField } from './TextField.tsx'

const TABS = [
  ['settings', 'Settings'],
  ['live', 'Live'],
  ['messages', 'Messages'],
  ['docs', 'Docs'],
] as const

export function NodeInspector({ id }: { readonly id: string }) {
  const { catalogue, commands, session } = app()
  const node = useStore(app().document, state => findNode(state.topology, id))
  const tab = useStore(session, state => state.inspectorTab)
  const [sending, setSending] = useState(false)
  if (!node) return null
  const manifest = catalogue.node(node.type)
  const family = catalogue.familyOf(node.type)
  return (
    <section className="in-box" aria-label={`Inspector of ${node.label}`}>
      <header className="in-head">
        <h2>{node.label}</h2>
        <p className="ui-muted">{manifest ? (manifest.can.length > 0 || manifest.title === family?.title ? kindText(manifest.title) : `${kindText(manifest.title)} in ${family?.title}`) : `${node.type}: kept, not simulated`}</p>
        <State id={id} />
        <TroubleOf part={id} />
      </header>
      <div className="in-actions">
        {manifest?.sends ? (
          <Button look="outline" onClick={() => setSending(!sending)} aria-expanded={sending}>
            <Send />
            Send …
          </Button>
        ) : null}
        <FaultButtons id={id} />
        <span className="pn-spring" />
        <IconButton name={`Delete ${node.label}`} look="danger" onClick={() => commands.remove({ nodes: [id], channels: [] })}>
          <Trash2 />
        </IconButton>
      </div>
      <StopLine id={id} />
      {sending && manifest ? <SendForm node={node} manifest={manifest} onDone={() => setSending(false)} /> : null}
      <Tabs.Root value={tab} onValueChange={value => session.setState({ inspectorTab: value as SessionState['inspectorTab'] })}>
        <Tabs.List className="ui-tabs" aria-label="Sections">
          {TABS.map(([value, title]) => (
            <Tabs.Trigger key={value} value={value} className="ui-tab">
              {title}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="settings" className="in-body">
          <TextField label="Label" help="How it is called on the canvas." value={node.label} maxLength={200} onCommit={label => commands.rename(id, label)} />
          {manifest ? <NodeSettings node={node} manifest={manifest} /> : <pre className="in-raw">{JSON.stringify(node.config, null, 2)}</pre>}
          {manifest ? <Carried config={node.config} carried={manifest.carried ?? []} /> : null}
        </Tabs.Content>
        <Tabs.Content value="live" className="in-body">
          <LiveFigures node={node} />
        </Tabs.Content>
        <Tabs.Content value="messages" className="in-body">
          <Messages id={id} />
        </Tabs.Content>
        <Tabs.Content value="docs" className="in-body">
          <Docs docs={manifest?.docs ?? []} summary={manifest?.summary ?? 'This version does not know this kind. It is kept as it came and saved again unchanged.'} claims={family?.claims ?? []} />
        </Tabs.Content>
      </Tabs.Root>
    </section>
  )
}

/** A kind within a sentence: "queue", but "RabbitMQ" and "Pub/Sub channel", whose capitals are their own. */
function kindText(title: string): string {
  return /^\S+[A-Z]/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)
}

function State({ id }: { readonly id: string }) {
  useVersion(app().figures)
  const figures = app().figures.node(id)
  const refused = useStore(app().run, state => state.troubles.some(one => one.part === id))
  if (!figures || figures.state === 'up' || (refused && figures.state === 'absent')) return null
  const since = duration(app().figures.nowNs() - figures.sinceNs)
  return <p className="in-down">{figures.state === 'down' ? `down for ${since}` : 'not there: nobody has declared it'}</p>
}

function Carried({ config, carried }: { readonly config: Readonly<Record<string, unknown>>; readonly carried: readonly { readonly field: string; readonly says: string }[] }) {
  const there = carried.filter(one => config[one.field] !== undefined)
  if (there.length === 0) return null
  return (
    <section aria-label="Kept from an import">
      <h3 className="in-title">Kept from an import</h3>
      <ul className="in-problems">
        {there.map(one => (
          <li key={one.field}>{one.says}</li>
        ))}
      </ul>
    </section>
  )
}
