/** Longest wait, ms, on a page that is never idle. */
const PATIENCE_MS = 3000

/** Does something when the page has loaded and has nothing better to do. Returns the way to call it off. */
export function whenIdle(act: () => void): () => void {
  // Safari has no idle callbacks.
  const ask = (): number => (typeof window.requestIdleCallback === 'function' ? window.requestIdleCallback(act, { timeout: PATIENCE_MS }) : window.setTimeout(act, PATIENCE_MS))
  let handle = 0
  const begin = (): void => {
    handle = ask()
  }
  if (document.readyState === 'complete') begin()
  else window.addEventListener('load', begin, { once: true })
  return () => {
    window.removeEventListener('load', begin)
    if (typeof window.cancelIdleCallback === 'function') window.cancelIdleCallback(handle)
    else window.clearTimeout(handle)
  }
}
