import { describe, expect, it } from 'vitest'
import { families } from '../cli/families.ts'
import { joinTexts, splitTexts } from './manifest-texts.ts'

describe('manifests and their texts', () => {
  it('are whole again when the texts have come, all of them', () => {
    const { families: kinds, texts } = splitTexts(families)
    expect(kinds).not.toEqual(families)
    joinTexts(kinds, texts)
    expect(kinds).toEqual(families)
  })

  it('nothing but texts is taken: what a config holds under such a name stays', () => {
    const node = { ...families.flatMap(family => family.nodes)[0]!, docs: ['Read me.'], fields: [{ id: 'headers', label: 'Headers', help: 'What it is for.', type: 'record', default: { help: 'yes' } }] } as const
    const one = { ...families[0]!, nodes: [node], channels: [], claims: [] }
    const { families: kinds, texts } = splitTexts([one])
    expect(kinds).toEqual([{ ...one, claims: null, nodes: [{ ...node, docs: null, fields: [{ ...node.fields[0], help: null }] }] }])
    expect(texts).toEqual(expect.arrayContaining([['Read me.'], 'What it is for.']))
  })
})
