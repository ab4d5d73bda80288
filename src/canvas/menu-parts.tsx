import { Cable, CircleStop, Copy, Pencil, PlugZap, RotateCcw, Scissors, SendHorizontal, Spline, Trash2, Zap } from 'lucide-react'
import { app } from '../app/current.ts'
import { stopOf } from '../app/faults.ts'
import type { Channel, TopologyNode } from '../topology/document.ts'
import { startPicking, startRenaming } from './canvas-ui.ts'
import { MenuItem, MenuRule, SubMenu } from './MenuItem.tsx'
import type { Scene } from './scene.ts'

const ICON = { size: 15, strokeWidth: 1.75 } as const

export function NodeItems({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const node = scene.topology.nodes.find(one => one.id === id)
  if (!node) return null
  const { catalogue, commands, session } = app()
  const manifest = catalogue.node(node.type)
  const { selection } = session.getState()
  const several = selection.nodes.length + selection.channels.length > 1
  const channels = scene.topology.channels.filter(channel => channel.from === id || channel.to === id)
  return (
    <>
      {manifest?.sends === true && (
        <MenuItem icon={<SendHorizontal {...ICON} />} act={() => void commands.send(id)}>
          Send one message
        </MenuItem>
      )}
      {manifest && <FaultItem scene={scene} node={node} />}
      {channels.length > 0 && (
        <SubMenu icon={<Spline {...ICON} />} title="Cut or heal a channel">
          {channels.map(channel => (
            <CutItem key={channel.id} channel={channel} label={channelTitle(scene, channel, id)} />
          ))}
        </SubMenu>
      )}
      <MenuRule />
      {manifest && manifest.form !== 'container' && (
        <MenuItem icon={<Cable {...ICON} />} keys="C" act={() => startPicking(id)}>
          Connect from here…
        </MenuItem>
      )}
      <MenuItem icon={<Pencil {...ICON} />} keys="F2" act={() => startRenaming(id)}>
        Rename
      </MenuItem>
      <MenuItem icon={<Copy {...ICON} />} act={() => commands.duplicate(selection)}>
        {several ? 'Duplicate the selection' : 'Duplicate'}
      </MenuItem>
      <MenuItem icon={<Trash2 {...ICON} />} keys="Del" danger act={() => commands.remove(selection)}>
        {several ? 'Delete the selection' : 'Delete'}
      </MenuItem>
    </>
  )
}

export function ChannelItems({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const channel = scene.topology.channels.find(one => one.id === id)
  if (!channel) return null
  return (
    <>
      <CutItem channel={channel} label="" />
      <MenuRule />
      <MenuItem icon={<Trash2 {...ICON} />} keys="Del" danger act={() => app().commands.remove({ nodes: [], channels: [id] })}>
        Delete
      </MenuItem>
    </>
  )
}

/** What lives in a broker crashes and restarts with it. */
function FaultItem({ scene, node }: { readonly scene: Scene; readonly node: TopologyNode }) {
  const { catalogue, commands, figures } = app()
  const home = node.within === undefined ? undefined : scene.topology.nodes.find(one => one.id === node.within)
  const whole = home ?? node
  const name = home ? ` ${home.label}` : ''
  const down = figures.node(whole.id)?.state === 'down'
  const stop = stopOf(catalogue, scene.topology, node.id)
  return down ? (
    <MenuItem icon={<RotateCcw {...ICON} />} keys="X" act={() => void commands.fault({ fault: 'restart', node: whole.id })}>
      {`Restart${name}`}
    </MenuItem>
  ) : (
    <>
      <MenuItem icon={<Zap {...ICON} />} keys="X" danger act={() => void commands.fault({ fault: 'crash', node: whole.id })}>
        {`Crash${name}`}
      </MenuItem>
      {stop !== null && (
        <MenuItem icon={<CircleStop {...ICON} />} keys="Shift+X" says={stop} act={() => void commands.fault({ fault: 'stop', node: whole.id })}>
          {`Stop${name}`}
        </MenuItem>
      )}
    </>
  )
}

function CutItem({ channel, label }: { readonly channel: Channel; readonly label: string }) {
  const { commands, figures } = app()
  const cut = figures.channel(channel.id)?.state === 'cut'
  const after = label === '' ? '' : ` ${label}`
  return cut ? (
    <MenuItem icon={<PlugZap {...ICON} />} act={() => void commands.fault({ fault: 'heal', channel: channel.id })}>
      {`Heal${after}`}
    </MenuItem>
  ) : (
    <MenuItem icon={<Scissors {...ICON} />} danger act={() => void commands.fault({ fault: 'cut', channel: channel.id })}>
      {`Cut${after}`}
    </MenuItem>
  )
}

function channelTitle(scene: Scene, channel: Channel, id: string): string {
  const other = channel.from === id ? channel.to : channel.from
  const label = scene.topology.nodes.find(node => node.id === other)?.label ?? other
  return `${app().catalogue.channel(channel.type)?.title ?? 'channel'} ${channel.from === id ? 'to' : 'from'} ${label}`
}
