import type { SystemModule } from '../../contract/model.ts'
import { PollerEndpoint } from './client/poller-endpoint.ts'
import { WriterEndpoint } from './client/writer-endpoint.ts'
import { Database } from './database.ts'

export const system: SystemModule = {
  family: 'store',
  container: 'store.database',
  create: plan => new Database(plan),
  endpoint: context => (context.channel.type === 'store.poll' || context.channel.type === 'store.take' ? new PollerEndpoint(context) : new WriterEndpoint(context)),
}
