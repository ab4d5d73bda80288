import { useId, useMemo, useState } from 'react'
import { app } from '../app/current.ts'
import { Slider } from './Slider.tsx'
import { sliderScale } from './slider-scale.ts'

interface NumberFieldProps {
  readonly label: string
  readonly help?: string | undefined
  readonly value: number | null
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly whole?: boolean | undefined
  readonly optional?: boolean | undefined
  readonly none?: string | undefined
  readonly scale?: 'linear' | 'log' | undefined
  readonly onChange: (value: number | null) => void
}

/** A number with its unit; wrong input is told beside the field and changes nothing. */
export function NumberField({ label, help, value, unit, min, max, whole = false, optional = false, none, scale, onChange }: NumberFieldProps) {
  const slider = useMemo(() => sliderScale({ unit, min, max, scale, whole }), [unit, min, max, scale, whole])
  const [draft, setDraft] = useState<string | null>(null)
  const id = useId()
  const problem = draft === null ? undefined : problemOf(draft, { min, max, whole, optional })
  const commit = (text: string): void => {
    if (problemOf(text, { min, max, whole, optional }) !== undefined) return
    const next = text.trim() === '' ? null : Number(text)
    if (next !== value) onChange(next)
  }
  return (
    <div className="in-field">
      <label htmlFor={id}>{label}</label>
      <span className="in-number">
        <input
          id={id}
          className="ui-input"
          inputMode="decimal"
          value={draft ?? (value === null ? '' : String(value))}
          placeholder={none ?? ''}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-help`}
          onChange={event => {
            setDraft(event.target.value)
            commit(event.target.value)
          }}
          onBlur={() => {
            setDraft(null)
            app().commands.settle()
          }}
        />
        {unit === '' ? null : <span className="in-unit">{unit}</span>}
        {slider ? <Slider label={label} scale={slider} value={value} unit={unit} none={none ?? ''} onChange={onChange} /> : null}
      </span>
      <p id={`${id}-help`} className={problem === undefined ? 'in-help' : 'in-wrong'}>
        {problem ?? help}
      </p>
    </div>
  )
}

function problemOf(text: string, limits: { min: number; max: number; whole: boolean; optional: boolean }): string | undefined {
  if (text.trim() === '') return limits.optional ? undefined : 'A number is needed here.'
  const value = Number(text)
  if (!Number.isFinite(value)) return 'This is not a number.'
  if (value < limits.min || value > limits.max) return `It must be between ${limits.min} and ${limits.max}.`
  return limits.whole && !Number.isInteger(value) ? 'It must be a whole number.' : undefined
}
