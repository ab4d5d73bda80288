import { describe, expect, it } from 'vitest'
import { emptyTopology } from '../topology/document.ts'
import { createDocumentStore, pushOpening, pushStep, stepBack, stepForward } from './document-store.ts'

const store = () => createDocumentStore({ id: 'first', edited: false, topology: emptyTopology('first'), past: [], future: [] })

describe('the document store', () => {
  it('knows what it was opened as from what was changed', () => {
    const document = store()
    pushStep(document, 'new title', [{ edit: 'retitle', title: 'changed' }])
    expect([document.getState().id, document.getState().edited]).toEqual(['first', true])
  })

  it('keeps another topology under an id of its own, and goes back to the one before', () => {
    const document = store()
    pushStep(document, 'new title', [{ edit: 'retitle', title: 'mine' }])
    pushOpening(document, 'blank start', [{ edit: 'retitle', title: 'blank' }], 'second')
    expect(document.getState()).toMatchObject({ id: 'second', edited: false, topology: { title: 'blank' } })
    stepBack(document)
    expect(document.getState()).toMatchObject({ id: 'first', edited: true, topology: { title: 'mine' } })
    stepForward(document)
    expect(document.getState()).toMatchObject({ id: 'second', edited: false, topology: { title: 'blank' } })
  })

  it('folds steps with one key in a row into one, but none across an opening', () => {
    const document = store()
    for (const title of ['a', 'ab', 'abc']) pushStep(document, 'typing', [{ edit: 'retitle', title }], 'title')
    expect(document.getState().past).toHaveLength(1)
    pushOpening(document, 'blank start', [], 'second')
    pushStep(document, 'typing', [{ edit: 'retitle', title: 'x' }], 'title')
    expect(document.getState().past).toHaveLength(3)
  })
})
