import { useId, useMemo } from 'react'
import { LAWS } from '../contract/fields.ts'
import type { Config, ConfigValue } from '../topology/document.ts'
import { density } from './law-density.ts'
import { NumberField } from './NumberField.tsx'
import { ValuesField } from './ValuesField.tsx'

/** A distribution: its law, its parameters, and a sketch of it. */
export function LawField({ label, help, value, onChange }: { readonly label: string; readonly help: string; readonly value: Config; readonly onChange: (value: ConfigValue) => void }) {
  const id = useId()
  const law = LAWS.find(one => one.law === value['law'])
  const choose = (name: string): void => {
    const next = LAWS.find(one => one.law === name)
    if (!next) return
    const mean = meanOf(value)
    if (next.listed) return onChange({ law: name, values: Array.isArray(value['values']) ? value['values'] : [mean ?? 100] })
    const parameters = next.parameters.map(parameter => [parameter.id, parameter.unit === 'ms' && mean !== null ? scaled(parameter.id, mean) : parameter.default] as const)
    onChange({ law: name, ...Object.fromEntries(parameters) })
  }
  return (
    <div className="in-field">
      <label htmlFor={id}>{label}</label>
      <span className="in-law">
        <select id={id} className="ui-input" value={String(value['law'])} onChange={event => choose(event.target.value)} aria-describedby={`${id}-help`}>
          {LAWS.map(one => (
            <option key={one.law} value={one.law}>
              {one.title}
            </option>
          ))}
          {law ? null : <option value={String(value['law'])}>{String(value['law'])}</option>}
        </select>
        <Sketch law={value} />
      </span>
      <p id={`${id}-help`} className="in-help">
        {help} {law?.help}
      </p>
      {law?.listed ? <ValuesField key={law.law} label="Durations" values={Array.isArray(value['values']) ? value['values'] : []} onChange={values => onChange({ ...value, values })} /> : null}
      <div className="in-parameters">
        {law?.parameters.map(parameter => (
          <NumberField key={`${law.law} ${parameter.id}`} label={parameter.label} value={Number(value[parameter.id])} unit={parameter.unit} min={parameter.min} max={parameter.max} onChange={next => onChange({ ...value, [parameter.id]: next })} />
        ))}
      </div>
    </div>
  )
}

/** Changing the law keeps the mean, so that before and after can be compared. */
function meanOf(value: Config): number | null {
  const { mean, value: constant, min, max, values } = value
  if (Array.isArray(values) && values.length > 0) return values.reduce((sum, one) => sum + Number(one), 0) / values.length
  if (typeof mean === 'number') return mean
  if (typeof constant === 'number') return constant
  return typeof min === 'number' && typeof max === 'number' ? (min + max) / 2 : null
}

function scaled(parameter: string, mean: number): number {
  return { min: mean / 2, max: mean * 1.5, deviation: mean / 5 }[parameter] ?? mean
}

function Sketch({ law }: { readonly law: Config }) {
  const path = useMemo(() => {
    const points = density(law)
    return points.map((y, n) => `${n === 0 ? 'M' : 'L'}${((n / (points.length - 1)) * 56).toFixed(1)} ${(26 - y * 22).toFixed(1)}`).join('')
  }, [law])
  return (
    <svg className="in-sketch" viewBox="0 0 56 28" aria-hidden="true">
      <path d={`${path}L56 27L0 27Z`} fill="var(--accent-soft)" />
      <path d={path} fill="none" stroke="var(--accent)" strokeWidth="1.5" />
    </svg>
  )
}
