import type { SystemModule } from '../../contract/model.ts'
import { ZeromqEndpoint } from './endpoint.ts'
import { PROXY } from './manifest-sockets.ts'
import { Proxy } from './proxy.ts'

/** Peer to peer: sockets meet over wires. A proxy is a process of its own, with two sockets and nothing else. */
export const system: SystemModule = {
  family: 'zeromq',
  container: PROXY,
  create: plan => new Proxy(plan),
  endpoint: context => new ZeromqEndpoint(context),
}
