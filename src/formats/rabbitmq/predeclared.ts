export const SIMULATED_TYPES: readonly string[] = ['direct', 'fanout', 'topic', 'headers']

/** Exchanges that every virtual host has from the start. Exports name them in bindings and never list them. */
const PREDECLARED: Readonly<Record<string, string>> = { 'amq.direct': 'direct', 'amq.fanout': 'fanout', 'amq.topic': 'topic', 'amq.headers': 'headers', 'amq.match': 'headers' }
/** Made by RabbitMQ's own logger and tracer, in one virtual host each. */
const OF_THE_BROKER: Readonly<Record<string, string>> = { 'amq.rabbitmq.trace': 'topic', 'amq.rabbitmq.log': 'topic' }

/** The type of a predeclared exchange. */
export function predeclared(name: string): string | undefined {
  return Object.hasOwn(PREDECLARED, name) ? PREDECLARED[name] : Object.hasOwn(OF_THE_BROKER, name) ? OF_THE_BROKER[name] : undefined
}

/** Kind of the node that stands for an exchange of a plug-in's type; no manifest describes it, so that it is drawn as kept. */
export function pluginKind(type: string): string {
  return type.startsWith('x-') ? `amqp.${type}` : `amqp.plugin-${type}`
}

/** The plug-in's type behind a node's kind and config; undefined where the node is something else. */
export function pluginType(node: { readonly type: string; readonly config: { readonly exchangeType?: unknown } }): string | undefined {
  const type = node.config.exchangeType
  return typeof type === 'string' && node.type === pluginKind(type) ? type : undefined
}
