import { useId, useState } from 'react'
import { droppedText } from './dropped-text.ts'

interface TextFieldProps {
  readonly label: string
  readonly help: string
  readonly value: string
  readonly maxLength: number
  readonly onCommit: (value: string) => void
  readonly placeholder?: string | undefined
  readonly lines?: number | undefined
  readonly mono?: boolean | undefined
  /** What is being typed, before it takes effect; null afterwards. */
  readonly onDraft?: ((draft: string | null) => void) | undefined
}

/** A text that takes effect when the field is left, or on Enter in a single line. */
export function TextField({ label, help, value, maxLength, onCommit, placeholder, lines = 1, mono = false, onDraft }: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const id = useId()
  const commit = (): void => {
    if (draft !== null && draft !== value) onCommit(draft)
    setDraft(null)
    onDraft?.(null)
  }
  const type = (text: string): void => {
    setDraft(text)
    onDraft?.(text)
  }
  const shared = {
    id,
    className: 'ui-input',
    'data-mono': mono,
    'aria-describedby': `${id}-help`,
    value: draft ?? value,
    maxLength,
    placeholder,
    onBlur: commit,
  }
  return (
    <div className="in-field">
      <label htmlFor={id}>{label}</label>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} onChange={event => type(event.target.value)} onDrop={event => droppedText(event, onCommit)} />
      ) : (
        <input {...shared} onChange={event => type(event.target.value)} onKeyDown={event => event.key === 'Enter' && commit()} />
      )}
      <p id={`${id}-help`} className="in-help">
        {help}
      </p>
    </div>
  )
}
