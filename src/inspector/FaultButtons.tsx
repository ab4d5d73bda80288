import { CircleStop, Power, RotateCcw } from 'lucide-react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { stopOf } from '../app/faults.ts'
import { findNode, type Topology } from '../topology/document.ts'
import { Button } from '../ui/Button.tsx'
import { useVersion } from '../ui/use-version.ts'

/** Down at once, down in good order where that makes a difference, or up again. */
export function FaultButtons({ id }: { readonly id: string }) {
  const { figures, commands } = app()
  useVersion(figures)
  const stop = useStop(id)
  const whole = useStore(app().document, state => wholeName(state.topology, id))
  if (figures.node(id)?.state === 'down')
    return (
      <Button look="outline" onClick={() => void commands.fault({ fault: 'restart', node: id })}>
        <RotateCcw />
        <span className="in-cut">Restart{whole}</span>
      </Button>
    )
  return (
    <>
      <Button look="outline" onClick={() => void commands.fault({ fault: 'crash', node: id })}>
        <Power />
        <span className="in-cut">Crash{whole}</span>
      </Button>
      {stop === null ? null : (
        <Button look="outline" aria-describedby={lineId(id)} onClick={() => void commands.fault({ fault: 'stop', node: id })}>
          <CircleStop />
          Stop
        </Button>
      )}
    </>
  )
}

/** " RabbitMQ" for what lives in it: it goes down and comes back with the whole. */
function wholeName(topology: Topology, id: string): string {
  const whole = findNode(topology, findNode(topology, id)?.within ?? '')
  return whole ? ` ${whole.label}` : ''
}

/** What an orderly stop leaves and a crash doesn't. */
export function StopLine({ id }: { readonly id: string }) {
  useVersion(app().figures)
  const stop = useStop(id)
  return stop === null || app().figures.node(id)?.state === 'down' ? null : (
    <p className="in-stop ui-muted" id={lineId(id)}>
      {stop}
    </p>
  )
}

function useStop(id: string): string | null {
  return useStore(app().document, state => stopOf(app().catalogue, state.topology, id))
}

function lineId(id: string): string {
  return `stop-of-${id}`
}
