import { useId, useState } from 'react'
import { valuesProblem } from '../contract/fields.ts'
import type { ConfigValue } from '../topology/document.ts'
import { droppedText } from './dropped-text.ts'

/** A list of durations in milliseconds, typed, pasted or dropped as a file: whatever stands between the numbers divides them. */
export function ValuesField({ label, values, onChange }: { readonly label: string; readonly values: readonly ConfigValue[]; readonly onChange: (values: readonly ConfigValue[]) => void }) {
  const [draft, setDraft] = useState<string | null>(null)
  const id = useId()
  const read = draft === null ? values : parseValues(draft)
  const problem = valuesProblem(read)
  const change = (text: string): void => {
    setDraft(text)
    const next = parseValues(text)
    if (valuesProblem(next) === undefined) onChange(next)
  }
  return (
    <div className="in-field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} className="ui-input" data-mono rows={4} value={draft ?? values.join('\n')} aria-invalid={problem !== undefined} aria-describedby={`${id}-help`} onChange={event => change(event.target.value)} onBlur={() => setDraft(null)} onDrop={event => droppedText(event, change)} />
      <p id={`${id}-help`} className={problem === undefined ? 'in-help' : 'in-wrong'}>
        {problem ?? `${read.length} in milliseconds, one a line or divided by commas or spaces. Paste a column, or drop a file.`}
      </p>
    </div>
  )
}

/** What isn't a number stays a text, so that the sentence about it can name it. */
export function parseValues(text: string): readonly (number | string)[] {
  const parts = text.split(/[\s,;]+/).filter(part => part !== '')
  return parts.map(part => (Number.isFinite(Number(part)) ? Number(part) : part))
}
