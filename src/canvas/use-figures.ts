import { useCallback, useSyncExternalStore } from 'react'
import { app } from '../app/current.ts'
import type { ChannelFigures, NodeFigures } from '../app/figures.ts'

const subscribe = (listener: () => void) => app().figures.subscribe(listener)
const version = () => app().figures.version()

/** The newest figures of a node that is drawn, at the pace of the feed. */
export function useNodeFigures(id: string): NodeFigures | undefined {
  useSyncExternalStore(subscribe, version)
  return app().figures.node(id)
}

/** How many of these channels are cut or not connected now. */
export function channelsNotOpen(ids: readonly string[]): number {
  const { figures } = app()
  return ids.filter(id => (figures.channel(id)?.state ?? 'open') !== 'open').length
}

/** What a line shows of its channel, as one text: it is drawn again only when that changes. */
export function useChannelLook(id: string): { readonly state: ChannelFigures['state']; readonly width: number } {
  const look = useSyncExternalStore(
    subscribe,
    useCallback(() => {
      const figures = app().figures.channel(id)
      return figures ? `${figures.state} ${widthOf(figures.rate)}` : 'open 1.25'
    }, [id]),
  )
  const [state, width] = look.split(' ')
  return { state: state as ChannelFigures['state'], width: Number(width) }
}

/** Thickness follows throughput by its order of magnitude, in steps of a quarter pixel. */
export function widthOf(perSecond: number): number {
  if (!(perSecond > 0)) return 1.25
  return Math.min(4, Math.round((1.25 + Math.log10(1 + perSecond) * 0.75) * 4) / 4)
}
