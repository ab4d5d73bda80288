import type { FamilyManifest, Refusal } from '../../contract/manifest.ts'
import { CLAIMS } from './claims.ts'
import { insert, poll, take, update } from './manifest-lines.ts'
import { database, events, jobs, records } from './manifest-nodes.ts'

export const manifest: FamilyManifest = {
  family: 'store',
  title: 'Shared database',
  colour: 'pattern',
  terms: { key: 'row key' },
  nodes: [database, records, events, jobs],
  channels: [update, insert, poll, take],
  claims: CLAIMS,
}

const tables = ['store.records', 'store.events', 'store.jobs']
export const refusals: readonly Refusal[] = [
  { from: { types: tables }, to: { types: tables }, says: 'Tables send nothing to each other. Put an application between them that polls one and writes the other.' },
  { from: { types: ['store.database'] }, to: { can: 'receive' }, says: 'Applications poll a table: draw the line from a table inside the database.' },
  { from: { can: 'send' }, to: { types: ['store.database'] }, says: 'Applications write to a table: draw the line to a table inside the database.' },
]
