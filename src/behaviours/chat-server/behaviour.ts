import { FACT } from '../../contract/fact.ts'
import { WAITING } from '../../contract/ledger.ts'
import { connectionLost } from '../../contract/lost-connection.ts'
import { FLAG_PERSISTENT, FLAG_REPLY, type Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { oneFrame, textOf, type Framing } from './framing.ts'
import { Newcomers, textsIn } from './newcomers.ts'

/** A relay between users and a broker. It keeps nothing: what can't be passed on is lost. */
class ChatServer implements Behaviour {
  readonly #context: BehaviourContext
  readonly #slots: { broadcast: number; clients: number; fromUsers: number; published: number; lost: number; histories: number }
  readonly #newcomers: Newcomers

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = { broadcast: context.probe('broadcast'), clients: context.probe('clients'), fromUsers: context.probe('fromUsers'), published: context.probe('published'), lost: context.probe('lost'), histories: context.probe('histories') }
    this.#newcomers = new Newcomers(context)
  }

  start(): void {
    this.#countClients()
  }
  wake(): void {
    // Nothing here is timed.
  }
  crash(): void {
    this.#newcomers.clear()
    this.#context.level(this.#slots.clients, 0)
  }
  reconfigured(): void {
    // The next line goes the new way.
  }
  endpointsChanged(): void {
    this.#countClients()
  }
  opened(endpoint: Endpoint): void {
    this.#countClients()
    // Who is there when the run begins came before anything was said.
    if (this.#isUser(endpoint) && this.#context.nowNs() > 0 && this.#context.config()['onJoin'] === 'history') this.#newcomers.ask(endpoint)
  }
  closed(endpoint: Endpoint): void {
    this.#countClients()
    if (this.#isUser(endpoint)) this.#newcomers.forget(endpoint)
    else connectionLost(this.#context, endpoint)
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    if (this.#isUser(endpoint)) this.#fromUser(message)
    else if (endpoint.canSend) this.#fromHistory(message)
    else this.#fromBroker(endpoint, message, tag)
  }

  /** Nobody answers for the history. */
  failed(endpoint: Endpoint): boolean {
    connectionLost(this.#context, endpoint)
    return false
  }

  contents(): number {
    return 0
  }
  notes(): readonly string[] {
    const users = this.#users()
    return [users.length === 0 ? 'No users connected' : `Users: ${users.map(endpoint => endpoint.channel.from).join(', ')}`]
  }

  #fromUser(message: Handle): void {
    const context = this.#context
    context.count(this.#slots.fromUsers)
    context.hold(message, WAITING)
    const outlets = context.endpoints.filter(endpoint => endpoint.canSend && !endpoint.canReceive)
    if (outlets.length === 0) return this.#broadcast(message)
    // A copy for the own users first: afterwards the message is no longer here.
    if (context.config()['ownUsers'] === 'directly') this.#broadcast(context.copy(message))
    const said = this.#framed(message)
    const copies = outlets.map((_, index) => (index === 0 ? said : context.copy(said)))
    outlets.forEach((outlet, index) => this.#hand(outlet, copies[index]!, this.#slots.published))
  }

  /** What was said before goes to the newcomer alone: a list of texts from a history service, or the entries of a log themselves. */
  #fromHistory(message: Handle): void {
    const context = this.#context
    const { messages } = context
    const newcomer = this.#newcomers.askedBy(message)
    context.hold(message, WAITING)
    if (!newcomer) return context.discard(message, 'no subscriber')
    if ((messages.flags(message) & FLAG_REPLY) === 0) return this.#hand(newcomer, message, this.#slots.histories)
    for (const body of textsIn(messages.body(message))) this.#hand(newcomer, context.publish({ key: messages.key(message), body, type: 'event', cause: message }), this.#slots.histories)
    context.process(message)
  }

  #fromBroker(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    if (tag === 0) {
      context.hold(message, WAITING)
      this.#broadcast(this.#unframed(message))
      return
    }
    // The copy stays with the queue until it is settled: users get copies of it.
    this.#broadcast(this.#unframed(context.copy(message)))
    endpoint.settle(tag, 'accepted')
  }

  /** What goes to the other servers: as it is, or a frame of its own that begins with the topic. */
  #framed(message: Handle): Handle {
    const { framing, topic } = this.#context.config()
    return framing === 'frames' ? message : this.#inOtherWords(message, String(topic), oneFrame(String(topic), this.#context.messages.body(message)))
  }

  #unframed(message: Handle): Handle {
    const framing = this.#context.config()['framing'] as Framing // a choice field: parsed
    return framing === 'frames' ? message : this.#inOtherWords(message, this.#context.messages.key(message), textOf(this.#context.messages.body(message), framing))
  }

  /** A message that takes the place of another. */
  #inOtherWords(message: Handle, key: string, body: string): Handle {
    const context = this.#context
    const persistent = (context.messages.flags(message) & FLAG_PERSISTENT) !== 0
    const other = context.publish({ key, body, type: context.messages.type(message), persistent, cause: message })
    context.process(message)
    return other
  }

  #broadcast(message: Handle): void {
    const context = this.#context
    const users = this.#users()
    if (users.length === 0) return context.discard(message, 'no subscriber')
    context.count(this.#slots.broadcast)
    context.fact(FACT.broadcast, message, users.length)
    const copies = users.map((_, index) => (index === 0 ? message : context.copy(message)))
    users.forEach((user, index) => this.#hand(user, copies[index]!, null))
  }

  #hand(endpoint: Endpoint, message: Handle, counter: number | null): void {
    if (endpoint.send(message) === 'refused') {
      this.#context.count(this.#slots.lost)
      this.#context.discard(message, 'connection lost')
    } else if (counter !== null) this.#context.count(counter)
  }

  /** Users connect to the server; whom it asks for the history it connects to itself. */
  #isUser(endpoint: Endpoint): boolean {
    return endpoint.canSend && endpoint.canReceive && endpoint.channel.to === this.#context.id
  }

  #users(): readonly Endpoint[] {
    return this.#context.endpoints.filter(endpoint => this.#isUser(endpoint) && endpoint.isOpen())
  }

  #countClients(): void {
    this.#context.level(this.#slots.clients, this.#users().length)
  }
}

export const behaviour: BehaviourModule = { types: ['chat.server'], create: context => new ChatServer(context) }
