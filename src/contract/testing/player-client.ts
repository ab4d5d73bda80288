import type { FamilyManifest } from '../manifest.ts'
import type { Behaviour, BehaviourModule } from '../model.ts'

/** A program that does nothing by itself. */
export class IdleProgram implements Behaviour {
  start(): void {}
  wake(): void {}
  crash(): void {}
  reconfigured(): void {}
  endpointsChanged(): void {}
  deliver(): void {}
  opened(): void {}
  closed(): void {}
  contents(): number {
    return 0
  }
  notes(): readonly string[] {
    return []
  }
}

/** The client of a conformance player: an application that does only what it is told, over sessions with the broker itself. */
export const playerManifest: FamilyManifest = {
  family: 'player', title: 'Player', colour: 'application', terms: { key: 'key' }, channels: [], claims: [],
  nodes: [{ type: 'player.client', title: 'Client', summary: '', icon: 'box', form: 'card', can: ['send', 'receive'], fields: [], probes: [], headline: [], subtitle: '', docs: [] }],
}
export const playerBehaviour: BehaviourModule = { types: ['player.client'], create: () => new IdleProgram() }
