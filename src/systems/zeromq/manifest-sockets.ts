import type { LineEnds } from '../../contract/manifest.ts'

/** Kind of a proxy node: whoever meets a line there uses other sockets. */
export const PROXY = 'zeromq.proxy'

/** The socket at each end of a drawn line, at an application and at a proxy. Lines of one kind that leave a node share one socket, and so do those that enter. */
export const ENDS: Readonly<Record<string, LineEnds>> = {
  'zeromq.pub-sub': { from: 'PUB', to: 'SUB', bound: 'bind', at: { [PROXY]: { from: 'XPUB', to: 'XSUB' } } },
  'zeromq.push-pull': { from: 'PUSH', to: 'PULL', bound: 'bind', at: { [PROXY]: { from: 'PUSH', to: 'PULL' } } },
  'zeromq.req-rep': { from: 'REQ', to: 'REP', bound: 'bind', at: { [PROXY]: { from: 'DEALER', to: 'ROUTER' } } },
  'zeromq.dealer-router': { from: 'DEALER', to: 'ROUTER', bound: 'bind', at: { [PROXY]: { from: 'DEALER', to: 'ROUTER' } } },
  'zeromq.pair': { from: 'PAIR', to: 'PAIR', bound: 'bind', at: { [PROXY]: { from: 'PAIR', to: 'PAIR' } } },
}
