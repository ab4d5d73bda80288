import { Scissors, Trash2, Unplug } from 'lucide-react'
import { useCallback } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { findChannel, findNode } from '../topology/document.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { grouped, perSecond } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import { Docs } from './Docs.tsx'
import { Fields } from './Fields.tsx'
import { MessageRowButton } from './MessageRowButton.tsx'
import { TroubleOf } from './Problems.tsx'
import { useAnswer } from './use-answer.ts'

/** Latencies people know, one click each. */
const PRESETS: readonly (readonly [string, number])[] = [
  ['Watchable', 400],
  ['LAN', 0.5],
  ['Internet', 40],
  ['None', 0],
]

export function ChannelInspector({ id }: { readonly id: string }) {
  const { catalogue, commands } = app()
  const channel = useStore(app().document, state => findChannel(state.topology, id))
  const topology = useStore(app().document, state => state.topology)
  if (!channel) return null
  const manifest = catalogue.channel(channel.type)
  const name = (node: string): string => findNode(topology, node)?.label ?? node
  return (
    <section className="in-box" aria-label={`Inspector of the channel from ${name(channel.from)} to ${name(channel.to)}`}>
      <header className="in-head">
        <h2>
          {name(channel.from)} → {name(channel.to)}
        </h2>
        <p className="ui-muted">{manifest ? `${manifest.title} · ${catalogue.familyOf(channel.type)?.title}` : `${channel.type}: kept, not simulated`}</p>
        <TroubleOf part={id} />
      </header>
      <CutButton id={id} />
      <div className="in-body">
        <Traffic id={id} />
        <OnTheWire id={id} />
        {manifest ? (
          <>
            <div className="in-presets" role="group" aria-label="Latency presets">
              {PRESETS.map(([title, ms]) => (
                <Button key={title} look="outline" onClick={() => commands.configure('channel', id, { latency: { law: 'constant', value: ms } })}>
                  {title}
                </Button>
              ))}
            </div>
            <Fields fields={manifest.fields} config={channel.config} part={id} onChange={changes => commands.configure('channel', id, changes)} />
            <Docs docs={manifest.docs} summary={manifest.summary} claims={[]} />
          </>
        ) : (
          <pre className="in-raw">{JSON.stringify(channel.config, null, 2)}</pre>
        )}
      </div>
    </section>
  )
}

function CutButton({ id }: { readonly id: string }) {
  const { figures, commands } = app()
  useVersion(figures)
  const cut = figures.channel(id)?.state === 'cut'
  return (
    <div className="in-actions">
      <Button look="outline" onClick={() => void commands.fault({ fault: cut ? 'heal' : 'cut', channel: id })}>
        {cut ? <Unplug /> : <Scissors />}
        {cut ? 'Heal' : 'Cut'}
      </Button>
      <span className="pn-spring" />
      <IconButton name="Delete the channel" look="danger" onClick={() => commands.remove({ nodes: [], channels: [id] })}>
        <Trash2 />
      </IconButton>
    </div>
  )
}

/** The next to arrive; each can be looked at. */
function OnTheWire({ id }: { readonly id: string }) {
  const ask = useCallback(() => app().commands.channelDetail(id), [id])
  const detail = useAnswer(ask)
  if (!detail || detail.messages.length === 0) return null
  return (
    <section aria-label="On the wire now">
      <h3 className="in-title">On the wire now</h3>
      <ul className="in-messages">
        {detail.messages.map((message, index) => (
          <li key={`${message.handle} ${index}`}>
            <MessageRowButton message={message} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Traffic({ id }: { readonly id: string }) {
  const { figures } = app()
  useVersion(figures)
  const live = figures.channel(id)
  if (!live) return null
  const rows: readonly (readonly [string, string])[] = [
    ['State', live.state === 'open' ? 'open' : live.state === 'cut' ? 'cut: packets wait' : 'closed'],
    ['Messages per second', perSecond(live.rate)],
    ['Packets on the wire', grouped(live.inFlight)],
    ['Messages carried', grouped(live.total)],
    ...(live.lost > 0 ? [['Messages lost', grouped(live.lost)] as const] : []),
    ...(live.resent > 0 ? [['Packets sent again', grouped(live.resent)] as const] : []),
  ]
  return (
    <dl className="in-figures">
      {rows.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
