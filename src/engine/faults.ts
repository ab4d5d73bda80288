import { FACT } from '../contract/fact.ts'
import type { Fault } from '../contract/input.ts'
import { mix } from '../kernel/random.ts'
import type { Core } from './core.ts'
import type { NodeRuntime } from './node-runtime.ts'
import type { Parts, SystemInstance } from './parts.ts'

/** Applies a fault now. A fault on something that is gone, or already so, does nothing. */
export function applyFault(core: Core, parts: Parts, fault: Fault): void {
  switch (fault.fault) {
    case 'crash':
    case 'stop':
    case 'restart': {
      const system = parts.systemOf.get(fault.node)
      const node = system?.container ?? parts.nodes.get(fault.node)
      if (!node || node.up === (fault.fault === 'restart')) return
      if (fault.fault === 'restart') restart(core, parts, node, system)
      else end(core, parts, { node, system, how: fault.fault })
      return
    }
    case 'cut':
    case 'heal': {
      const channel = parts.channels.get(fault.channel)
      if (!channel || channel.cut === (fault.fault === 'cut')) return
      const [from, to] = channel.ends
      core.fact(fault.fault === 'cut' ? FACT.cut : FACT.healed, from.node.ledger.at, 0, mix(channel.id, 0), 0)
      channel.setCut(fault.fault === 'cut')
      const between = `${from.node.label()} – ${to.node.label()}`
      core.mark(fault.fault, channel.id, fault.fault === 'cut' ? `${between} cut` : `${between} healed`)
    }
  }
}

/** Lets programs end of their own accord. */
export function watchExits(core: Core, parts: Parts): void {
  core.exits = core.addTarget({
    fire: (_signal, index) => {
      const node = parts.nodeList[index]
      if (node?.up) end(core, parts, { node, system: undefined, how: 'exit' })
    },
  })
}

interface Ending {
  readonly node: NodeRuntime
  readonly system: SystemInstance | undefined
  readonly how: keyof typeof ENDS
}

const ENDS = { crash: 'crashed', stop: 'stopped', exit: 'ended' } as const

function end(core: Core, parts: Parts, { node, system, how }: Ending): void {
  core.fact(FACT.crashed, node.ledger.at, 0, 0, 0)
  core.mark('crash', node.id, `${node.label()} ${ENDS[how]}`)
  if (system) {
    for (const member of system.members.values()) member.setUp(false)
    node.setUp(false)
    if (how === 'stop' && system.model.stop) system.model.stop()
    else system.model.crash()
    for (const channel of parts.channels.values()) {
      const fromInside = parts.systemOf.get(channel.from) === system
      const toInside = parts.systemOf.get(channel.to) === system
      if (fromInside && toInside) channel.clear('broker crashed')
      else if (fromInside) channel.hangUp('from')
      else if (toInside) channel.hangUp('to')
    }
    return
  }
  if (how === 'stop') parts.applications.get(node.id)?.behaviour.stop?.()
  node.setUp(false)
  for (const endpoint of parts.endpointsOf(node.id)) endpoint.crash()
  parts.applications.get(node.id)?.behaviour.crash()
  for (const endpoint of parts.endpointsOf(node.id)) endpoint.channel.hangUp(endpoint.channel.from === node.id ? 'from' : 'to')
}

function restart(core: Core, parts: Parts, node: NodeRuntime, system: SystemInstance | undefined): void {
  core.fact(FACT.restarted, node.ledger.at, 0, 0, 0)
  core.mark('restart', node.id, `${node.label()} restarted`)
  node.setUp(true)
  if (system) {
    for (const member of system.members.values()) member.setUp(true)
    system.model.start()
    return
  }
  startApplication(parts, node)
}

/** Begins an application: its behaviour first, so that it is ready when an endpoint opens. */
export function startApplication(parts: Parts, node: NodeRuntime): void {
  const application = parts.applications.get(node.id)
  if (!application) return
  application.behaviour.start()
  for (const endpoint of parts.endpointsOf(node.id)) endpoint.start()
}
