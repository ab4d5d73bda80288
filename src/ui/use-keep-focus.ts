import { useEffect, type RefObject } from 'react'
import { nobodyHasFocus } from './nobody-has-focus.ts'

/** In a list whose lines go (a breakpoint removed, a row deleted) the keyboard goes on at what has come to the same place, or else to the list itself; `stops` are the places it can be at. */
export function useKeepFocus(list: RefObject<HTMLElement | null>, stops = 'input, button:not(:disabled)'): void {
  useEffect(() => {
    const self = list.current
    if (!self) return undefined
    // What has the keyboard, and the places above it: some of those may go at the same time.
    let had: { readonly element: Element; readonly above: readonly Element[] } | null = null
    const places = (): readonly HTMLElement[] => [...self.querySelectorAll<HTMLElement>(stops)]
    const onFocus = ({ target }: FocusEvent): void => {
      const all = places()
      const at = target instanceof Element ? all.findIndex(place => place.contains(target)) : -1
      had = target instanceof Element && at >= 0 ? { element: target, above: all.slice(0, at) } : null
    }
    const observer = new MutationObserver(() => {
      if (!had || had.element.isConnected || !nobodyHasFocus()) return
      const left = places()
      const at = had.above.filter(place => place.isConnected).length
      had = null
      const next = left[Math.min(at, left.length - 1)] ?? self
      next.focus()
    })
    self.addEventListener('focusin', onFocus)
    observer.observe(self, { childList: true, subtree: true })
    return () => {
      self.removeEventListener('focusin', onFocus)
      observer.disconnect()
    }
  }, [list, stops])
}
