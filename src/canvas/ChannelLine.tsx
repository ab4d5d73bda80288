import { memo } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { canvasUi, pressPart } from './canvas-ui.ts'
import { PAUSE_NAMES, pauseAt } from './pause-marks.ts'
import { useChannelLook } from './use-figures.ts'
import './ChannelLine.css'

export const channelDomId = (id: string) => `cv-channel-${id}`

interface LineProps {
  readonly id: string
  readonly path: string
  readonly midX: number
  readonly midY: number
  readonly form: 'solid' | 'dashed' | 'unknown'
  readonly carries: 'forward' | 'backward' | 'both'
  /** "channel from alice to chat server 8080, WebSocket". */
  readonly name: string
}

/** A channel's line. It knows only its own texts and numbers, so that dragging one node redraws only its channels. */
export const ChannelLine = memo(function ChannelLine({ id, path, midX, midY, form, carries, name }: LineProps) {
  const { state, width } = useChannelLook(id)
  const selected = useStore(app().session, session => session.selection.channels.includes(id))
  const active = useStore(canvasUi, ui => ui.active?.part === 'channel' && ui.active.id === id)
  const pauses = useStore(app().watching, watching => pauseAt(watching, { part: 'channel', id }))
  const told = state === 'open' ? name : `${name}, ${state === 'cut' ? 'cut' : 'not connected'}`
  return (
    <g
      id={channelDomId(id)}
      className="cv-channel"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no tag for it.
      role="img"
      aria-label={pauses === undefined ? told : `${told}, ${PAUSE_NAMES[pauses]}`}
      data-channel={id}
      data-state={state}
      data-form={form}
      data-selected={selected || undefined}
      data-active={active || undefined}
    >
      <path
        className="cv-channel__hit nopan"
        d={path}
        onClick={event => pressPart({ part: 'channel', id, of: null }, event.shiftKey || app().session.getState().several)}
      />
      {(selected || active) && <path className="cv-channel__halo" d={path} />}
      <path
        className="cv-channel__line"
        d={path}
        strokeWidth={state === 'open' ? width : 1.5}
        markerEnd={carries !== 'backward' ? `url(#cv-arrow-${markOf(state, selected)})` : undefined}
        markerStart={carries !== 'forward' ? `url(#cv-arrow-${markOf(state, selected)})` : undefined}
      />
      {state === 'cut' && (
        <g className="cv-channel__cut" transform={`translate(${midX},${midY})`}>
          <circle r={8} />
          <path d="M-3,-3L3,3M3,-3L-3,3" />
        </g>
      )}
    </g>
  )
})

function markOf(state: string, selected: boolean): string {
  return selected ? 'selected' : state
}

/** The arrow tips that lines end with: one per colour, since a tip cannot take its line's. */
export function ArrowTips() {
  return (
    <defs>
      {['open', 'closed', 'cut', 'selected', 'way'].map(state => (
        <marker key={state} id={`cv-arrow-${state}`} viewBox="0 0 8 8" refX={7} refY={4} markerWidth={7} markerHeight={7} markerUnits="userSpaceOnUse" orient="auto-start-reverse">
          <path className="cv-arrow" data-state={state} d="M1.5,1L7,4L1.5,7" />
        </marker>
      ))}
    </defs>
  )
}
