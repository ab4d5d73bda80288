import type { ChannelContext, ChannelEnd } from '../../contract/context.ts'
import type { Config } from '../../topology/document.ts'
import { NAMED, type Handshake, type Role, type SessionSettings } from './connection.ts'
import { ENDS, PROXY } from './manifest-sockets.ts'
import { DEFAULT_OPTIONS, type SocketOptions, type SocketType } from './kinds.ts'

export const otherEnd = (end: ChannelEnd): ChannelEnd => (end === 'from' ? 'to' : 'from')

export function socketType(channel: ChannelContext, end: ChannelEnd): SocketType {
  const ends = ENDS[channel.type]
  if (!ends) throw new Error(`no sockets for ${channel.type}`)
  return (ends.at?.[channel.nodeType(end)] ?? ends)[end] as SocketType // the table names nothing else
}

/** The pair of sockets that lines of a kind meet in at a proxy: where they enter, where they leave. */
export function proxySockets(kind: string): { readonly front: SocketType; readonly back: SocketType } {
  const ends = ENDS[kind]
  if (!ends) throw new Error(`no sockets for ${kind}`)
  const { from, to } = ends.at![PROXY]! // every kind of line may meet a proxy
  return { front: to as SocketType, back: from as SocketType }
}

/** Which side binds is a setting of the line; the other connects. */
export function roleOf(config: Config, end: ChannelEnd): Role {
  return config['bind'] === end ? 'bind' : 'connect'
}

export function settingsOf(config: Config): SessionSettings {
  return {
    transport: config['transport'] === 'inproc' ? 'inproc' : 'tcp',
    markOut: Number(config['sendMark']),
    markIn: Number(config['receiveMark']),
    reconnectMs: Number(config['reconnect']),
    kernelBytes: Number(config['kernelBytes']),
    routingId: routingIdOf(config),
  }
}

function routingIdOf(config: Config): string {
  return typeof config['routingId'] === 'string' ? config['routingId'] : ''
}

/** Options belong to sockets, lines have settings: those of the socket's first line count. */
export function optionsOf(config: Config): SocketOptions {
  return {
    ...DEFAULT_OPTIONS,
    conflate: config['conflate'] === true,
    immediate: config['immediate'] === true,
    routerMandatory: config['mandatory'] === true,
    routerHandover: config['handover'] === true,
    reqRelaxed: config['relaxed'] === true || config['correlate'] === true,
    reqCorrelate: config['correlate'] === true,
    xpubNoDrop: config['whenFull'] === 'wait',
  }
}

/** One prefix a line; nothing written is one empty prefix, which takes everything. */
export function prefixesOf(config: Config): readonly string[] {
  const text = config['prefixes']
  return typeof text === 'string' ? [...new Set(text.split('\n'))] : []
}

/** What the other end of a line would say when they meet: a run begins with its connections standing. */
export function peerOf(channel: ChannelContext, end: ChannelEnd): Handshake {
  const config = channel.config()
  const { markOut, markIn } = settingsOf(config)
  const conflate = config['conflate'] === true
  const type = socketType(channel, otherEnd(end))
  return { type, routingId: NAMED.includes(type) || config['transport'] === 'inproc' ? routingIdOf(config) : '', markOut, markIn: conflate ? 0 : markIn, conflate: conflate && roleOf(config, end) === 'bind', held: 0, heldBytes: 0 }
}
