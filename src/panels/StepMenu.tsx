import { ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { actionOf, keyText } from '../app/action.ts'
import { app } from '../app/current.ts'
import { MenuButton } from '../ui/MenuButton.tsx'

/** How far a step goes: an event, a hop, a message. */
export function StepMenu() {
  // In the landmark of the bar, and beside a page that goes on living.
  const [home, setHome] = useState<HTMLElement | null>(null)
  return (
    <>
      <span ref={setHome} />
      <MenuButton
        modal={false}
        home={home}
        side="top"
        align="start"
        button={
          <button type="button" className="ui-button pn-step-more" data-look="plain" data-square="true" aria-label="Other steps" title="Step one hop or one message">
            <ChevronUp />
          </button>
        }
        lines={() =>
          ['step', 'step-hop', 'step-message'].map(id => {
            const action = actionOf(app(), id)
            return { title: action.title, says: action.detail, act: () => action.run(app()), keys: keyText(action) }
          })
        }
      />
    </>
  )
}
