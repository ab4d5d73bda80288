import type { Endpoint, EndpointContext } from '../../../contract/model.ts'
import { PopperEndpoint } from './popper-endpoint.ts'
import { RangeEndpoint } from './range-endpoint.ts'
import { SenderEndpoint } from './sender-endpoint.ts'
import { StreamEndpoint } from './stream-endpoint.ts'
import { SubscriberEndpoint } from './subscriber-endpoint.ts'

/** The client program of each kind of line. */
export function redisEndpoint(context: EndpointContext): Endpoint {
  switch (context.channel.type) {
    case 'redis.subscribe':
      return new SubscriberEndpoint(context)
    case 'redis.pop':
      return new PopperEndpoint(context)
    case 'redis.range':
      return new RangeEndpoint(context)
    case 'redis.read':
      return new StreamEndpoint(context)
    default:
      return new SenderEndpoint(context)
  }
}
