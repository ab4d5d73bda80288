import { expect, it } from 'vitest'
import { catalogueOf } from '../contract/manifest.ts'
import { paletteGroups } from './palette-groups.ts'
import { catalogue, consumerKind, queueKind } from './testing/sample.ts'

const apps = catalogueOf([
  { ...catalogue.families[0]!, channels: [], nodes: [queueKind] },
  { family: 'wire', title: 'Wire', colour: 'application', terms: { key: 'key' }, nodes: [], channels: [], claims: [] },
  { family: 'app', title: 'Applications', colour: 'application', terms: { key: 'key' }, channels: [], claims: [], nodes: [consumerKind, { ...consumerKind, type: 'app.producer', title: 'Producer', can: ['send'] }] },
])

it('puts applications first, senders before receivers, and leaves out families without nodes', () => {
  expect(paletteGroups(apps, '').map(group => [group.title, ...group.kinds.map(kind => kind.title)])).toEqual([
    ['Applications', 'Producer', 'Consumer'],
    ['Toy', 'Queue'],
  ])
})

it('finds kinds by any words of system, name and summary', () => {
  expect(paletteGroups(apps, 'toy que').map(group => group.kinds.map(kind => kind.title))).toEqual([['Queue']])
  expect(paletteGroups(apps, 'zeppelin')).toEqual([])
})
