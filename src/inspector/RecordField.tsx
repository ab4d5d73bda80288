import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import type { Config, ConfigValue } from '../topology/document.ts'
import { Button, IconButton } from '../ui/Button.tsx'

/** Names with values: headers, x-arguments. Numbers, true, false and null are read as such; quotes make a text of them. */
export function RecordField({ label, help, placeholder, value, onChange }: { readonly label: string; readonly help: string; readonly placeholder?: string | undefined; readonly value: Config; readonly onChange: (value: ConfigValue) => void }) {
  const id = useId()
  const rows = Object.entries(value)
  const change = (index: number, name: string, next: ConfigValue): void => onChange(Object.fromEntries(rows.map((row, at) => (at === index ? [name, next] : row))))
  return (
    <div className="in-field" role="group" aria-labelledby={id}>
      <span id={id} className="in-label">
        {label}
      </span>
      {rows.map(([name, one], index) => (
        <span key={index} className="in-record">
          {/* A field that was written in keeps that, whatever its row is now: with another name or value it is another field. */}
          <input key={`name ${name}`} className="ui-input" data-mono="true" aria-label={`Name ${index + 1}`} defaultValue={name} placeholder={placeholder} onBlur={event => event.target.value !== name && change(index, event.target.value, one)} />
          <input key={`value ${written(one)}`} className="ui-input" data-mono="true" aria-label={`Value ${index + 1}`} defaultValue={written(one)} onBlur={event => event.target.value !== written(one) && change(index, name, read(event.target.value))} />
          <IconButton name={`Remove ${name || 'entry'}`} onClick={() => onChange(Object.fromEntries(rows.filter((_, at) => at !== index)))}>
            <X />
          </IconButton>
        </span>
      ))}
      <Button look="outline" disabled={rows.some(([name]) => name === '')} onClick={() => onChange({ ...value, '': '' })}>
        <Plus />
        Add
      </Button>
      <p className="in-help">{help}</p>
    </div>
  )
}

function written(value: ConfigValue): string {
  if (typeof value === 'string') return read(value) === value ? value : JSON.stringify(value)
  return JSON.stringify(value)
}

function read(text: string): ConfigValue {
  try {
    return JSON.parse(text) as ConfigValue // JSON is what a config value is
  } catch {
    return text
  }
}
