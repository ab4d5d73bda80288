import { useMemo } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { ChannelManifest } from '../contract/manifest.ts'
import type { Channel } from '../topology/document.ts'
import { canvasUi, pressPart } from './canvas-ui.ts'
import { ArrowTips, ChannelLine } from './ChannelLine.tsx'
import { labelsOf } from './edge-labels.ts'
import { looseCurve, pathOf, pointOn } from './edge-paths.ts'
import type { Scene } from './scene.ts'
import type { Sight } from './sight.ts'
import { WayLines } from './WayLayer.tsx'
import { bindsAt } from './socket-badges.ts'
import './EdgeLayer.css'

/** Channels in sight, in one picture under the messages and the nodes. */
export function EdgeLayer({ scene, sight }: { readonly scene: Scene; readonly sight: Sight }) {
  const { channels } = sight
  const { catalogue } = app()
  const labels = new Map(scene.topology.nodes.map(node => [node.id, node.label]))
  return (
    <svg className="cv-edges" width={1} height={1} aria-hidden={scene.topology.channels.length + scene.ways.length === 0}>
      <ArrowTips />
      {channels.map(channel => {
        const curve = scene.curves.get(channel.id)
        if (!curve) return null
        const manifest = catalogue.channel(channel.type)
        const middle = pointOn(curve, 0.5)
        return (
          <ChannelLine
            key={channel.id}
            id={channel.id}
            path={pathOf(curve)}
            midX={middle.x}
            midY={middle.y}
            form={manifest?.form ?? 'unknown'}
            carries={manifest?.carries ?? 'forward'}
            name={channelName(channel, labels, manifest)}
          />
        )
      })}
      <WayLines scene={scene} sight={sight} />
    </svg>
  )
}

function channelName(channel: Channel, labels: ReadonlyMap<string, string>, manifest: ChannelManifest | undefined): string {
  const label = (id: string): string => labels.get(id) ?? id
  const binder = !manifest?.ends ? '' : `, ${label(bindsAt(manifest, channel, 'from') === true ? channel.from : channel.to)} binds`
  return `channel from ${label(channel.from)} to ${label(channel.to)}, ${manifest?.title ?? 'unknown kind'}${binder}`
}

/** Binding keys, over the lines and the messages. */
export function LabelLayer({ scene, channels }: { readonly scene: Scene; readonly channels: readonly Channel[] }) {
  const labels = useMemo(() => labelsOf(app().catalogue, channels, { ...scene, sockets: [...scene.sockets, ...scene.ways.map(({ label }) => label)] }), [channels, scene])
  return (
    <div className="cv-labels">
      {labels.map(label => (
        <button
          key={label.channel}
          type="button"
          tabIndex={-1}
          className="cv-edge-label nopan nokey"
          data-channel={label.channel}
          title={label.text}
          style={{ transform: `translate(${label.x}px, ${label.y}px) translate(-50%, -50%)` }}
          onMouseDown={event => event.preventDefault()}
          onClick={() => pressPart({ part: 'channel', id: label.channel, of: null })}
        >
          {label.text}
        </button>
      ))}
    </div>
  )
}

/** The channel that is being pulled. */
export function ConnectionLine({ scene }: { readonly scene: Scene }) {
  const connection = useStore(canvasUi, ui => ui.connection)
  const box = connection && scene.boxes.get(connection.from)
  if (!connection || !box) return null
  const fits = connection.over !== null && connection.fits.has(connection.over)
  const refused = connection.over !== null && !fits
  return (
    <svg className="cv-connection" width={1} height={1} aria-hidden="true" data-answer={fits ? 'fits' : refused ? 'refuses' : 'open'}>
      <path d={pathOf(looseCurve(box, connection.end))} />
      <circle cx={connection.end.x} cy={connection.end.y} r={4} />
    </svg>
  )
}
