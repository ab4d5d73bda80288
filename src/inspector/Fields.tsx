import { Switch } from 'radix-ui'
import { Fragment, useId, type ReactNode } from 'react'
import { isRecord, isShown, type FieldSpec } from '../contract/fields.ts'
import type { Config, ConfigValue } from '../topology/document.ts'
import { Button } from '../ui/Button.tsx'
import { LawField } from './LawField.tsx'
import { NumberField } from './NumberField.tsx'
import { RecordField } from './RecordField.tsx'
import { TextField } from './TextField.tsx'

interface FieldsProps {
  readonly fields: readonly FieldSpec[]
  readonly config: Config
  /** Another part, another form: what was being typed belongs to the one before. */
  readonly part: string
  readonly onChange: (changes: Config) => void
  /** A text that is being typed and hasn't taken effect; null when it has, or was left. */
  readonly onDraft?: (field: string, draft: string | null) => void
  /** What stands below a field, by its id. */
  readonly below?: Readonly<Record<string, ReactNode>>
  /** Fields in which several parts differ: they show nothing until something is chosen for all. */
  readonly mixed?: ReadonlySet<string>
}

/** A form drawn from a manifest's fields, in their groups. Every change takes effect on the running simulation. */
export function Fields({ fields, config, part, onChange, onDraft, below, mixed = NONE }: FieldsProps) {
  const groups = [...new Set(fields.map(field => field.group ?? ''))]
  return (
    <>
      {groups.map(group => (
        <fieldset key={group} className="in-group">
          {group === '' ? null : <legend>{group}</legend>}
          {fields
            .filter(field => (field.group ?? '') === group && isShown(field, config, fields))
            .map(field => (
              <Fragment key={`${part} ${field.id}`}>
                <FieldControl field={field} mixed={mixed.has(field.id)} value={config[field.id] === undefined ? field.default : config[field.id]!} onChange={value => onChange({ [field.id]: value })} onDraft={onDraft && (draft => onDraft(field.id, draft))} />
                {below?.[field.id]}
              </Fragment>
            ))}
        </fieldset>
      ))}
    </>
  )
}

const NONE: ReadonlySet<string> = new Set()
/** What stands where several parts differ. */
const SEVERAL = 'several values'

interface ControlProps<Field extends FieldSpec = FieldSpec> {
  readonly field: Field
  readonly mixed: boolean
  readonly onChange: (value: ConfigValue) => void
}

function FieldControl({ field, mixed, value, onChange, onDraft }: ControlProps & { readonly value: ConfigValue; readonly onDraft?: ((draft: string | null) => void) | undefined }) {
  switch (field.type) {
    case 'toggle':
      return <Toggle field={field} mixed={mixed} value={!mixed && value === true} onChange={onChange} />
    case 'number':
      return <NumberField label={field.label} help={field.help} value={!mixed && typeof value === 'number' ? value : null} unit={field.unit} min={field.min} max={field.max} whole={field.whole} optional={field.optional || mixed} none={mixed ? SEVERAL : field.none} scale={field.scale} onChange={onChange} />
    case 'text':
      return <TextField label={field.label} help={field.help} value={mixed ? '' : String(value)} maxLength={field.maxLength} placeholder={mixed ? SEVERAL : field.placeholder} lines={field.lines} mono={field.mono} onCommit={onChange} onDraft={onDraft} />
    case 'choice':
      return <Choice field={field} mixed={mixed} value={String(value)} onChange={onChange} />
    case 'law':
      return mixed ? <MixedLaw field={field} first={value} onChange={onChange} /> : <LawField label={field.label} help={field.help} value={isRecord(value) ? value : field.default} onChange={onChange} />
    case 'record':
      return <RecordField label={field.label} help={mixed ? `${field.help} Now they differ.` : field.help} placeholder={field.placeholder} value={!mixed && isRecord(value) ? value : {}} onChange={onChange} />
  }
}

/** Laws that differ become one to go on from: the first of them. */
function MixedLaw({ field, first, onChange }: Pick<ControlProps, 'field' | 'onChange'> & { readonly first: ConfigValue }) {
  return (
    <div className="in-field">
      <span className="in-label">{field.label}</span>
      <p className="in-help">They have several laws. {field.help}</p>
      <Button look="outline" onClick={() => onChange(first)}>
        Give all the first one’s
      </Button>
    </div>
  )
}

function Toggle({ field, mixed, value, onChange }: ControlProps & { readonly value: boolean }) {
  const id = useId()
  return (
    <div className="in-field">
      <span className="in-toggle">
        <label htmlFor={id}>{field.label}</label>
        <Switch.Root id={id} className="ui-switch" checked={value} onCheckedChange={onChange} aria-describedby={`${id}-help`} />
      </span>
      <p id={`${id}-help`} className="in-help">
        {field.help} {mixed ? 'Now they differ.' : ''}
      </p>
    </div>
  )
}

function Choice({ field, mixed, value, onChange }: ControlProps<Extract<FieldSpec, { type: 'choice' }>> & { readonly value: string }) {
  const id = useId()
  const chosen = mixed ? undefined : field.choices.find(choice => choice.value === value)
  return (
    <div className="in-field">
      <label htmlFor={id}>{field.label}</label>
      <select id={id} className="ui-input" value={mixed ? '' : value} onChange={event => onChange(event.target.value)} aria-describedby={`${id}-help`}>
        {mixed ? (
          <option value="" disabled>
            {SEVERAL}
          </option>
        ) : null}
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
