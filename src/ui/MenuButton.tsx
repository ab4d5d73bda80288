import { cloneElement, Suspense, useState, type ButtonHTMLAttributes, type ReactElement } from 'react'
import { lazily } from './lazily.tsx'

const menu = lazily(async () => (await import('./Menu.tsx')).Menu)
const { Component: Menu } = menu

type Trigger = ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>

/** `says` explains the title; `rule` parts what is above from what is below. */
export type MenuLine = 'rule' | { readonly title: string; readonly says: string | undefined; readonly act: () => void; readonly disabled?: boolean; readonly keys?: string }

export interface MenuProps {
  /** The button; the same one before and after the menu's code has come. */
  readonly button: Trigger
  /** What the menu holds, asked for when it is open. */
  readonly lines: () => readonly MenuLine[]
  readonly side?: 'top' | 'bottom'
  readonly align?: 'start' | 'end'
  /** The page goes on living beside an open menu. */
  readonly modal?: boolean
  /** Where it is put in the page: in its landmark; the body by default. */
  readonly home?: HTMLElement | null
}

/** A button with a menu, whose code is fetched when somebody reaches for it. The press that fetches it opens it. */
export function MenuButton(props: MenuProps) {
  const [opens, setOpens] = useState<'pointer' | 'keys' | null>(null)
  const waiting = cloneElement(props.button, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: menu.ahead,
    onFocus: menu.ahead,
    // A press of a key on a button is a click without a pointer.
    onClick: event => setOpens(event.detail === 0 ? 'keys' : 'pointer'),
    onKeyDown: event => {
      if (event.key !== 'ArrowDown') return
      event.preventDefault()
      setOpens('keys')
    },
  })
  if (opens === null) return waiting
  return (
    <Suspense fallback={waiting}>
      <Menu {...props} opens={opens} />
    </Suspense>
  )
}
