import type { Alarm, NodeContext } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import type { Config } from '../../topology/document.ts'
import { forEachCopy, releaseSaved, restoreKey, saveKey, type SavedKey } from './saved-key.ts'
import type { RedisServer } from './server.ts'

const NS_A_SECOND = 1e9

/** `save 60 10000`: after so many seconds if there were so many changes. */
interface SaveRule {
  readonly afterNs: number
  readonly changes: number
}

/**
 * What survives a crash: what stood in a file. RDB saves by its rules, AOF with every command or once a second. Copies that were saved and have
 * left since come back as new copies: work that was done is done again. Saving takes no time here.
 */
export class Persistence {
  readonly #server: RedisServer
  readonly #signal: number
  readonly #saved = new Map<string, SavedKey>()
  /** Names of keys that changed since they were saved. */
  readonly #dirty = new Set<string>()
  #changes = 0
  #savedNs = 0
  #alarm: Alarm = 0
  #alarmNs = 0
  #kind: string
  #rules: readonly SaveRule[]

  constructor(server: RedisServer, signal: number) {
    this.#server = server
    this.#signal = signal
    const config = server.container.config()
    this.#kind = String(config['persistence'])
    this.#rules = rulesOf(config)
  }

  start(): void {
    this.#savedNs = this.#server.container.nowNs()
  }

  changed(name: string): void {
    if (this.#kind === 'none' || this.#kind === 'aof-always') return
    this.#dirty.add(name)
    this.#changes += 1
    this.#plan()
  }

  /** The alarm went off. */
  due(): void {
    this.#alarm = 0
    const now = this.#server.container.nowNs()
    if (this.#kind === 'aof-everysec' || this.#rules.some(rule => this.#changes >= rule.changes && now - this.#savedNs >= rule.afterNs)) this.#save()
    else this.#plan()
  }

  /** Claim redis.restart.stop: whoever saves at all saves once more. */
  stop(): void {
    if (this.#kind === 'aof-everysec' || (this.#kind === 'rdb' && this.#rules.length > 0)) this.#save()
    this.crash()
  }

  /** Everything that isn't in the file is gone, and what is in it is back. */
  crash(): void {
    this.#stopAlarm()
    if (this.#kind === 'aof-always') return
    const { keys } = this.#server
    const there = new Map<Handle, NodeContext>()
    for (const key of keys.all()) forEachCopy(key, (message, node) => there.set(message, node))
    keys.forgetAll()
    for (const saved of this.#saved.values()) restoreKey(keys, saved, message => there.delete(message))
    for (const [message, node] of there) node.discard(message, 'broker crashed')
    for (const key of keys.all()) this.#dirty.add(key.name)
    this.#save()
  }

  /** Another way of saving begins with what there is now. */
  reconfigured(before: Config): void {
    const config = this.#server.container.config()
    if (before['persistence'] === config['persistence'] && before['save'] === config['save']) return
    this.#stopAlarm()
    this.#kind = String(config['persistence'])
    this.#rules = rulesOf(config)
    for (const key of this.#server.keys.all()) this.#dirty.add(key.name)
    if (this.#kind === 'aof-everysec') this.#save()
    else if (this.#kind === 'rdb') this.#plan()
    else this.#forget()
  }

  #save(): void {
    const { messages } = this.#server.container
    for (const name of this.#dirty) {
      const old = this.#saved.get(name)
      if (old) releaseSaved(messages, old)
      const key = this.#server.keys.get(name)
      if (key) this.#saved.set(name, saveKey(key))
      else this.#saved.delete(name)
    }
    this.#dirty.clear()
    this.#changes = 0
    this.#savedNs = this.#server.container.nowNs()
  }

  #forget(): void {
    for (const saved of this.#saved.values()) releaseSaved(this.#server.container.messages, saved)
    this.#saved.clear()
    this.#dirty.clear()
    this.#changes = 0
  }

  /** Sets the alarm for the earliest time at which something may have to be saved. */
  #plan(): void {
    const { container } = this.#server
    const now = container.nowNs()
    let atNs = this.#kind === 'aof-everysec' ? now + NS_A_SECOND : Infinity
    if (this.#kind === 'rdb') for (const rule of this.#rules) if (this.#changes >= rule.changes) atNs = Math.min(atNs, Math.max(now, this.#savedNs + rule.afterNs))
    if (atNs === Infinity || (this.#alarm !== 0 && this.#alarmNs <= atNs)) return
    this.#stopAlarm()
    this.#alarm = container.after(atNs - now, this.#signal, 0)
    this.#alarmNs = atNs
  }

  #stopAlarm(): void {
    if (this.#alarm !== 0) this.#server.container.cancel(this.#alarm)
    this.#alarm = 0
  }
}

function rulesOf(config: Config): readonly SaveRule[] {
  const words = String(config['save']).split(/\s+/).map(Number)
  const rules: SaveRule[] = []
  for (let n = 0; n + 1 < words.length; n += 2) if (words[n]! > 0 && words[n + 1]! > 0) rules.push({ afterNs: words[n]! * NS_A_SECOND, changes: words[n + 1]! })
  return rules
}
