import type { SystemModule } from '../../contract/model.ts'
import { PipeEndpoint } from './endpoint.ts'

/** Two processes of one machine: the two ends of a pipe meet over a wire, nothing is in between. */
export const system: SystemModule = {
  family: 'pipe',
  endpoint: context => new PipeEndpoint(context),
}
