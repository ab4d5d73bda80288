import type { Catalogue } from '../contract/manifest.ts'
import type { Behaviour, Endpoint, EndpointClient, EndpointContext, ModelCatalogue, SystemModel, SystemModule } from '../contract/model.ts'
import type { Parkable } from '../contract/parking.ts'
import type { Way } from '../contract/way.ts'
import type { Channel, ChannelId, NodeId, Topology, TopologyNode } from '../topology/document.ts'
import type { Problem } from '../topology/problem.ts'
import type { LandingBay } from './carrier/bay.ts'
import type { ChannelRuntime } from './channel-runtime.ts'
import { wayId, type Core, type Target } from './core.ts'
import type { NodeRuntime } from './node-runtime.ts'
import { PartMaker } from './part-maker.ts'

export interface Application {
  readonly node: NodeRuntime
  readonly behaviour: Behaviour
}

export interface SystemInstance {
  readonly container: NodeRuntime
  readonly model: SystemModel
  readonly members: Map<NodeId, NodeRuntime>
}

/** One application end of a channel. */
interface EndpointSlot {
  readonly channel: ChannelRuntime
  readonly end: 0 | 1
  readonly endpoint: Endpoint
  readonly target: number
}

/** Everything of a run that has a counterpart in the document, and how it is made and unmade. */
export class Parts {
  readonly nodes = new Map<NodeId, NodeRuntime>()
  /** By node index; null where a node was removed. Indices are never reused, since facts and messages name them. */
  readonly nodeList: (NodeRuntime | null)[] = []
  readonly channels = new Map<ChannelId, ChannelRuntime>()
  readonly channelList: (ChannelRuntime | null)[] = []
  readonly applications = new Map<NodeId, Application>()
  readonly systems = new Map<NodeId, SystemInstance>()
  /** The system instance a member or container belongs to. */
  readonly systemOf = new Map<NodeId, SystemInstance>()
  readonly #slots = new Map<NodeId, EndpointSlot[]>()
  readonly #core: Core
  readonly #maker: PartMaker
  readonly #models: ModelCatalogue

  constructor(core: Core, catalogue: Catalogue, models: ModelCatalogue) {
    this.#core = core
    this.#maker = new PartMaker(core, catalogue)
    this.#models = models
  }

  get problems(): Problem[] {
    return this.#maker.problems
  }

  /** Makes runtimes for nodes and channels of the document. Nothing is started. */
  addAll(topology: Topology, nodes: readonly TopologyNode[], channels: readonly Channel[]): { nodes: NodeRuntime[]; channels: ChannelRuntime[] } {
    const newNodes = nodes.map(node => this.#makeNode(node)).filter(node => node !== null)
    const newChannels = channels.map(channel => this.#makeChannel(channel)).filter(channel => channel !== null)
    this.#core.rankSources()
    const made = new Set<SystemInstance>()
    for (const node of newNodes) {
      const system = this.#moduleForContainer(node.type)
      if (system) made.add(this.#makeSystem(node, system, topology))
    }
    const withins = new Map(topology.nodes.map(node => [node.id, node.within]))
    for (const node of newNodes) if (!this.systemOf.has(node.id)) this.#join(node, withins.get(node.id))
    for (const node of newNodes) if (!this.systemOf.has(node.id)) this.#makeApplication(node)
    for (const channel of newChannels) this.#attach(channel, made)
    return { nodes: newNodes, channels: newChannels }
  }

  /** What the machine may carry; the rest is refused in the bay. */
  parkables(bay: LandingBay): Parkable[] {
    const found: Parkable[] = []
    for (const { model } of this.systems.values()) if (model.parking) found.push(model.parking)
    for (const { behaviour } of this.applications.values()) {
      if (behaviour.parking) found.push(behaviour.parking)
      else bay.refuse(behaviour)
    }
    for (const slots of this.#slots.values()) {
      for (const { channel, endpoint } of slots) {
        if (endpoint.parking) found.push(endpoint.parking)
        else bay.refuse(channel)
      }
    }
    return found
  }

  endpointsOf(node: NodeId): readonly Endpoint[] {
    return (this.#slots.get(node) ?? []).map(slot => slot.endpoint)
  }

  /** Takes a channel out: what flies on it is accounted for, each end learns that the other is gone. */
  removeChannel(id: ChannelId): void {
    const channel = this.channels.get(id)
    if (!channel) return
    channel.clear('node removed')
    for (const end of [0, 1] as const) {
      const node = channel.ends[end].node
      const slot = this.#slots.get(node.id)?.find(one => one.channel === channel)
      if (slot) {
        node.discardAs = 'node removed'
        slot.endpoint.crash()
        slot.endpoint.removed?.()
        node.discardAs = null
        this.#core.removeTarget(slot.target)
        this.#slots.set(node.id, this.#slots.get(node.id)!.filter(one => one !== slot))
        node.endpoints.splice(node.endpoints.indexOf(slot.endpoint), 1)
        const application = this.applications.get(node.id)
        application?.behaviour.closed(slot.endpoint)
        application?.behaviour.endpointsChanged()
      } else if (node.up && !channel.inner) channel.close(end)
    }
    for (const system of this.#systemsAt(channel)) system.model.removeChannel(channel)
    channel.remove()
    this.channels.delete(id)
    this.channelList[channel.index] = null
  }

  /** Takes a node out; its channels went before. Returns the runtime so that the caller can stop it. */
  removeNode(id: NodeId): void {
    const node = this.nodes.get(id)
    if (!node) return
    node.discardAs = 'node removed'
    this.applications.get(id)?.behaviour.crash()
    const system = this.systemOf.get(id)
    if (system && system.container !== node) {
      system.members.delete(id)
      system.model.removeNode(node)
    } else if (system) {
      for (const member of system.members.values()) member.discardAs = 'node removed'
      system.model.crash()
      this.systems.delete(id)
    }
    this.#discardLeftovers(node)
    node.trouble(null)
    this.#core.removeTarget(node.target)
    this.applications.delete(id)
    this.systemOf.delete(id)
    this.nodes.delete(id)
    this.nodeList[node.index] = null
  }

  /** A model that gave something up without a word would unbalance the ledger: what a removed node still holds ends with it. */
  #discardLeftovers(node: NodeRuntime): void {
    const left: number[] = []
    this.#core.messages.forEachLive((message, holder) => {
      if (holder === node.ledger.at) left.push(message)
    })
    for (const message of left) node.discard(message, 'node removed')
  }

  /** What systems do without a channel of the document, with a number among those of channels for each way: hops and curves name it. */
  ways(): readonly { readonly id: string; readonly index: number; readonly way: Way }[] {
    const { ways } = this.#core
    return [...this.systems.values()].flatMap(({ model }) =>
      (model.ways?.() ?? []).map(way => {
        const id = wayId(way.from.id, way.to.id)
        let index = ways.get(id)
        if (index === undefined) {
          index = this.channelList.push(null) - 1
          ways.set(id, index)
        }
        return { id, index, way }
      }),
    )
  }

  #makeNode(node: TopologyNode): NodeRuntime | null {
    const runtime = this.#maker.node(node, this.nodeList.length)
    if (!runtime) return null
    this.nodes.set(node.id, runtime)
    this.nodeList.push(runtime)
    return runtime
  }

  #makeChannel(channel: Channel): ChannelRuntime | null {
    const from = this.nodes.get(channel.from)
    const to = this.nodes.get(channel.to)
    if (!from || !to) return null
    // Two containers that are joined directly are two processes, as two applications are.
    const members = from.manifest.within !== undefined || to.manifest.within !== undefined
    const inner = members && !this.#isApplication(from) && !this.#isApplication(to)
    const runtime = this.#maker.channel(channel, { index: this.channelList.length, from, to, inner })
    if (!runtime) return null
    this.channels.set(channel.id, runtime)
    this.channelList.push(runtime)
    return runtime
  }

  #isApplication(node: NodeRuntime): boolean {
    return this.#models.behaviours.some(module => module.types.includes(node.type))
  }

  #moduleForContainer(type: string): SystemModule | undefined {
    return this.#models.systems.find(module => module.container === type)
  }

  #makeSystem(container: NodeRuntime, module: SystemModule, topology: Topology): SystemInstance {
    const members = new Map<NodeId, NodeRuntime>()
    for (const node of topology.nodes) {
      const runtime = this.nodes.get(node.id)
      if (runtime && node.within === container.id && runtime.manifest.within === container.type) members.set(node.id, runtime)
    }
    const inside = (id: NodeId): boolean => id === container.id || members.has(id)
    const channels = [...this.channels.values()].filter(channel => inside(channel.from) || inside(channel.to))
    const create = module.create
    if (!create) throw new Error(`system ${module.family} names a container but creates no model`)
    const model = create({ container, nodes: [...members.values()], channels })
    const instance: SystemInstance = { container, model, members }
    this.systems.set(container.id, instance)
    for (const node of [container, ...members.values()]) {
      this.systemOf.set(node.id, instance)
      node.system = model
    }
    return instance
  }

  /** A member that came later, into a container that is already there. */
  #join(node: NodeRuntime, within: NodeId | undefined): void {
    const instance = within === undefined ? undefined : this.systems.get(within)
    if (!instance || node.manifest.within !== instance.container.type) {
      if (node.manifest.within !== undefined) this.#maker.homeless(node)
      return
    }
    instance.members.set(node.id, node)
    this.systemOf.set(node.id, instance)
    node.setUp(instance.container.up)
    node.system = instance.model
    instance.model.addNode(node)
  }

  #makeApplication(node: NodeRuntime): void {
    const module = this.#models.behaviours.find(one => one.types.includes(node.type))
    if (!module) return
    const behaviour = module.create(node)
    node.behaviour = behaviour
    this.applications.set(node.id, { node, behaviour })
  }

  /** Gives each end of a channel its receiver: an endpoint at an application, the model at a system. */
  #attach(channel: ChannelRuntime, made: ReadonlySet<SystemInstance>): void {
    for (const end of [0, 1] as const) {
      const node = channel.ends[end].node
      const application = this.applications.get(node.id)
      if (application) this.#openEndpoint(channel, end, application)
      else channel.ends[end].receiver = this.systemOf.get(node.id)?.model ?? null
    }
    // A system that was just made got its channels in the plan.
    for (const system of this.#systemsAt(channel)) if (!made.has(system)) system.model.addChannel(channel)
  }

  #openEndpoint(channel: ChannelRuntime, end: 0 | 1, application: Application): void {
    const family = channel.type.slice(0, channel.type.indexOf('.'))
    const module = this.#models.systems.find(one => one.family === family)
    if (!module) throw new Error(`no system for channels of the family ${family}`)
    const { node, behaviour } = application
    const holder: Target & { endpoint?: Endpoint } = { fire: (signal, datum) => holder.endpoint?.wake(signal, datum) }
    const target = this.#core.addTarget(holder)
    const client: EndpointClient = behaviour
    const context: EndpointContext = {
      channel,
      end: end === 0 ? 'from' : 'to',
      node,
      client,
      shared: (name, make) => sharedOf(node, name, make),
      after: (delayNs, signal, datum) => this.#core.schedule(delayNs, node.source, target, signal, datum),
      cancel: alarm => this.#core.events.cancel(alarm, target),
    }
    const endpoint = module.endpoint(context)
    holder.endpoint = endpoint
    channel.ends[end].receiver = endpoint
    const other = channel.isOpen
    channel.isOpen = () => other() && endpoint.isOpen()
    const slots = this.#slots.get(node.id) ?? []
    slots.push({ channel, end, endpoint, target })
    this.#slots.set(node.id, slots)
    node.endpoints.push(endpoint)
  }

  #systemsAt(channel: ChannelRuntime): Set<SystemInstance> {
    const found = new Set<SystemInstance>()
    for (const end of channel.ends) {
      const system = this.systemOf.get(end.node.id)
      if (system) found.add(system)
    }
    return found
  }
}

function sharedOf(node: NodeRuntime, name: string, make: () => object): object {
  let found = node.shared.get(name)
  if (!found) node.shared.set(name, (found = make()))
  return found
}
