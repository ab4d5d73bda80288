import type { KeyboardEvent } from 'react'

/** What a key does in a row of controls that is one tab stop: to the neighbour, round at the ends, or to an end. */
export function stepInRow(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (at + 1) % count
    case 'ArrowLeft':
    case 'ArrowUp':
      return (at - 1 + count) % count
    case 'Home':
    case 'PageUp':
      return 0
    case 'End':
    case 'PageDown':
      return count - 1
    default:
      return null
  }
}

/** `onKeyDown` of the element around the controls: gives the next one the keyboard. Which of them is the tab stop is theirs to say. */
export function walkRow(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')]
  const next = stepInRow(event.key, controls.indexOf(document.activeElement as HTMLElement), controls.length) // an element that isn't one of them is at −1
  if (next === null) return
  event.preventDefault()
  controls[next]!.focus()
}
