import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT, LOOK_COMMAND, LOOK_DEAD, LOOK_EVENT, LOOK_REDELIVERED, LOOK_REPLY, LOOK_SHAPE_MASK } from '../contract/hops.ts'

/** A message as the canvas draws it: shape by type, hollow reply, dashed ring when redelivered, plum when dead. */
export function TokenShape({ look }: { readonly look: number }) {
  const colour = (look & LOOK_DEAD) !== 0 ? 'var(--dead)' : `var(--message-${(look >> LOOK_COLOUR_SHIFT) & LOOK_COLOUR_MASK})`
  const shape = look & LOOK_SHAPE_MASK
  const paint = (look & LOOK_REPLY) !== 0 ? { fill: 'none', stroke: colour, strokeWidth: 1.8 } : { fill: colour }
  return (
    <svg className="in-token" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      {shape === LOOK_EVENT ? <circle cx="8" cy="8" r="4.5" {...paint} /> : shape === LOOK_COMMAND ? <path d="M4 3.5 12.5 8 4 12.5Z" {...paint} /> : <rect x="4" y="4" width="8" height="8" rx="1" {...paint} />}
      {(look & LOOK_REDELIVERED) !== 0 ? <circle cx="8" cy="8" r="7" fill="none" stroke={colour} strokeDasharray="2.4 2" /> : null}
    </svg>
  )
}
