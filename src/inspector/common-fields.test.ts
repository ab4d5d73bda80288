import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../contract/fields.ts'
import { commonFields } from './common-fields.ts'

const prefetch = (max = 10): FieldSpec => ({ id: 'prefetch', label: 'Prefetch', help: '', type: 'number', default: 1, unit: 'messages', min: 1, max })
const durable: FieldSpec = { id: 'durable', label: 'Durable', help: '', type: 'toggle', default: true }

describe('fields of several parts', () => {
  it('are those that all of them have, with what they share', () => {
    const common = commonFields([{ fields: [prefetch(), durable], config: { prefetch: 5 } }, { fields: [durable, prefetch()], config: { prefetch: 5, durable: false } }])
    expect(common.fields.map(field => field.id)).toEqual(['prefetch', 'durable'])
    expect(common.config['prefetch']).toBe(5)
    expect([...common.mixed]).toEqual(['durable'])
  })

  it('have the same limits: others only bear the same name', () => {
    expect(commonFields([{ fields: [prefetch(10)], config: {} }, { fields: [prefetch(20)], config: {} }]).fields).toEqual([])
  })

  it('may differ by what each takes where nothing is said', () => {
    const other: FieldSpec = { ...durable, default: false }
    expect([...commonFields([{ fields: [durable], config: {} }, { fields: [other], config: {} }]).mixed]).toEqual(['durable'])
  })
})
