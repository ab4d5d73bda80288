import { lazy, Suspense, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { clock } from '../ui/format.ts'
import type { MessageStory, StoryStep } from '../worker/api.ts'
import { Place } from './Place.tsx'

/** Its code comes with the first message that is opened. */
export const StoryDiagram = lazy(async () => ({ default: (await import('../sequence/StoryDiagram.tsx')).StoryDiagram }))

/** So many of the newest are shown at first. */
const SHOWN = 40

/** The way of the message as a picture, then in words: what happened to it, oldest first, and to the nodes on its way. `bornNs`: when it was published, where that is known. */
export function Steps({ story, bornNs }: { readonly story: MessageStory; readonly bornNs: number | undefined }) {
  const [all, setAll] = useState(false)
  const { steps } = story
  const shown = all ? steps : steps.slice(-SHOWN)
  const since = bornNs ?? (story.whole ? steps[0]?.atNs : undefined)
  if (steps.length === 0) return null
  return (
    <section aria-label="Story">
      <h3 className="in-title">Its way so far</h3>
      {since === undefined ? null : (
        <Suspense>
          <StoryDiagram identity={story.identity} bornNs={since} />
        </Suspense>
      )}
      {story.whole ? null : <p className="ui-muted in-forgotten">Its beginning is forgotten: the trace keeps the newest facts of a run.</p>}
      {shown.length === steps.length ? null : (
        <Button look="outline" onClick={() => setAll(true)}>
          Show {steps.length - shown.length} earlier steps
        </Button>
      )}
      <ol className="in-steps">
        {shown.map((step, index) => (
          <Step key={`${step.atNs} ${step.node} ${step.verb} ${index}`} step={step} again={shown[index - 1]?.node === step.node} />
        ))}
      </ol>
    </section>
  )
}

/** The place is named when the story comes to another one. */
function Step({ step, again }: { readonly step: StoryStep; readonly again: boolean }) {
  return (
    <li data-about={step.about} data-verb={step.verb} data-again={again}>
      {again ? null : (
        <span className="in-step-place">
          <Place id={step.node} label={step.label} />
        </span>
      )}
      <span className="in-step-line">
        <span>{step.says}</span>
        <time>{clock(step.atNs)}</time>
      </span>
    </li>
  )
}
