import { ArrowRightLeft, ChartLine, ChevronDown, CircleStop, ScrollText } from 'lucide-react'
import { useStore } from 'zustand'
import { actionOf, keyText } from '../app/action.ts'
import { app } from '../app/current.ts'

/** What can be open below the canvas: the action that opens and closes each, its title and its icon. */
const TABS = [
  ['charts', 'Charts', ChartLine],
  ['sequence', 'Sequence', ArrowRightLeft],
  ['log', 'Event log', ScrollText],
  ['breakpoints', 'Breakpoints', CircleStop],
] as const

/** The bar of the pane below the canvas. Pressing the tab that is open folds the pane. */
export function PaneTabs({ open }: { readonly open: 'none' | (typeof TABS)[number][0] }) {
  const count = useStore(app().watching, state => state.breakpoints.filter(one => one.on).length)
  return (
    <div className="pn-panes" role="group" aria-label="Below the canvas">
      {TABS.map(([id, title, Icon]) => {
        const action = actionOf(app(), id)
        const keys = keyText(action)
        return (
          <button key={id} type="button" className="pn-pane" aria-expanded={open === id} title={keys === '' ? action.title : `${action.title} (${keys})`} onClick={() => action.run(app())}>
            <Icon className="pn-pane-icon" aria-hidden="true" />
            {id === 'breakpoints' && count > 0 ? `${title} (${count})` : title}
            {open === id ? <ChevronDown className="pn-pane-fold" aria-hidden="true" /> : null}
          </button>
        )
      })}
    </div>
  )
}
