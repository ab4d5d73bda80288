import { selection, type Selection } from 'd3-selection'

/**
 * Stands in for the package d3-transition (vite.config.ts): what the camera needs of it, a tween of one element. The package moves attributes
 * and styles of many elements, with colours and strings, none of which is in the page; it would be a twentieth of what is loaded first.
 */
type Handler = (this: Element, datum: unknown, index: number, group: readonly Element[]) => void
type Tween = (this: Element, datum: unknown, index: number, group: readonly Element[]) => (share: number) => void
type OneElement = Selection<Element, unknown, null, undefined>

/** What d3-transition has, too. */
const DURATION_MS = 250
const running = new WeakMap<Element, Transition>()

/** Stops what moves this element, and tells whoever waits for its end. */
export function interrupt(element: Element): void {
  running.get(element)?.interrupt()
}

class Transition {
  readonly #selection: OneElement
  readonly #element: Element
  readonly #handlers = new Map<string, Handler>()
  readonly #startMs = performance.now()
  #durationMs = DURATION_MS
  #ease = (share: number): number => share
  #tween: Tween | null = null
  #move: ((share: number) => void) | null = null
  #frame = 0

  constructor(of: OneElement) {
    this.#selection = of
    this.#element = of.node()!
    this.#frame = requestAnimationFrame(now => this.#step(now))
    // What is on its way ends here; what has not begun never does.
    interrupt(this.#element)
    running.set(this.#element, this)
  }

  selection(): OneElement {
    return this.#selection
  }

  duration(ms: number): this {
    this.#durationMs = ms
    return this
  }

  ease(ease: (share: number) => number): this {
    this.#ease = ease
    return this
  }

  /** Event names with a namespace each: "start.zoom", "interrupt.zoom end.zoom", "end". */
  on(names: string, handler: Handler): this {
    for (const name of names.split(' ')) this.#handlers.set(name, handler)
    return this
  }

  tween(_name: string, tween: Tween): this {
    this.#tween = tween
    return this
  }

  interrupt(): void {
    cancelAnimationFrame(this.#frame)
    running.delete(this.#element)
    if (this.#move) this.#tell('interrupt')
  }

  #step(now: number): void {
    if (!this.#move) {
      this.#tell('start')
      this.#move = this.#tween?.call(this.#element, undefined, 0, [this.#element]) ?? (() => {})
    }
    const share = Math.min(1, Math.max(0, (now - this.#startMs) / this.#durationMs))
    this.#move(share === 1 ? 1 : this.#ease(share))
    if (share < 1) {
      this.#frame = requestAnimationFrame(next => this.#step(next))
      return
    }
    running.delete(this.#element)
    this.#tell('end')
  }

  #tell(what: string): void {
    for (const [name, handler] of this.#handlers) if (name.split('.')[0] === what) handler.call(this.#element, undefined, 0, [this.#element])
  }
}

Object.assign(selection.prototype, {
  interrupt(this: OneElement) {
    return this.each(function () {
      interrupt(this)
    })
  },
  transition(this: OneElement) {
    return new Transition(this)
  },
})
