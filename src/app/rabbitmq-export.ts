import type { WrittenDefinitions } from '../formats/rabbitmq/write-definitions.ts'
import type { NodeId, Topology, TopologyNode } from '../topology/document.ts'
import type { Outcome } from '../topology/problem.ts'

/** What can be exported as definitions: each broker by itself. */
export function rabbitmqBrokers(topology: Topology): readonly TopologyNode[] {
  return topology.nodes.filter(node => node.type === 'amqp.broker')
}

/** The definitions of one broker; the code for it comes when it is needed. */
export async function rabbitmqDefinitions(topology: Topology, broker: NodeId): Promise<Outcome<WrittenDefinitions>> {
  const { writeDefinitions } = await import('../formats/rabbitmq/write-definitions.ts')
  return writeDefinitions(topology, broker)
}
