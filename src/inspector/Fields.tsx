import { Switch } from 'radix-ui'
import { useId } from 'react'
import { isRecord, isShown, type FieldSpec } from '../contract/fields.ts'
import type { Config, ConfigValue } from '../topology/document.ts'
import { LawField } from './LawField.tsx'
import { NumberField } from './NumberField.tsx'
import { RecordField } from './RecordField.tsx'
import { TextField } from './TextField.tsx'

/** A form drawn from a manifest's fields, in their groups. Every change takes effect on the running simulation. */
export function Fields({ fields, config, part, onChange }: { readonly fields: readonly FieldSpec[]; readonly config: Config; readonly part: string; readonly onChange: (changes: Config) => void }) {
  const groups = [...new Set(fields.map(field => field.group ?? ''))]
  return (
    <>
      {groups.map(group => (
        <fieldset key={group} className="in-group">
          {group === '' ? null : <legend>{group}</legend>}
          {fields
            .filter(field => (field.group ?? '') === group && isShown(field, config, fields))
            .map(field => (
              <FieldControl key={`${part} ${field.id}`} field={field} value={config[field.id] === undefined ? field.default : config[field.id]!} onChange={value => onChange({ [field.id]: value })} />
            ))}
        </fieldset>
      ))}
    </>
  )
}

function FieldControl({ field, value, onChange }: { readonly field: FieldSpec; readonly value: ConfigValue; readonly onChange: (value: ConfigValue) => void }) {
  switch (field.type) {
    case 'toggle':
      return <Toggle field={field} value={value === true} onChange={onChange} />
    case 'number':
      return <NumberField label={field.label} help={field.help} value={typeof value === 'number' ? value : null} unit={field.unit} min={field.min} max={field.max} whole={field.whole} optional={field.optional} none={field.none} onChange={onChange} />
    case 'text':
      return <TextField label={field.label} help={field.help} value={String(value)} maxLength={field.maxLength} placeholder={field.placeholder} lines={field.lines} mono={field.mono} onCommit={onChange} />
    case 'choice':
      return <Choice field={field} value={String(value)} onChange={onChange} />
    case 'law':
      return <LawField label={field.label} help={field.help} value={isRecord(value) ? value : field.default} onChange={onChange} />
    case 'record':
      return <RecordField label={field.label} help={field.help} placeholder={field.placeholder} value={isRecord(value) ? value : {}} onChange={onChange} />
  }
}

function Toggle({ field, value, onChange }: { readonly field: FieldSpec; readonly value: boolean; readonly onChange: (value: boolean) => void }) {
  const id = useId()
  return (
    <div className="in-field">
      <span className="in-toggle">
        <label htmlFor={id}>{field.label}</label>
        <Switch.Root id={id} className="ui-switch" checked={value} onCheckedChange={onChange} aria-describedby={`${id}-help`} />
      </span>
      <p id={`${id}-help`} className="in-help">
        {field.help}
      </p>
    </div>
  )
}

function Choice({ field, value, onChange }: { readonly field: Extract<FieldSpec, { type: 'choice' }>; readonly value: string; readonly onChange: (value: string) => void }) {
  const id = useId()
  const chosen = field.choices.find(choice => choice.value === value)
  return (
    <div className="in-field">
      <label htmlFor={id}>{field.label}</label>
      <select id={id} className="ui-input" value={value} onChange={event => onChange(event.target.value)} aria-describedby={`${id}-help`}>
        {field.choices.map(choice => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
      <p id={`${id}-help`} className="in-help">
        {field.help} {chosen?.help}
      </p>
    </div>
  )
}
