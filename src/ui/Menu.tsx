import { DropdownMenu } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import { enterMenu } from './enter-menu.ts'
import type { MenuLine, MenuProps } from './MenuButton.tsx'

/** The menu of a `MenuButton`, which opens at once by what the button was pressed with. */
export function Menu({ button, lines, side = 'bottom', align = 'end', modal = true, home, opens }: MenuProps & { readonly opens: 'pointer' | 'keys' }) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    // This button stands in the place of the one that was pressed.
    trigger.current?.focus()
    if (opens === 'pointer') return setOpen(true)
    // From a key the menu knows that the first item is to have the keyboard.
    trigger.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))
  }, [opens])
  return (
    <DropdownMenu.Root modal={modal} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild ref={trigger}>
        {button}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={home ?? null}>
        <DropdownMenu.Content className="ui-menu" side={side} align={align} sideOffset={6} collisionPadding={8} onFocus={enterMenu}>
          {lines().map((line, at) => (
            <Line key={line === 'rule' ? at : line.title} line={line} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Line({ line }: { readonly line: MenuLine }) {
  if (line === 'rule') return <DropdownMenu.Separator className="ui-menu-rule" />
  return (
    <DropdownMenu.Item className="ui-menu-item" disabled={line.disabled ?? false} onSelect={line.act}>
      <span>
        {line.title}
        <small>{line.says}</small>
      </span>
      {line.keys === undefined ? null : <kbd className="ui-kbd">{line.keys}</kbd>}
    </DropdownMenu.Item>
  )
}
