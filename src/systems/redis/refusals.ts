import type { ChannelContext } from '../../contract/context.ts'
import type { Command } from './command.ts'
import type { RespError } from './resp.ts'

/** What becomes of it, or what to do about it, by the code that an error begins with. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  WRONGTYPE: 'Give one of the two keys another name, or lead the line to one of the type that it is for.',
  NOGROUP: 'The group went with its stream or was destroyed; the client makes it anew when it connects again.',
  UNBLOCKED: 'The stream was deleted while the client waited; it asks again when it connects again.',
}
/** A group that is there is what its clients want. */
const EXPECTED = 'BUSYGROUP'

/** What the server refuses on drawn lines, told to people until the same command works there (claim redis.refused). */
export class Refusals {
  /** By line, the command that failed last. */
  readonly #failed = new Map<string, string>()

  failedOn(wire: ChannelContext): string {
    return this.#failed.get(wire.id) ?? ''
  }

  /** The command that failed, as it is to be remembered; empty for what needs no telling. */
  failed(wire: ChannelContext, end: 'from' | 'to', command: Command, { error }: RespError): string {
    const code = error.split(' ', 1)[0]!
    if (code === EXPECTED) return ''
    const verb = verbOf(command)
    this.#failed.set(wire.id, verb)
    const wayOut = WAYS_OUT[code]
    wire.trouble({ code: `redis.refused.${code.toLowerCase()}`, says: `Redis refuses what ${wire.nodeLabel(end === 'from' ? 'to' : 'from')} asks of “${wire.nodeLabel(end)}” with ${verb}: ${error}${wayOut === undefined ? '' : `. ${wayOut}`}` })
    return verb
  }

  /** It works now, or the line says something else, or is gone. */
  passed(wire: ChannelContext): void {
    if (this.#failed.delete(wire.id)) wire.trouble(null)
  }
}

/** XGROUP CREATE is another command than XGROUP DESTROY. */
export function verbOf({ args }: Command): string {
  const verb = (args[0] ?? '').toUpperCase()
  return verb === 'XGROUP' ? `${verb} ${(args[1] ?? '').toUpperCase()}` : verb
}
