import type { ChannelContext, NodeContext } from '../../contract/context.ts'
import type { ServerChannel } from './connection.ts'
import { OP_PUBLISH, type Control } from './control.ts'
import { troubleOf, type Refused } from './refused.ts'

/** What the broker refuses of what is drawn: nodes that it doesn't declare, lines on which a method fails. People are told until it works. */
export class Refusals {
  readonly #nodes = new Map<string, Refused>()
  /** What failed on a line: when the same works, all is well. */
  readonly #verbs = new Map<string, string>()

  ofNode(id: string): Refused | undefined {
    return this.#nodes.get(id)
  }
  /** Nodes that might be declared now. */
  nodes(): readonly string[] {
    return [...this.#nodes.keys()]
  }
  refuse(node: NodeContext, refused: Refused): void {
    this.#nodes.set(node.id, refused)
    node.trouble(troubleOf(refused, `“${node.label()}”`))
  }
  accept(node: NodeContext): void {
    this.#nodes.delete(node.id)
    node.trouble(null)
  }

  /** The verb that failed last on a line; empty when none did. */
  failedOn(wire: ChannelContext): string {
    return this.#verbs.get(wire.id) ?? ''
  }
  /** A node that can't be declared says so itself. */
  failed(channel: ServerChannel, verb: string, refused: Refused): void {
    const { wire, end } = channel
    if ([...this.#nodes.values()].includes(refused)) return
    this.#verbs.set(wire.id, verb)
    wire.trouble(troubleOf(refused, `what ${wire.nodeLabel(end === 'from' ? 'to' : 'from')} asks of “${wire.nodeLabel(end)}”`))
  }
  passed(channel: ServerChannel, verb: string): void {
    if (channel.failed !== verb) return
    channel.failed = ''
    this.forget(channel.wire)
  }
  forget(wire: ChannelContext): void {
    if (this.#verbs.delete(wire.id)) wire.trouble(null)
  }
}

/** What a client asked for, by its name. */
export function verbOf(op: number, control: Control | null): string {
  return control?.verb ?? (op === OP_PUBLISH ? 'publish' : 'settle')
}
