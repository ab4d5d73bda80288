import { CircleStop, Power, RotateCcw } from 'lucide-react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { stopOf } from '../app/faults.ts'
import { Button } from '../ui/Button.tsx'
import { useVersion } from '../ui/use-version.ts'

/** Down at once, down in good order where that makes a difference, or up again. */
export function FaultButtons({ id }: { readonly id: string }) {
  const { figures, commands } = app()
  useVersion(figures)
  const stop = useStop(id)
  if (figures.node(id)?.state === 'down')
    return (
      <Button look="outline" onClick={() => void commands.fault({ fault: 'restart', node: id })}>
        <RotateCcw />
        Restart
      </Button>
    )
  return (
    <>
      <Button look="outline" onClick={() => void commands.fault({ fault: 'crash', node: id })}>
        <Power />
        Crash
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

/** What an orderly stop leaves and a crash doesn't. */
export function StopLine({ id }: { readonly id: string }) {
  const stop = useStop(id)
  return stop === null ? null : (
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
