import type { SystemModule } from '../../contract/model.ts'
import { redisEndpoint } from './endpoints/endpoint.ts'
import { RedisServer } from './server.ts'

export const system: SystemModule = {
  family: 'redis',
  container: 'redis.server',
  create: plan => new RedisServer(plan),
  endpoint: redisEndpoint,
}
