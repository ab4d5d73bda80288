import { app } from '../app/current.ts'
import { POSITIONS, positionOf, stepped, valueAt, type SliderScale } from './slider-scale.ts'

interface SliderProps {
  readonly label: string
  readonly scale: SliderScale
  readonly value: number | null
  readonly unit: string
  /** What null is called. */
  readonly none: string
  readonly onChange: (value: number) => void
}

/** Sets a number by hand or by arrow keys, while everything runs; one drag is one step to undo. */
export function Slider({ label, scale, value, unit, none, onChange }: SliderProps) {
  const { settle } = app().commands
  const change = (next: number): void => {
    if (next !== value) onChange(next)
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = ['ArrowRight', 'ArrowUp'].includes(event.key) ? 1 : ['ArrowLeft', 'ArrowDown'].includes(event.key) ? -1 : 0
    if (by === 0 || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    change(stepped(scale, value ?? scale.max, by))
  }
  return (
    <input
      type="range"
      className="in-slider"
      aria-label={`${label} on a scale`}
      aria-valuetext={value === null ? none : `${value} ${unit}`}
      data-none={value === null}
      min={0}
      max={POSITIONS}
      value={value === null ? POSITIONS : positionOf(scale, value)}
      onChange={event => change(valueAt(scale, Number(event.target.value)))}
      onKeyDown={onKeyDown}
      onPointerUp={settle}
      onBlur={settle}
    />
  )
}
