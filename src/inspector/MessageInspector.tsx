import { ArrowLeft, Footprints } from 'lucide-react'
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { actionOf, keyText } from '../app/action.ts'
import { app } from '../app/current.ts'
import { Button } from '../ui/Button.tsx'
import { clock, duration } from '../ui/format.ts'
import type { CopyStory, MessageAddress, MessageStory } from '../worker/api.ts'
import { Answers } from './Answers.tsx'
import { Envelope } from './Envelope.tsx'
import { returnFocusTo } from './focus-return.ts'
import { keyColour, MessageRowButton, stateText } from './MessageRowButton.tsx'
import { Place } from './Place.tsx'
import { Steps, StoryDiagram } from './Steps.tsx'
import { TokenShape } from './TokenShape.tsx'
import { useAnswer } from './use-answer.ts'

/** One message: why it is where it is, its envelope and body, its other copies, and what happened to it. */
export function MessageInspector({ message }: { readonly message: MessageAddress }) {
  const { identity, handle } = message
  const ask = useCallback(() => app().commands.story({ identity, handle }), [identity, handle])
  const story = useAnswer(ask)
  const back = useFocus(handle)
  const picked = story?.copies.find(copy => copy.handle === handle) ?? story?.copies[0]
  useAnnouncement(identity, picked ? picked.answers[0]?.says : story?.ending)
  // What was seen last stays readable when the copy has ended.
  const [seen, setSeen] = useState<CopyStory>()
  if (picked && picked !== seen) setSeen(picked)
  return (
    <section className="in-box in-letter" aria-label={`Message ${identity}`}>
      <div className="in-actions">
        <Button ref={back} look="plain" onClick={() => app().commands.closeMessage()}>
          <ArrowLeft />
          Back
        </Button>
        <FollowButton message={message} />
      </div>
      <header className="in-head">
        <h2 className="in-letter-name">
          {seen ? <TokenShape look={seen.look} /> : null}
          {identity}
        </h2>
        {seen ? <Line copy={seen} gone={!picked} /> : null}
      </header>
      {story === undefined ? null : story === null ? <Forgotten identity={identity} /> : <Told story={story} copy={picked ?? seen} picked={picked?.handle} />}
    </section>
  )
}

/** The trace keeps the newest facts of a run; what crossed can be told by running it once more. */
function Forgotten({ identity }: { readonly identity: string }) {
  return (
    <div className="in-body">
      <p className="ui-muted">Nothing is known of it now: it is yet to be published, or the trace has forgotten it.</p>
      <section aria-label="Story">
        <Suspense>
          <StoryDiagram identity={identity} bornNs={0} inWords />
        </Suspense>
      </section>
    </div>
  )
}

/** The camera goes along with it, or stays. */
function FollowButton({ message }: { readonly message: MessageAddress }) {
  const following = useStore(app().watching, state => state.following?.identity === message.identity)
  const { commands } = app()
  return (
    <Button look="plain" aria-pressed={following} title={`The camera goes along with it (${keyText(actionOf(app(), 'follow'))})`} onClick={() => commands.follow(following ? null : message)}>
      <Footprints />
      Follow
    </Button>
  )
}

/** What it is, where, and since when. */
function Line({ copy, gone }: { readonly copy: CopyStory; readonly gone: boolean }) {
  const since = duration(Math.max(0, app().figures.nowNs() - copy.sinceNs))
  return (
    <p className="in-letter-line">
      <b style={{ color: keyColour(copy.look) }}>{copy.type}</b>
      {gone ? (
        <span className="ui-muted">has ended</span>
      ) : (
        <>
          <span className="in-message-state" data-state={copy.state}>
            {stateText(copy)}
          </span>
          <span className="ui-muted">
            {copy.state === 'on-wire' ? 'from' : 'at'} <Place id={copy.where} />, {copy.state === 'discarded' ? clock(copy.sinceNs) : `for ${since}`}
          </span>
        </>
      )}
    </p>
  )
}

function Told({ story, copy, picked }: { readonly story: MessageStory; readonly copy: CopyStory | undefined; readonly picked: number | undefined }) {
  return (
    <div className="in-body">
      {story.ending === null ? null : <p className="in-answer">{story.ending}</p>}
      {picked !== undefined && copy ? <Answers answers={copy.answers} /> : null}
      {copy ? <Envelope copy={copy} /> : null}
      {story.copies.length > 1 ? <Copies story={story} picked={picked} /> : null}
      <Steps story={story} bornNs={copy?.bornNs} />
    </div>
  )
}

/** Every copy that can be read: the one shown is marked, the others can be gone to. */
function Copies({ story, picked }: { readonly story: MessageStory; readonly picked: number | undefined }) {
  const { topology } = app().document.getState()
  const label = (id: string): string => topology.nodes.find(node => node.id === id)?.label ?? id
  return (
    <section aria-label="Copies">
      <h3 className="in-title">{story.copies.length + story.moreCopies} copies of it</h3>
      <ul className="in-messages">
        {story.copies.map(copy => (
          <li key={copy.handle} aria-current={copy.handle === picked ? 'true' : undefined}>
            <MessageRowButton message={copy} where={`at ${label(copy.where)}`} />
          </li>
        ))}
      </ul>
      {story.moreCopies > 0 ? <p className="ui-muted">and {story.moreCopies} more</p> : null}
    </section>
  )
}

/** Read out once, when the answer has come: what the message is about. */
function useAnnouncement(identity: string, says: string | null | undefined): void {
  const told = useRef(false)
  useEffect(() => {
    if (told.current || typeof says !== 'string') return
    told.current = true
    app().commands.announce(`Message ${identity}. ${says}`)
  }, [identity, says])
}

/** The keyboard goes to the message, and when it is closed back to the entry that was opened, unless it has gone elsewhere meanwhile. */
function useFocus(handle: number) {
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    back.current?.focus({ preventScroll: true })
    return () => returnFocusTo(handle)
  }, [handle])
  return back
}
