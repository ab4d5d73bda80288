import { CircleStop } from 'lucide-react'
import { app } from '../app/current.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Condition } from '../worker/api.ts'
import { ActionItem, MenuItem, MenuRule, SubMenu } from './MenuItem.tsx'

const ICON = { size: 15, strokeWidth: 1.75 } as const
/** A depth that is worth a look, before anybody says another. */
const DEPTH_FIRST = 10

interface Pause {
  readonly title: string
  readonly when: Condition
  /** There is a number to say: the form opens. */
  readonly asks?: boolean
}

/** What a run can pause at here; anything else is said in the form. */
export function PauseMenu({ items }: { readonly items: readonly Pause[] }) {
  const { commands } = app()
  return (
    <SubMenu icon={<CircleStop {...ICON} />} title="Pause when …">
      <ActionItem id="breakpoint" icon={<CircleStop {...ICON} />} />
      <MenuRule />
      {items.map(({ title, when, asks = false }) => (
        <MenuItem key={title} icon={null} act={() => (asks ? commands.patchSession({ dialog: { dialog: 'breakpoint', when } }) : commands.addBreakpoint(when))}>
          {title}
        </MenuItem>
      ))}
      <MenuRule />
      <ActionItem id="pause-when" icon={null} />
    </SubMenu>
  )
}

export function nodePauses(node: string, { form, probes, sends = false }: NodeManifest): readonly Pause[] {
  const at = (verb: Extract<Condition, { watch: 'fact' }>['verb']): Condition => ({ watch: 'fact', node, ...(verb === undefined ? {} : { verb }) })
  const level = probes.find(probe => probe.kind === 'level')
  return [
    ...(sends ? [{ title: 'it publishes a message', when: at('published') }] : []),
    ...(form === 'tube' ? [{ title: 'a message joins it', when: at('enqueued') }, { title: 'a message becomes a dead letter here', when: at('dead-lettered') }] : []),
    ...(form === 'card' ? [{ title: 'a message is delivered to it', when: at('delivered') }] : []),
    { title: 'a message is lost here', when: at('discarded') },
    { title: 'it crashes', when: at('crashed') },
    ...(level ? [{ title: `${level.title.toLowerCase()} comes to a number …`, when: { watch: 'level', node, probe: level.id, from: DEPTH_FIRST } as const, asks: true }] : []),
  ]
}

export function channelPauses(channel: string): readonly Pause[] {
  return [
    { title: 'a message leaves', when: { watch: 'packet', channel, does: 'departs' } },
    { title: 'a message arrives', when: { watch: 'packet', channel, does: 'arrives' } },
    { title: 'a message is lost on it', when: { watch: 'packet', channel, does: 'lost' } },
  ]
}
