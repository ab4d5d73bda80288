import { AlignCenterVertical, Cable, CircleAlert, CircleStop, ClipboardPaste, Copy, CopyPlus, Group, ListChecks, Pencil, PlugZap, RotateCcw, Scan, Scissors, ScissorsLineDashed, SendHorizontal, Spline, Trash2, Zap } from 'lucide-react'
import { app } from '../app/current.ts'
import { isNote } from '../contract/notes.ts'
import type { Channel } from '../topology/document.ts'
import { ARRANGEMENTS } from '../ui/arrangements.ts'
import { ActionItem, MenuItem, MenuRule, SubMenu } from './MenuItem.tsx'
import { channelPauses, nodePauses, PauseMenu } from './menu-pause.tsx'
import type { Scene } from './scene.ts'

const ICON = { size: 15, strokeWidth: 1.75 } as const

/** What can be done with the selected nodes; the menu was opened on one of them. */
export function NodeItems({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const node = scene.topology.nodes.find(one => one.id === id)
  if (!node) return null
  const { catalogue, session } = app()
  const { selection } = session.getState()
  const alone = selection.nodes.length + selection.channels.length === 1
  const channels = scene.topology.channels.filter(channel => channel.from === id || channel.to === id)
  const connects = alone && catalogue.node(node.type) !== undefined && catalogue.node(node.type)?.form !== 'container' && !isNote(node.type)
  return (
    <>
      <ActionItem id="send" icon={<SendHorizontal {...ICON} />} />
      <ActionItem id="crash" danger icon={<Zap {...ICON} />} />
      <ActionItem id="restart" icon={<RotateCcw {...ICON} />} />
      <ActionItem id="stop" icon={<CircleStop {...ICON} />} />
      {alone && channels.length > 0 && (
        <SubMenu icon={<Spline {...ICON} />} title="Cut or heal a channel">
          {channels.map(channel => (
            <CutItem key={channel.id} channel={channel} label={channelTitle(scene, channel, id)} />
          ))}
        </SubMenu>
      )}
      {catalogue.node(node.type) && !isNote(node.type) && <PauseMenu items={nodePauses(id, catalogue.node(node.type)!)} />}
      <MenuRule />
      {connects && <ActionItem id="connect" icon={<Cable {...ICON} />} />}
      {alone && <ActionItem id="findings" icon={<CircleAlert {...ICON} />} />}
      {alone && <ActionItem id="rename" icon={<Pencil {...ICON} />} />}
      <ActionItem id="select-several" icon={<ListChecks {...ICON} />} />
      <ActionItem id="zoom-selection" icon={<Scan {...ICON} />} />
      {!alone && <ArrangeMenu />}
      <ActionItem id="group" icon={<Group {...ICON} />} />
      <MenuRule />
      <ActionItem id="cut" icon={<Scissors {...ICON} />} />
      <ActionItem id="copy" icon={<Copy {...ICON} />} />
      <ActionItem id="paste" icon={<ClipboardPaste {...ICON} />} />
      <ActionItem id="duplicate" icon={<CopyPlus {...ICON} />} />
      <ActionItem id="delete" danger icon={<Trash2 {...ICON} />} />
    </>
  )
}

function ArrangeMenu() {
  return (
    <SubMenu icon={<AlignCenterVertical {...ICON} />} title="Align and distribute">
      {ARRANGEMENTS.map(([id, Icon]) => (
        <ActionItem key={id} id={id} always icon={<Icon {...ICON} />} />
      ))}
    </SubMenu>
  )
}

export function ChannelItems({ id }: { readonly id: string }) {
  return (
    <>
      <ActionItem id="cut-channel" danger icon={<ScissorsLineDashed {...ICON} />} />
      <ActionItem id="heal-channel" icon={<PlugZap {...ICON} />} />
      <PauseMenu items={channelPauses(id)} />
      <MenuRule />
      <ActionItem id="delete" danger icon={<Trash2 {...ICON} />} />
    </>
  )
}

function CutItem({ channel, label }: { readonly channel: Channel; readonly label: string }) {
  const { commands, figures } = app()
  const cut = figures.channel(channel.id)?.state === 'cut'
  return cut ? (
    <MenuItem icon={<PlugZap {...ICON} />} act={() => void commands.fault({ fault: 'heal', channel: channel.id })}>
      {`Heal ${label}`}
    </MenuItem>
  ) : (
    <MenuItem icon={<ScissorsLineDashed {...ICON} />} danger act={() => void commands.fault({ fault: 'cut', channel: channel.id })}>
      {`Cut ${label}`}
    </MenuItem>
  )
}

function channelTitle(scene: Scene, channel: Channel, id: string): string {
  const other = channel.from === id ? channel.to : channel.from
  const label = scene.topology.nodes.find(node => node.id === other)?.label ?? other
  return `${app().catalogue.channel(channel.type)?.title ?? 'channel'} ${channel.from === id ? 'to' : 'from'} ${label}`
}
