import { CircleHelp, Pause, Play, Rewind, StepForward, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { actionOf } from '../app/action.ts'
import { app } from '../app/current.ts'
import { SPEEDS } from '../app/run-commands.ts'
import { HEAD_EVENTS_PER_SECOND, HEAD_SPEED_REACHED } from '../contract/figures.ts'
import { SEED_MAX } from '../topology/document.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { short } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import type { Speed } from '../worker/api.ts'
import { Clock } from './Clock.tsx'
import { StepMenu } from './StepMenu.tsx'
import { Timeline } from './Timeline.tsx'

/** How far behind the chosen speed the engine may be before the bar says so. */
const BEHIND = 0.85

export function Transport() {
  const { commands, run } = app()
  const running = useStore(run, state => state.status === 'running')
  return (
    <footer className="pn-transport" aria-label="Transport">
      <IconButton name="Back to the start" onClick={() => actionOf(app(), 'reset').run(app())}>
        <Rewind />
      </IconButton>
      <IconButton name={running ? 'Pause' : 'Play'} hint={running ? 'Pause (Space)' : 'Play (Space)'} look="primary" onClick={() => commands.toggle()}>
        {running ? <Pause /> : <Play />}
      </IconButton>
      <IconButton name="Step one event" hint="Step one event (.)" onClick={() => void commands.step('event')}>
        <StepForward />
      </IconButton>
      <StepMenu />
      <Clock />
      <Timeline />
      <SpeedControl />
      <Seed />
      <Rate />
      <Troubles />
      <IconButton name="Keys" hint="Show the keys (?)" onClick={() => commands.patchSession({ dialog: { dialog: 'keys' } })}>
        <CircleHelp />
      </IconButton>
    </footer>
  )
}

function SpeedControl() {
  const speed = useStore(app().run, state => state.speed)
  return (
    <label className="pn-field">
      <span className="pn-wide">speed</span>
      <select className="ui-input" aria-label="Speed" value={String(speed)} onChange={event => app().commands.setSpeed(event.target.value === 'max' ? 'max' : Number(event.target.value))}>
        {SPEEDS.map(one => (
          <option key={one} value={String(one)}>
            {speedText(one)}
          </option>
        ))}
      </select>
    </label>
  )
}

function speedText(speed: Speed): string {
  return speed === 'max' ? 'max' : `${speed}×`
}

function Seed() {
  const seed = useStore(app().document, state => state.topology.seed)
  const [draft, setDraft] = useState<string | null>(null)
  const commit = (): void => {
    const value = Number(draft)
    if (draft !== null && draft.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= SEED_MAX) app().commands.setSeed(value)
    else if (draft !== null) app().commands.notify('problem', `The seed must be a whole number from 0 to ${SEED_MAX}.`)
    setDraft(null)
  }
  return (
    <label className="pn-field pn-seed">
      <span className="pn-wide">seed</span>
      <input
        className="ui-input"
        aria-label="Seed"
        inputMode="numeric"
        value={draft ?? String(seed)}
        onChange={event => setDraft(event.target.value)}
        onBlur={() => draft !== null && commit()}
        onKeyDown={event => event.key === 'Enter' && commit()}
      />
    </label>
  )
}

function Rate() {
  const { figures, run } = app()
  useVersion(figures)
  const { status, speed } = useStore(run)
  const frame = figures.head()
  if (status === 'ended') return <span className="pn-rate">The run has ended</span>
  const reached = frame[HEAD_SPEED_REACHED] ?? 0
  const events = `${short(Math.round(frame[HEAD_EVENTS_PER_SECOND] ?? 0))} events/s`
  const behind = status === 'running' && speed !== 'max' && reached > 0 && reached < speed * BEHIND
  return (
    <span className="pn-rate">
      {behind ? (
        <span className="pn-slow">reached {Number(reached.toPrecision(2))}× </span>
      ) : null}
      {events}
    </span>
  )
}

/** What products refuse now: the way to the list of it. */
function Troubles() {
  const count = useStore(app().run, state => state.troubles.length)
  if (count === 0) return null
  const text = count === 1 ? '1 problem' : `${count} problems`
  return (
    <Button look="danger" aria-label={text} onClick={() => app().commands.patchSession({ selection: { nodes: [], channels: [] }, drawer: 'inspector' })}>
      <TriangleAlert />
      <span className="pn-wide">{text}</span>
    </Button>
  )
}
