import { lazy, useState, type ComponentType } from 'react'

export interface Lazily<Props> {
  /** Suspends while its code is on the way; drawn at once when that has come. */
  readonly Component: ComponentType<Props>
  /** Fetches the code before anybody asks for it. What fails (somebody leaves the page meanwhile) is fetched again, and said, when somebody does. */
  readonly ahead: () => void
}

/** A component whose code comes when it is drawn first, or is fetched before. Unlike with `lazy` alone, what was fetched is drawn without a moment of nothing. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): Lazily<Props> {
  let loaded: ComponentType<Props> | undefined
  const fetch = async (): Promise<{ readonly default: ComponentType<Props> }> => {
    loaded = await load()
    return { default: loaded }
  }
  const Waiting = lazy(fetch) as unknown as ComponentType<Props> // a lazy component takes the props of what it loads
  const Component = (props: Props) => {
    // The same one for as long as it is mounted: another would begin anew.
    const [Shown] = useState(() => loaded ?? Waiting)
    return <Shown {...props} />
  }
  return { Component, ahead: () => void fetch().catch(() => {}) }
}
