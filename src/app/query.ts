/** Presentation switches in the query of the address. They never change a result; a bad value counts as absent. */
export interface Query {
  readonly theme?: 'light' | 'dark'
  readonly motion?: 'full' | 'reduced'
  /** Id of a starter to open instead of what was saved. */
  readonly starter?: string
  /** How tokens are drawn, instead of what the machine is found to be good at. */
  readonly painter?: 'webgl' | 'blitter' | 'canvas'
  /** `play=0`: open paused. */
  readonly play: boolean
  /** `present=1`: begin as a presentation. */
  readonly present: boolean
}

export function readQuery(search: string): Query {
  const parameters = new URLSearchParams(search)
  const theme = parameters.get('theme')
  const motion = parameters.get('motion')
  const starter = parameters.get('starter')
  const painter = parameters.get('painter')
  return {
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(motion === 'full' || motion === 'reduced' ? { motion } : {}),
    ...(starter === null ? {} : { starter }),
    ...(painter === 'webgl' || painter === 'blitter' || painter === 'canvas' ? { painter } : {}),
    play: parameters.get('play') !== '0',
    present: parameters.get('present') === '1',
  }
}
