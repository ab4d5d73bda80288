import { Check, X } from 'lucide-react'
import { app } from '../app/current.ts'
import { clock, duration } from '../ui/format.ts'
import type { Answer, AnswerGround } from '../worker/api.ts'

const QUESTIONS: Readonly<Record<Answer['asks'], string>> = { here: 'Why is it here?', waits: 'Why does it wait?', died: 'Why did it die?' }

/** Each answer is a sentence, with what it rests on below it. */
export function Answers({ answers }: { readonly answers: readonly Answer[] }) {
  return answers.map((answer, index) => (
    <section key={`${answer.asks} ${index}`} className="in-why" data-asks={answer.asks} aria-label={QUESTIONS[answer.asks]}>
      <h3 className="in-title">{QUESTIONS[answer.asks]}</h3>
      <p className="in-answer">{answer.says}</p>
      {answer.grounds.length === 0 ? null : (
        <ul className="in-grounds">
          {answer.grounds.map((ground, place) => (
            <Ground key={`${place} ${ground.says}`} ground={ground} />
          ))}
        </ul>
      )}
    </section>
  ))
}

function Ground({ ground }: { readonly ground: AnswerGround }) {
  const { says, fits, message } = ground
  return (
    <li data-fits={fits}>
      {fits === undefined ? null : fits ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}
      <span>
        {fits === undefined ? null : <span className="ui-hidden">{fits ? 'matched: ' : 'did not match: '}</span>}
        {fits === undefined ? says : <code>{says}</code>}
        {message ? (
          <>
            {' is '}
            <button type="button" className="in-link" onClick={() => app().commands.openMessage(message)}>
              {message.identity}
            </button>
          </>
        ) : null}
        <When ground={ground} />
      </span>
    </li>
  )
}

function When({ ground: { sinceNs, untilNs } }: { readonly ground: AnswerGround }) {
  const now = app().figures.nowNs()
  if (untilNs !== undefined) return untilNs > now ? ` in ${duration(untilNs - now)} (${clock(untilNs)})` : ' now'
  return sinceNs === undefined ? null : `, for ${duration(Math.max(0, now - sinceNs))}`
}
