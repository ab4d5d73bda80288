/** The entry that the keyboard is to go back to, when its list is there again. */
let awaited = 0

/** A message was closed. The keyboard goes back to the list that asks for it; until its entry is listed again it waits at the tab, unless it has gone elsewhere meanwhile. */
export function returnFocusTo(handle: number): void {
  awaited = handle
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return
    const list = document.querySelector<HTMLElement>('[data-awaits-focus]')
    list?.removeAttribute('data-awaits-focus')
    const place = list ?? tab()
    place?.focus()
  })
}

/** Asked by each entry as it is put into the page. */
export function takesFocus(handle: number): boolean {
  if (handle !== awaited) return false
  awaited = 0
  return document.activeElement === document.body || document.activeElement === tab()
}

function tab(): HTMLElement | null {
  return document.querySelector<HTMLElement>('aside[aria-label="Inspector"] [role="tab"][aria-selected="true"]')
}
