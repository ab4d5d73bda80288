import type { FocusEvent } from 'react'

/** `onFocus` of a modal menu's content: opened by a key, its first item has the keyboard. Radix gives it to the menu itself where its items have registered too late for that. */
export function enterMenu({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (target !== currentTarget || !currentTarget.matches(':focus-visible')) return
  queueMicrotask(() => {
    if (document.activeElement === currentTarget) currentTarget.querySelector<HTMLElement>('[role="menuitem"]:not([data-disabled])')?.focus({ preventScroll: true })
  })
}
