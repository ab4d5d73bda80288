import { memo, type ReactNode } from 'react'
import type { LogFigures } from '../app/log-figures.ts'
import type { NodeView } from '../app/node-view.ts'
import type { LogWords } from '../contract/log.ts'
import { countText } from '../ui/figure-text.ts'
import { cursorTitle, logFlags, withoutFlag, type Flag } from './log-flags.ts'
import { logTape, TAPE_WIDTH, type Tape } from './log-marks.ts'
import { TubeMark } from './TubeFace.tsx'
import './LogFace.css'

interface LogProps {
  readonly id: string
  readonly label: ReactNode
  readonly subtitle: string
  readonly view: NodeView
  readonly words: LogWords
  readonly log: LogFigures
  /** Looks of the oldest entries, oldest first. */
  readonly looks: readonly number[]
}

/** A log: a tape of the entries that stay, between its first and its last id or offset, with a flag where each of its readers goes on. */
export function LogFace({ id, label, subtitle, view, words, log, looks }: LogProps) {
  const flags = logFlags(log)
  const more = withoutFlag(log, flags)
  const line = more > 0 ? `${subtitle} · +${more}` : subtitle
  return (
    <div className="cv-surface cv-tube cv-log">
      <div className="cv-tube__head">
        {label}
        <span className="cv-figure">{view.headline}</span>
      </div>
      <TapePicture id={id} shown={JSON.stringify([log, looks])} log={log} looks={looks} flags={flags} words={words} />
      {view.sentence === null ? (
        <div className="cv-subtitle cv-log__ends">
          <span title={words.position}>{log.newest}</span>
          <span className="cv-log__line" title={more > 0 ? `${line} without a flag` : line}>
            {line}
          </span>
          {log.oldest === log.newest ? <span /> : <span title={log.gone > 0 ? `${words.oldest}; ${countText(log.gone)} before it are gone` : words.oldest}>{log.oldest}</span>}
        </div>
      ) : (
        <div className="cv-subtitle" title={view.sentence}>
          {view.sentence}
        </div>
      )}
    </div>
  )
}

interface PictureProps {
  readonly id: string
  /** All that it shows, as one text: a tape on which nothing moved is not drawn again. */
  readonly shown: string
  readonly log: LogFigures
  readonly looks: readonly number[]
  readonly flags: readonly Flag[]
  readonly words: LogWords
}

/** Height of the flags, and of the tape below them. */
const FLAG = 12
const TOP = 14
const THICK = 14
const BOTTOM = TOP + THICK

const TapePicture = memo(
  function TapePicture({ id, log, looks, flags, words }: PictureProps) {
    const tape = logTape(log, looks)
    return (
      <svg className="cv-tube__picture cv-log__picture" width={TAPE_WIDTH} height={BOTTOM + 2} aria-hidden="true">
        <TapeGround tape={tape} />
        {/* Marks are drawn in the middle of a queue's tube; the tape's is this much lower. */}
        <g transform={`translate(0,${TOP + THICK / 2 - 9})`}>
          {tape.marks.map(mark => (
            <TubeMark key={mark.place} id={id} mark={mark} />
          ))}
        </g>
        {flags.map(flag => (
          <FlagMark key={`${flag.cursors[0]!.of} ${flag.cursors[0]!.name}`} flag={flag} words={words} />
        ))}
      </svg>
    )
  },
  (before, after) => before.id === after.id && before.shown === after.shown,
)

/** The tape as it is without what is on it: its rules, its crowded middle, its torn end, and the head that writes the next entry. */
function TapeGround({ tape }: { readonly tape: Tape }) {
  const { headX, middle, readX } = tape
  const right = TAPE_WIDTH - 0.5
  const tooth = THICK / 6
  const end = tape.torn ? Array.from({ length: 6 }, (_, n) => `l${n % 2 === 0 ? -3 : 3},${tooth}`).join('') : `V${BOTTOM}`
  const from = Math.max(middle.x, Math.min(readX, middle.x + middle.width))
  const crowd = (x: number, to: number, opacity: number): ReactNode => (to > x ? <path className="cv-log__crowd" d={`M${x},${TOP + THICK / 2}H${to}`} opacity={opacity} /> : null)
  return (
    <>
      <path className="cv-log__blank" d={`M0,${TOP + 0.5}H${headX}M0,${BOTTOM - 0.5}H${headX}`} />
      <path className="cv-log__head" d={`M${headX - 7},${TOP + 3.5}l5,3.5l-5,3.5Z`} />
      {headX < TAPE_WIDTH - 3 ? <path className="cv-log__tape" d={`M${headX},${TOP + 0.5}H${right}${tape.torn ? end : `V${BOTTOM - 0.5}`}H${headX}Z`} /> : null}
      {crowd(middle.x, from, 0.8)}
      {crowd(from, middle.x + middle.width, 0.3)}
      <path className="cv-log__rules" d={tape.rules.map(x => `M${x},${TOP + 1}V${BOTTOM - 1}`).join('')} />
    </>
  )
}

function FlagMark({ flag, words }: { readonly flag: Flag; readonly words: LogWords }) {
  const x = flag.flies === 'right' ? 0 : -flag.width
  return (
    <g className="cv-log__cursor" data-alone={flag.alone || undefined} style={{ transform: `translateX(${flag.x}px)` }}>
      <title>{flag.cursors.map(cursor => cursorTitle(cursor, words.position)).join('\n')}</title>
      <path className="cv-log__pole" d={flag.poles.map(pole => `M${pole},${pole === 0 ? 1 : FLAG}V${BOTTOM + 1.5}`).join('')} />
      <rect className="cv-log__flag" x={x} y={0.5} width={flag.width} height={FLAG - 0.5} rx={2.5} />
      <text className="cv-log__name" x={x + flag.width / 2} y={9.6} textAnchor="middle">
        {flag.text}
      </text>
    </g>
  )
}
