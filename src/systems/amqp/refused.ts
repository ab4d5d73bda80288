import type { Trouble } from '../../contract/context.ts'
import type { Reply } from './control.ts'

/** What a refused method does: it closes its channel, or the whole connection. */
export class Refused extends Error {
  readonly reply: Extract<Reply, { reply: 'error' }>
  constructor(code: number, name: string, text: string, scope: 'channel' | 'connection' = 'channel') {
    super(`${name} - ${text}`)
    this.reply = { reply: 'error', scope, code, name, text: `${name} - ${text}` }
  }
}

/** The same as people are told of it; `where` completes "RabbitMQ refuses …". */
export function troubleOf({ reply }: Refused, where: string): Trouble {
  return { code: `amqp.refused.${reply.code}`, says: `RabbitMQ refuses ${where}: ${reply.code} ${reply.text}` }
}

export const accessRefused = (text: string): Refused => new Refused(403, 'ACCESS_REFUSED', text)
export const notFound = (what: string, name: string, virtualHost: string): Refused => new Refused(404, 'NOT_FOUND', `no ${what} '${name}' in vhost '${virtualHost}'`)
export const locked = (name: string, virtualHost: string): Refused =>
  new Refused(405, 'RESOURCE_LOCKED', `cannot obtain exclusive access to locked queue '${name}' in vhost '${virtualHost}'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.`)
export const preconditionFailed = (text: string): Refused => new Refused(406, 'PRECONDITION_FAILED', text)
export const notAllowed = (text: string): Refused => new Refused(530, 'NOT_ALLOWED', text, 'connection')
export const notImplemented = (text: string): Refused => new Refused(540, 'NOT_IMPLEMENTED', text, 'connection')
