import type { App } from './app.ts'

let current: App | null = null

/** Called once by the composition root, before anything is rendered. */
export function setApp(built: App): void {
  current = built
}

/** The page's one App. Throws before setApp: a composition root forgot it. */
export function app(): App {
  if (!current) throw new Error('app() was called before setApp()')
  return current
}
