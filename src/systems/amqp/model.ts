import type { SystemModule } from '../../contract/model.ts'
import { Broker } from './broker.ts'
import { AmqpEndpoint } from './endpoint.ts'

export const system: SystemModule = {
  family: 'amqp',
  container: 'amqp.broker',
  create: plan => new Broker(plan),
  endpoint: context => new AmqpEndpoint(context),
}
