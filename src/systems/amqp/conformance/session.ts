import type { ChannelContext } from '../../../contract/context.ts'
import { wireFields } from '../../../contract/fields.ts'
import type { FamilyManifest } from '../../../contract/manifest.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, SystemModule } from '../../../contract/model.ts'
import { AmqpClient, type ClientListener } from '../client.ts'
import type { Reply } from '../control.ts'
import { manifest as amqp } from '../manifest.ts'
import { system as amqpSystem } from '../model.ts'

/** The family with one more channel kind: a session, which is not drawn to any exchange or queue. */
export const sessionManifest: FamilyManifest = {
  ...amqp,
  channels: [...amqp.channels, { type: 'amqp.session', title: 'session', summary: '', form: 'solid', from: { types: ['player.client'] }, to: { types: ['amqp.broker'] }, parallel: 'many', carries: 'both', fields: wireFields(0), docs: [] }],
}

/** What a session hears; set by the player before anything is said. */
export interface SessionListener {
  delivered(consumer: number, message: Handle, tag: number): void
  confirmed(publishNo: number, accepted: boolean): void
  replied(reply: Reply): void
}

/** An endpoint that passes everything through: the protocol core is the one that drawn channels use. */
export class SessionEndpoint implements Endpoint, ClientListener {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = true
  readonly client: AmqpClient
  listener: SessionListener | null = null

  constructor(context: EndpointContext) {
    this.channel = context.channel
    this.client = new AmqpClient(context.channel, context.end, this)
  }
  isOpen(): boolean {
    return this.client.isOpen
  }
  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.client.receive(op, message, a, b)
  }
  delivered(message: Handle, tag: number, consumer: number): void {
    this.listener?.delivered(consumer, message, tag)
  }
  confirmed(publishNo: number, accepted: boolean): void {
    this.listener?.confirmed(publishNo, accepted)
  }
  replied(reply: Reply): void {
    this.listener?.replied(reply)
  }
  start(): void {}
  wake(): void {}
  crash(): void {}
  opened(): void {}
  closed(): void {}
  settle(): void {}
  reconfigured(): void {}
  send(): 'refused' {
    return 'refused'
  }
}

export const sessionSystem: SystemModule = { ...amqpSystem, endpoint: context => new SessionEndpoint(context) }
