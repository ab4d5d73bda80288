import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { actionOf, keyText } from '../app/action.ts'
import { app } from '../app/current.ts'

/** How far a step goes: an event, a hop, a message. */
export function StepMenu() {
  // In the landmark of the bar, and beside a page that goes on living.
  const [home, setHome] = useState<HTMLElement | null>(null)
  return (
    <DropdownMenu.Root modal={false}>
      <span ref={setHome} />
      <DropdownMenu.Trigger asChild>
        <button type="button" className="ui-button pn-step-more" data-look="plain" data-square="true" aria-label="Other steps" title="Step one hop or one message">
          <ChevronDown />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={home}>
        <DropdownMenu.Content className="ui-menu" side="top" align="start" sideOffset={6} collisionPadding={8}>
          {['step', 'step-hop', 'step-message'].map(id => {
            const action = actionOf(app(), id)
            return (
              <DropdownMenu.Item key={id} className="ui-menu-item pn-step" onSelect={() => action.run(app())}>
                <span>
                  {action.title}
                  <small>{action.detail}</small>
                </span>
                <kbd className="ui-kbd">{keyText(action)}</kbd>
              </DropdownMenu.Item>
            )
          })}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
