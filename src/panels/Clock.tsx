import { app } from '../app/current.ts'
import { clock } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'

/** Simulated time. */
export function Clock() {
  useVersion(app().figures)
  return (
    <span className="pn-clock" role="timer" aria-label="Simulated time">
      {clock(app().figures.nowNs())}
    </span>
  )
}
