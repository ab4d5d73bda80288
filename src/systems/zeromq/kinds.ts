export const SOCKET_TYPES = ['PUB', 'SUB', 'XPUB', 'XSUB', 'PUSH', 'PULL', 'REQ', 'REP', 'DEALER', 'ROUTER', 'PAIR'] as const
export type SocketType = (typeof SOCKET_TYPES)[number]

/** Options by their names in libzmq; high-water marks belong to pipes and are in `SessionSettings`. */
export interface SocketOptions {
  /** Announced to peers; empty: a ROUTER makes one up. */
  readonly routingId: string
  readonly conflate: boolean
  readonly immediate: boolean
  readonly routerMandatory: boolean
  readonly routerHandover: boolean
  readonly reqRelaxed: boolean
  readonly reqCorrelate: boolean
  readonly xpubVerbose: boolean
  readonly xpubNoDrop: boolean
}

export const DEFAULT_OPTIONS: SocketOptions = { routingId: '', conflate: false, immediate: false, routerMandatory: false, routerHandover: false, reqRelaxed: false, reqCorrelate: false, xpubVerbose: false, xpubNoDrop: false }

/** What send() and receive() answer when not with success: the names are libzmq's. A notice waits for takeNotice(). */
export const DONE = 0
export const EAGAIN = -1
export const EFSM = -2
export const EHOSTUNREACH = -3
export const ENOTSUP = -4
export const NOTICE = -5

/** These connect to an address once over tcp; connecting again changes nothing. */
export const SINGLE_CONNECT: readonly SocketType[] = ['DEALER', 'SUB', 'PUB', 'REQ']
