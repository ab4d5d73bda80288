import type { SystemModule } from '../../contract/model.ts'
import { WebSocketEndpoint } from './endpoint.ts'

/** Peer to peer: two endpoints meet over a wire, there is no broker between them. */
export const system: SystemModule = {
  family: 'websocket',
  endpoint: context => new WebSocketEndpoint(context),
}
