import { useId, useMemo } from 'react'
import { LAWS } from '../contract/fields.ts'
import type { Config, ConfigValue } from '../topology/document.ts'
import { lawMoments } from './law-moments.ts'
import { LawSketch } from './LawSketch.tsx'
import { NumberField } from './NumberField.tsx'
import { ValuesField } from './ValuesField.tsx'

/** A distribution: its law, its parameters, and a sketch of it. */
export function LawField({ label, help, value, onChange }: { readonly label: string; readonly help: string; readonly value: Config; readonly onChange: (value: ConfigValue) => void }) {
  const id = useId()
  const law = LAWS.find(one => one.law === value['law'])
  const moments = useMemo(() => lawMoments(value), [value])
  const choose = (name: string): void => {
    const next = LAWS.find(one => one.law === name)
    if (!next) return
    // Changing the law keeps the mean, so that before and after can be compared.
    const mean = moments?.mean ?? null
    if (next.listed) return onChange({ law: name, values: Array.isArray(value['values']) ? value['values'] : [mean ?? 100] })
    const parameters = next.parameters.map(parameter => [parameter.id, parameter.unit === 'ms' && mean !== null ? scaled(parameter.id, mean) : parameter.default] as const)
    onChange({ law: name, ...Object.fromEntries(parameters) })
  }
  return (
    <div className="in-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="ui-input" value={String(value['law'])} onChange={event => choose(event.target.value)} aria-describedby={`${id}-help`}>
        {LAWS.map(one => (
          <option key={one.law} value={one.law}>
            {one.title}
          </option>
        ))}
        {law ? null : <option value={String(value['law'])}>{String(value['law'])}</option>}
      </select>
      <p id={`${id}-help`} className="in-help">
        {help} {law?.help}
      </p>
      <LawSketch name={label} law={value} moments={moments} />
      {law?.listed ? <ValuesField key={law.law} label="Durations" values={Array.isArray(value['values']) ? value['values'] : []} onChange={values => onChange({ ...value, values })} /> : null}
      <div className="in-parameters">
        {law?.parameters.map(parameter => (
          <NumberField key={`${law.law} ${parameter.id}`} label={parameter.label} value={Number(value[parameter.id])} unit={parameter.unit} min={parameter.min} max={parameter.max} scale="log" onChange={next => onChange({ ...value, [parameter.id]: next })} />
        ))}
      </div>
    </div>
  )
}

/** What a parameter is worth to begin with, so that the mean stays: of a uniform law from half to one and a half of it. */
function scaled(parameter: string, mean: number): number {
  return Number(({ min: mean / 2, max: mean * 1.5, deviation: mean / 5 }[parameter] ?? mean).toPrecision(6))
}
