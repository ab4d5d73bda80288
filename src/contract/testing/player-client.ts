import type { FamilyManifest } from '../manifest.ts'
import type { BehaviourModule } from '../model.ts'
import { IdleProgram } from './idle-program.ts'

/** The client of a conformance player: an application that does only what it is told, over sessions with the broker itself. */
export const playerManifest: FamilyManifest = {
  family: 'player', title: 'Player', colour: 'application', terms: { key: 'key' }, channels: [], claims: [],
  nodes: [{ type: 'player.client', title: 'Client', summary: '', icon: 'box', form: 'card', can: ['send', 'receive'], fields: [], probes: [], headline: [], subtitle: '', docs: [] }],
}
export const playerBehaviour: BehaviourModule = { types: ['player.client'], create: () => new IdleProgram() }
