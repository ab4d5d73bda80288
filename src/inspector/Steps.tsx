import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { clock } from '../ui/format.ts'
import type { MessageStory, StoryStep } from '../worker/api.ts'
import { Place } from './Place.tsx'

/** So many of the newest are shown at first. */
const SHOWN = 40

/** What happened to the message, oldest first, and what happened to the nodes on its way. */
export function Steps({ story }: { readonly story: MessageStory }) {
  const [all, setAll] = useState(false)
  const { steps } = story
  const shown = all ? steps : steps.slice(-SHOWN)
  if (steps.length === 0) return null
  return (
    <section aria-label="Story">
      <h3 className="in-title">Its way so far</h3>
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
