import type { Behaviour } from '../model.ts'

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
