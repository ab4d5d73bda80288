import type { Endpoint, EndpointContext } from '../../../contract/model.ts'
import { GroupReaderEndpoint } from './group-reader-endpoint.ts'
import { PopperEndpoint } from './popper-endpoint.ts'
import { ReaderEndpoint } from './reader-endpoint.ts'
import { SenderEndpoint } from './sender-endpoint.ts'
import { SubscriberEndpoint } from './subscriber-endpoint.ts'

/** The client program of each kind of line. */
export function redisEndpoint(context: EndpointContext): Endpoint {
  switch (context.channel.type) {
    case 'redis.subscribe':
      return new SubscriberEndpoint(context)
    case 'redis.pop':
      return new PopperEndpoint(context)
    case 'redis.read':
      return new ReaderEndpoint(context)
    case 'redis.read-group':
      return new GroupReaderEndpoint(context)
    default:
      return new SenderEndpoint(context)
  }
}
