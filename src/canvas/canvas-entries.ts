import type { Action } from '../app/action.ts'
import type { App } from '../app/app.ts'
import { focusCanvas, showNodes } from '../app/view.ts'
import { paletteGroups } from './palette-groups.ts'
import { placeKind } from './palette-drop.ts'
import { selectPart } from './canvas-ui.ts'

/** Lines of the command palette: every part that can be added, every node and channel that can be found. */
export function canvasEntries(app: App): readonly Action[] {
  return [...partEntries(app), ...nodeEntries(app), ...channelEntries(app)]
}

function partEntries({ catalogue }: App): readonly Action[] {
  return paletteGroups(catalogue, '').flatMap(group =>
    group.kinds.map((kind): Action => ({
      id: `add ${kind.type}`,
      title: `Add ${kind.title}`,
      detail: kind.title === group.title ? kind.summary : `${group.title} · ${kind.summary}`,
      group: 'Add a part',
      keys: [],
      words: [group.title, 'new', 'place'],
      run: () => {
        placeKind(kind.type)
        focusCanvas()
      },
    })),
  )
}

function nodeEntries({ catalogue, document }: App): readonly Action[] {
  const { topology } = document.getState()
  const labels = new Map(topology.nodes.map(node => [node.id, node.label]))
  return topology.nodes.map((node): Action => {
    const kind = catalogue.node(node.type)?.title ?? node.type
    const home = node.within === undefined ? '' : ` in ${labels.get(node.within)}`
    return {
      id: `go ${node.id}`,
      title: `Go to ${node.label}`,
      detail: `${kind}${home}`,
      group: 'Go to',
      keys: [],
      words: [node.id, 'find', 'select', 'node'],
      run: () => {
        selectPart({ part: 'node', id: node.id })
        showNodes([node.id])
        focusCanvas()
      },
    }
  })
}

/** Channels by their ends, and by the key that stands on them. */
function channelEntries({ catalogue, document }: App): readonly Action[] {
  const { topology } = document.getState()
  const labels = new Map(topology.nodes.map(node => [node.id, node.label]))
  return topology.channels.map((channel): Action => {
    const kind = catalogue.channel(channel.type)
    const key = kind?.label === undefined ? '' : String(channel.config[kind.label] ?? '')
    return {
      id: `go-channel ${channel.id}`,
      title: `Go to ${labels.get(channel.from)} → ${labels.get(channel.to)}`,
      detail: [kind?.title ?? channel.type, key].filter(text => text !== '').join(' · '),
      group: 'Go to',
      keys: [],
      words: ['channel', ...(key === '' ? [] : [key])],
      run: () => {
        selectPart({ part: 'channel', id: channel.id, of: null })
        showNodes([channel.from, channel.to])
        focusCanvas()
      },
    }
  })
}
