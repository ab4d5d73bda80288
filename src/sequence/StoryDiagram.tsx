import './sequence.css'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { HEAD_EVENTS } from '../contract/figures.ts'
import type { Sequence } from '../contract/sequence.ts'
import { Button } from '../ui/Button.tsx'
import { short } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import { familyOf } from './Diagram.tsx'
import { Drawing } from './Drawing.tsx'
import { frameOf } from './frame.ts'
import { lifelinesOf } from './lifelines.ts'
import { pictureOf } from './picture.ts'
import { sequenceStore, wish } from './sequence-store.ts'
import type { View } from './time.ts'
import { useSize } from './use-size.ts'
import { crossingText } from './words.ts'

const WHO = 'message'
const ASK_MS = 600
/** A longer history is run once more only when somebody wants it: this takes about a second. */
const EVENTS_UNASKED = 2_000_000
const ROW_PX = 24
const HEIGHT = { least: 120, most: 420 }

interface StoryProps {
  readonly identity: string
  /** From when on it is looked for: 0 where nothing is known. */
  readonly bornNs: number
  /** Where nobody else tells its steps in words. */
  readonly inWords?: boolean
}

/** The whole way of one message as a small sequence diagram, also of one that the trace has forgotten. */
export function StoryDiagram({ identity, bornNs, inWords = false }: StoryProps) {
  useVersion(app().figures)
  const [wanted, setWanted] = useState(false)
  const events = app().figures.head()[HEAD_EVENTS] ?? 0
  if (!wanted && events > EVENTS_UNASKED)
    return (
      <p className="sq-story">
        <Button look="outline" onClick={() => setWanted(true)}>
          Draw its way: runs {short(events)} events once more
        </Button>
      </p>
    )
  return <Way key={identity} identity={identity} bornNs={bornNs} inWords={inWords} />
}

function Way({ identity, bornNs, inWords }: Required<StoryProps>) {
  const sequence = useWay(identity, bornNs)
  const { ref, width } = useSize<HTMLDivElement>()
  const picture = useMemo(() => {
    if (!sequence || width === 0 || sequence.crossings.length === 0) return null
    const view = around(sequence)
    const height = Math.min(HEIGHT.most, Math.max(HEIGHT.least, 40 + sequence.crossings.length * ROW_PX))
    const frame = frameOf({ view, lifelines: lifelinesOf(sequence, sequence), width, height, compact: true })
    return pictureOf(frame, { ...sequence, fromNs: view.fromNs }, sequence, { identity: null, active: null, familyOf, compact: true })
  }, [sequence, width])
  const isEmpty = sequence !== null && sequence.crossings.length === 0
  return (
    <div className="sq-story">
      {isEmpty ? null : (
        <div className="sq-story-box" ref={ref}>
          {picture ? <Drawing width={picture.frame.width} height={picture.frame.height} top={picture.frame.top} body={picture.body} head={picture.head} /> : null}
        </div>
      )}
      {inWords && sequence && !isEmpty ? (
        <ol className="sq-words">
          {sequence.crossings.map((crossing, index) => (
            <li key={index}>{crossingText(sequence, crossing)}</li>
          ))}
        </ol>
      ) : null}
      {isEmpty ? null : <ShowInSequence fromNs={sequence?.crossings[0]?.departNs ?? bornNs} />}
    </div>
  )
}

/** From its first crossing or fact to its last, with some room. */
function around({ crossings, facts, toNs }: Sequence): View {
  const own = facts.filter(fact => fact.identity !== null).map(fact => fact.atNs)
  const first = Math.min(...crossings.map(one => one.departNs), ...own)
  const last = Math.max(...crossings.map(one => Math.min(one.endNs, toNs)), ...own)
  const room = Math.max(1000, (last - first) * 0.04)
  return { fromNs: first - room, toNs: last + room }
}

/** From one message to all around it, where it began. */
function ShowInSequence({ fromNs }: { readonly fromNs: number }) {
  const open = useStore(app().session, state => state.pane === 'sequence')
  const show = (): void => {
    app().commands.patchSession({ pane: 'sequence', chartsOpen: false, drawer: 'none' })
    const { view } = sequenceStore.getState()
    const spanNs = view.toNs - view.fromNs
    const beginNs = Math.max(0, Math.round(fromNs - spanNs * 0.1))
    wish({ mode: 'time', table: false, follow: false, view: { fromNs: beginNs, toNs: beginNs + spanNs }, spanNs, active: null })
  }
  return (
    <Button look="outline" onClick={show}>
      {open ? 'Go to it in the sequence view' : 'Show it in the sequence view'}
    </Button>
  )
}

/** Asked again while the run goes on; only what is new is run. */
function useWay(identity: string, bornNs: number): Sequence | null {
  const [sequence, setSequence] = useState<Sequence | null>(null)
  useEffect(() => {
    let current = true
    let toldNs = -1
    let busy = false
    const ask = async (): Promise<void> => {
      const nowNs = app().figures.nowNs()
      if (busy || nowNs === toldNs) return
      busy = true
      const told = await app().commands.sequence(WHO, { fromNs: bornNs, toNs: nowNs, message: identity }).catch(() => null)
      busy = false
      if (!current || !told) return
      toldNs = nowNs
      setSequence(told)
    }
    void ask()
    const timer = setInterval(() => void ask(), ASK_MS)
    return () => {
      current = false
      clearInterval(timer)
      app().commands.endSequence(WHO)
    }
  }, [identity, bornNs])
  return sequence
}
