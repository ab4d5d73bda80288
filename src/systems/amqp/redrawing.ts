import type { ChannelContext, NodeContext } from '../../contract/context.ts'
import type { Config } from '../../topology/document.ts'
import type { Broker } from './broker.ts'
import { nameOf, needsClient } from './drawn.ts'
import { Exchange } from './exchange.ts'
import { notFound } from './refused.ts'

/** What is drawn changes while the broker is there: its objects follow the document, and leave alone what others hold. */
export class Redrawing {
  readonly #broker: Broker

  constructor(broker: Broker) {
    this.#broker = broker
  }

  addNode(node: NodeContext): void {
    const { objects, isRunning } = this.#broker
    objects.drawnNodes.set(node.id, node)
    if (!isRunning) return
    if (needsClient(node)) node.present(false)
    else objects.tryDeclare(node, null)
    objects.bindAll()
  }

  removeNode(node: NodeContext): void {
    const { objects } = this.#broker
    const object = objects.objectOf(node)
    const others = object?.node === node ? objects.drawnAs(object).slice(1) : []
    if (object && object.node !== node) objects.forgetNode(node)
    else if (object instanceof Exchange) objects.forgetExchange(object)
    else if (object) this.#broker.deleteQueue(object)
    objects.drawnNodes.delete(node.id)
    objects.refusals.accept(node)
    this.#declareAnew(others)
    if (objects.container.isUp()) objects.tryRefused()
  }

  /** The document says something else of a drawn node: its object follows, and leaves the nodes behind that were drawn as the same. */
  redeclare(node: NodeContext): void {
    const { objects } = this.#broker
    objects.refusals.accept(node)
    const object = objects.objectOf(node)
    const others = object?.node === node ? objects.drawnAs(object).slice(1) : []
    if (object && object.node !== node) {
      if (!objects.isAlike(object, node)) this.#partFrom(node)
    } else if (object instanceof Exchange) {
      if (!objects.reconfigureExchange(object, node)) objects.forgetExchange(object)
    } else if (object && objects.canBecome(object, node)) objects.reconfigureQueue(object, node)
    else if (object) this.#broker.deleteQueue(object)
    for (const other of others) if (objects.exists(other) && !objects.isAlike(object!, other)) this.#partFrom(other)
    this.#declareAnew([node, ...others])
    if (this.#broker.isRunning) objects.tryRefused()
    objects.bindAll()
  }

  addBinding(line: ChannelContext): void {
    const { objects } = this.#broker
    objects.drawnBindings.set(line.id, line)
    objects.bindDrawn(line)
  }

  removeBinding(line: ChannelContext): void {
    if (this.#broker.objects.drawnBindings.delete(line.id)) this.#unbind(line)
  }

  rebind(line: ChannelContext, before: Config): void {
    const { objects } = this.#broker
    if (before['routingKey'] === line.config()['routingKey'] && before['arguments'] === line.config()['arguments']) return
    const exchange = objects.exchangeOfNode.get(line.from)
    if (exchange) exchange.bindings = exchange.bindings.filter(binding => binding.via !== line)
    // What another line says as well is bound still.
    objects.bindAll()
    objects.version += 1
  }

  /** Nodes that lost their object get one as the document says, where that takes no client. */
  #declareAnew(nodes: readonly NodeContext[]): void {
    const { objects, isRunning } = this.#broker
    if (!isRunning) return
    for (const node of nodes) if (!objects.exists(node) && !needsClient(node)) objects.tryDeclare(node, null)
    if (nodes.length > 0) objects.bindAll()
  }

  /** A node is no longer drawn as an object that stays: its lines with it. Clients come back and declare what they use. */
  #partFrom(node: NodeContext): void {
    const { objects } = this.#broker
    objects.forgetNode(node)
    for (const binding of objects.drawnBindings.values()) if (binding.from === node.id || binding.to === node.id) this.#unbind(binding)
    for (const channel of this.#broker.channels) if (channel.drawnTo === node.id) this.#broker.refuse(channel, notFound(node.type === 'amqp.exchange' ? 'exchange' : 'queue', nameOf(node), channel.virtualHost))
  }

  #unbind(line: ChannelContext): void {
    const { objects } = this.#broker
    for (const exchange of [...objects.exchanges.values()]) {
      if (!exchange.bindings.some(binding => binding.via === line)) continue
      exchange.bindings = exchange.bindings.filter(binding => binding.via !== line)
      // What another line says as well is bound still.
      objects.bindAll()
      objects.afterUnbind(exchange)
    }
  }
}
