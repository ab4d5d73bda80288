import type { Topology } from '../../../topology/document.ts'
import type { Recording, Step } from './recording.ts'

export const clientOf = (step: Step): string => (typeof step['client'] === 'string' ? step['client'] : 'main')
export const channelOf = (step: Step): string => (typeof step['channel'] === 'string' ? step['channel'] : '1')
export const sessionId = (client: string, channel: string): string => `${client} / ${channel}`

/** Every client and channel that any step names. */
export function sessionsOf(recording: Recording): readonly (readonly [string, string])[] {
  const clients = new Set(['main', ...recording.steps.map(clientOf)])
  const channels = new Set(['1', ...recording.steps.map(channelOf)])
  return [...clients].flatMap(client => [...channels].map(channel => [client, channel] as const))
}

export function topologyOf(recording: Recording): Topology {
  const at = { x: 0, y: 0 }
  const sessions = sessionsOf(recording)
  return {
    format: 1,
    title: recording.title,
    seed: 1,
    nodes: [{ id: 'broker', type: 'amqp.broker', label: 'broker', at, config: {} }, ...[...new Set(sessions.map(([client]) => client))].map(client => ({ id: `client ${client}`, type: 'player.client', label: client, at, config: {} }))],
    channels: sessions.map(([client, channel]) => ({ id: sessionId(client, channel), type: 'amqp.session', from: `client ${client}`, to: 'broker', config: { latency: { law: 'constant', value: 0 } } })),
  }
}
