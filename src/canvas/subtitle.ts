import { isRecord, type FieldSpec } from '../contract/fields.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Config, ConfigValue } from '../topology/document.ts'

/** `{field}` stands for the field's value; `{field?yes|no}` for one of two texts. */
const GAP = /\{(\w+)(?:\?([^|}]*)\|([^}]*))?\}/g

/** The line under a node's label: its manifest's template with the config filled in. */
export function subtitleOf(manifest: NodeManifest, config: Config): string {
  const fields = new Map(manifest.fields.map(field => [field.id, field]))
  return manifest.subtitle.replace(GAP, (_gap, id: string, yes: string | undefined, no: string | undefined) => {
    const field = fields.get(id)
    const value = config[id] === undefined ? field?.default : config[id]
    if (yes !== undefined) return truthy(value) ? yes : (no ?? '')
    return valueText(field, value)
  })
}

function truthy(value: ConfigValue | undefined): boolean {
  if (isRecord(value)) return Object.keys(value).length > 0
  return Boolean(value)
}

function valueText(field: FieldSpec | undefined, value: ConfigValue | undefined): string {
  if (value === undefined || value === null) return field?.type === 'number' ? (field.none ?? '') : ''
  if (typeof value === 'object') {
    const typical = isRecord(value) ? (value['mean'] ?? value['value']) : undefined
    return field?.type === 'law' && typeof typical === 'number' ? `${typical} ${field.unit}` : ''
  }
  return String(value)
}
