import { describe, expect, it } from 'vitest'
import type { NodeManifest } from '../contract/manifest.ts'
import { subtitleOf } from './subtitle.ts'
import { consumerKind, queueKind } from './testing/sample.ts'

describe('the line under a label', () => {
  it('takes the manifest’s defaults for what the config leaves out', () => {
    expect(subtitleOf(queueKind, {})).toBe('durable')
    expect(subtitleOf(consumerKind, {})).toBe('consumer · ack after work')
  })

  it('chooses between two texts by whether the field is set', () => {
    expect(subtitleOf(queueKind, { durable: false, exclusive: true, autoDelete: true })).toBe('transient · exclusive · auto-delete')
  })

  it('puts values in their gaps', () => {
    expect(subtitleOf(consumerKind, { acknowledge: 'before' })).toBe('consumer · ack before work')
  })

  it('shows a law by its typical duration and an unset number by what it means', () => {
    const kind: NodeManifest = {
      ...queueKind,
      subtitle: '{time} · {limit}{gone}',
      fields: [
        { id: 'time', label: 'Time', help: '', type: 'law', default: { law: 'exponential', mean: 300 }, unit: 'ms' },
        { id: 'limit', label: 'Limit', help: '', type: 'number', default: null, unit: '', min: 0, max: 9, optional: true, none: 'unlimited' },
      ],
    }
    expect(subtitleOf(kind, {})).toBe('300 ms · unlimited')
    const five: NodeManifest = { ...kind, fields: kind.fields.map(field => (field.type === 'number' ? { ...field, default: 5 } : field)) }
    expect([subtitleOf(five, {}), subtitleOf(five, { limit: null })]).toEqual(['300 ms · 5', '300 ms · unlimited'])
  })
})
