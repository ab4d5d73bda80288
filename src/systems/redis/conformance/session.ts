import type { ChannelContext } from '../../../contract/context.ts'
import { wireFields } from '../../../contract/fields.ts'
import type { FamilyManifest } from '../../../contract/manifest.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, SystemModule } from '../../../contract/model.ts'
import { RedisClient, type ClientListener } from '../client.ts'
import { manifest as redis } from '../manifest.ts'
import { system as redisSystem } from '../model.ts'
import type { Resp } from '../resp.ts'

/** The family with one more channel kind: a session, which is not drawn to any key. */
export const sessionManifest: FamilyManifest = {
  ...redis,
  channels: [...redis.channels, { type: 'redis.session', title: 'session', summary: '', form: 'solid', from: { types: ['player.client'] }, to: { types: ['redis.server'] }, parallel: 'many', carries: 'both', fields: wireFields(0), docs: [] }],
}

/** What a session hears; set by the player before anything is said. */
export interface SessionListener {
  published(message: Handle, kind: number, pattern: number): void
  replied(answer: Resp): void
  closed(): void
}

/** An endpoint that passes everything through: the protocol core is the one that drawn channels use. Items it is given end here; answers tell of them in words. */
export class SessionEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = true
  readonly client: RedisClient
  listener: SessionListener | null = null
  readonly #context: EndpointContext

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.client = new RedisClient(context.channel, context.end, this)
  }
  isOpen(): boolean {
    return this.client.isOpen
  }
  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.client.receive(op, message, a, b)
  }
  published(message: Handle, kind: number, pattern: number): void {
    this.listener?.published(message, kind, pattern)
    this.#context.node.process(message)
  }
  item(message: Handle): void {
    // What is on the wire was given; anything else the server keeps.
    if (this.#context.node.messages.state(message) === 'on-wire') this.#context.node.process(message)
  }
  replied(answer: Resp): void {
    this.listener?.replied(answer)
  }
  closed(): void {
    this.listener?.closed()
  }
  gone(): void {}
  done(): void {}
  start(): void {}
  wake(): void {}
  crash(): void {}
  opened(): void {}
  settle(): void {}
  reconfigured(): void {}
  send(): 'refused' {
    return 'refused'
  }
}

export const sessionSystem: SystemModule = { ...redisSystem, endpoint: context => new SessionEndpoint(context) }
