import { ArrowRightLeft, CircleStop, ScrollText } from 'lucide-react'
import { useStore } from 'zustand'
import { actionOf, keyText } from '../app/action.ts'
import { app } from '../app/current.ts'
import { Button } from '../ui/Button.tsx'

/** What can stand in the place of the charts. */
export function PaneTabs() {
  const open = useStore(app().session, state => state.pane)
  const count = useStore(app().watching, state => state.breakpoints.filter(one => one.on).length)
  return (
    <>
      <Tab id="sequence" open={open === 'sequence'} title="Sequence" icon={<ArrowRightLeft />} />
      <Tab id="log" open={open === 'log'} title="Event log" icon={<ScrollText />} />
      <Tab id="breakpoints" open={open === 'breakpoints'} title={count === 0 ? 'Breakpoints' : `Breakpoints (${count})`} icon={<CircleStop />} />
    </>
  )
}

function Tab({ id, open, title, icon }: { readonly id: 'sequence' | 'log' | 'breakpoints'; readonly open: boolean; readonly title: string; readonly icon: React.ReactNode }) {
  const action = actionOf(app(), id)
  return (
    <Button aria-expanded={open} title={`${action.title} (${keyText(action)})`} onClick={() => action.run(app())}>
      {icon}
      {title}
    </Button>
  )
}
