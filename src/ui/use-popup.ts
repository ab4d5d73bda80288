import { useEffect, useRef, type RefObject } from 'react'

/** A small window that is no modal dialog. Escape ends it wherever the keyboard is, since what had the focus in it may have gone; so does a press, or the focus, outside of it. */
export function usePopup(popup: RefObject<HTMLElement | null>, end: (by: 'escape' | 'outside') => void): void {
  const latest = useRef(end)
  useEffect(() => {
    latest.current = end
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      latest.current('escape')
    }
    const onOutside = (event: Event): void => {
      if (event.target instanceof Node && !popup.current?.contains(event.target)) latest.current('outside')
    }
    // Before anybody else: what is open goes first, and only that.
    window.addEventListener('keydown', onKey, { capture: true })
    document.addEventListener('focusin', onOutside)
    document.addEventListener('pointerdown', onOutside, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      document.removeEventListener('focusin', onOutside)
      document.removeEventListener('pointerdown', onOutside, { capture: true })
    }
  }, [popup])
}
