import { useEffect, useState, type FocusEvent, type PointerEvent, type ReactNode } from 'react'

/** What is said of a control while it is hovered or has the keyboard. */
export interface Tip {
  readonly says: ReactNode
  /** How long a pointer has to rest on it, ms. */
  readonly delayMs?: number
  readonly className?: string
  readonly side?: 'top' | 'right'
}

/** The one tip that is shown, and of what. */
export interface ShownTip extends Tip {
  readonly anchor: HTMLElement
}

type Listener = (tip: ShownTip | null) => void

const DELAY_MS = 400
/** Who has just read one reads the next at once. */
const SKIP_DELAY_MS = 300

/** Which tip is shown: at most one, whoever it belongs to. What draws it comes with the first (TipHost.tsx). */
class Tips {
  #shown: ShownTip | null = null
  #listener: Listener | null = null
  #timer = 0
  #hiddenAt = -Infinity
  #isDrawn = false

  listen(listener: Listener): () => void {
    this.#listener = listener
    return () => {
      this.#listener = null
    }
  }

  isOf(anchor: HTMLElement | null): boolean {
    return this.#shown !== null && this.#shown.anchor === anchor
  }

  show(anchor: HTMLElement, tip: Tip): void {
    window.clearTimeout(this.#timer)
    this.#set({ ...tip, anchor })
  }

  showSoon(anchor: HTMLElement, tip: Tip): void {
    window.clearTimeout(this.#timer)
    if (this.#shown !== null || performance.now() - this.#hiddenAt < SKIP_DELAY_MS) return this.show(anchor, tip)
    this.#timer = window.setTimeout(() => this.show(anchor, tip), tip.delayMs ?? DELAY_MS)
  }

  /** What draws tips has come: who leaves a control may walk onto its tip from now on. */
  drawn(): void {
    this.#isDrawn = true
  }

  /** One that is waited for comes no more; one that is drawn may still be walked to by the pointer. */
  leave(): void {
    if (this.#isDrawn) window.clearTimeout(this.#timer)
    else this.hide()
  }

  hide(): void {
    window.clearTimeout(this.#timer)
    if (this.#shown !== null) this.#hiddenAt = performance.now()
    this.#set(null)
  }

  #set(tip: ShownTip | null): void {
    if (tip === this.#shown) return
    this.#shown = tip
    this.#listener?.(tip)
  }
}

export const tips = new Tips()

/** What a control tells of itself: the handlers that go onto it, and the tip that it has now. */
class TipOwner {
  #tip: Tip
  #anchor: HTMLElement | null = null
  #inside = false
  #pressed = false

  constructor(tip: Tip) {
    this.#tip = tip
  }

  readonly handlers = {
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      if (event.pointerType === 'touch' || this.#inside) return
      this.#inside = true
      this.#anchor = event.currentTarget
      tips.showSoon(this.#anchor, this.#tip)
    },
    onPointerLeave: (): void => {
      this.#inside = false
      tips.leave()
    },
    onPointerDownCapture: (): void => {
      tips.hide()
      this.#pressed = true
      document.addEventListener('pointerup', () => (this.#pressed = false), { once: true })
    },
    onFocus: (event: FocusEvent<HTMLElement>): void => {
      if (this.#pressed) return
      this.#anchor = event.currentTarget
      tips.show(this.#anchor, this.#tip)
    },
    onBlur: (): void => tips.hide(),
    onClickCapture: (): void => tips.hide(),
  }

  /** What it says may change while it is read. */
  change(tip: Tip): void {
    this.#tip = tip
    if (this.#anchor && tips.isOf(this.#anchor)) tips.show(this.#anchor, tip)
  }

  gone(): void {
    if (tips.isOf(this.#anchor)) tips.hide()
  }
}

/** Handlers of the control that the tip is about. */
export function useTip(tip: Tip): TipOwner['handlers'] {
  const [owner] = useState(() => new TipOwner(tip))
  useEffect(() => owner.change(tip))
  useEffect(() => () => owner.gone(), [owner])
  return owner.handlers
}
