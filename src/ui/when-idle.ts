/** Longest wait, ms, on a page that is never idle. */
const PATIENCE_MS = 3000
/** The page's first moments, ms, belong to the first picture: between its steps the page is idle, too, but its workers and the line are not. */
const FIRST_MS = 700

/** Does something when the page has loaded, shows its first picture and has nothing better to do. Returns the way to call it off. */
export function whenIdle(act: () => void): () => void {
  // Safari has no idle callbacks.
  const ask = (): number => (typeof window.requestIdleCallback === 'function' ? window.requestIdleCallback(act, { timeout: PATIENCE_MS }) : window.setTimeout(act, PATIENCE_MS))
  let handle = 0
  let first = 0
  const begin = (): void => {
    first = window.setTimeout(() => {
      handle = ask()
    }, FIRST_MS)
  }
  if (document.readyState === 'complete') begin()
  else window.addEventListener('load', begin, { once: true })
  return () => {
    window.removeEventListener('load', begin)
    window.clearTimeout(first)
    if (typeof window.cancelIdleCallback === 'function') window.cancelIdleCallback(handle)
    else window.clearTimeout(handle)
  }
}
