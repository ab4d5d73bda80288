import { useEffect, type RefObject } from 'react'

export interface Gestures {
  /** Nearer (over 1) or farther, around a height in the element. */
  readonly zoom: (by: number, y: number) => void
  /** Moved by so many pixels: what is seen goes along. */
  readonly pan: (dx: number, dy: number) => void
  readonly click: (x: number, y: number) => void
  /** Null: the pointer has left. */
  readonly hover: (at: { readonly x: number; readonly y: number } | null) => void
}

/** A notch of a wheel zooms by about a fifth. */
const WHEEL_ZOOM = 0.0022
/** A pinch of a touchpad comes as small steps of a wheel with Ctrl. */
const PINCH_ZOOM = 0.012
/** A click may shake so much. */
const STILL_PX = 4

/** Wheel, drag, pinch and click on an element; Shift with the wheel moves. Coordinates are its content's. */
export function useGestures(ref: RefObject<HTMLElement | null>, gestures: Gestures): void {
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const pointers = new Map<number, { x: number; y: number }>()
    let moved = 0
    const place = (event: MouseEvent): { x: number; y: number } => {
      const { left, top } = element.getBoundingClientRect()
      return { x: event.clientX - left + element.scrollLeft, y: event.clientY - top + element.scrollTop }
    }
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) gestures.pan(-event.deltaX, event.shiftKey ? -event.deltaY : 0)
      else gestures.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM)), place(event).y)
    }
    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0) return
      if (pointers.size === 0) moved = 0
      pointers.set(event.pointerId, place(event))
      element.setPointerCapture(event.pointerId)
    }
    const onMove = (event: PointerEvent): void => {
      const now = place(event)
      const before = pointers.get(event.pointerId)
      if (!before) return gestures.hover(now)
      moved += Math.hypot(now.x - before.x, now.y - before.y)
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1]
      pointers.set(event.pointerId, now)
      if (other) gestures.zoom(Math.max(1, Math.hypot(now.x - other.x, now.y - other.y)) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y)), (now.y + other.y) / 2)
      else if (moved > STILL_PX) gestures.pan(now.x - before.x, now.y - before.y)
    }
    const onUp = (event: PointerEvent): void => {
      const was = pointers.delete(event.pointerId)
      if (was && event.type === 'pointerup' && moved <= STILL_PX && pointers.size === 0) {
        const at = place(event)
        gestures.click(at.x, at.y)
      }
    }
    const onLeave = (): void => gestures.hover(null)
    element.addEventListener('wheel', onWheel, { passive: false })
    element.addEventListener('pointerdown', onDown)
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerup', onUp)
    element.addEventListener('pointercancel', onUp)
    element.addEventListener('pointerleave', onLeave)
    return () => {
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerup', onUp)
      element.removeEventListener('pointercancel', onUp)
      element.removeEventListener('pointerleave', onLeave)
    }
  }, [ref, gestures])
}
