/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions -- a combobox with a listbox, as the ARIA practices draw it: no tags exist for its parts */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { focusCanvas } from '../app/view.ts'
import { canvasUi, stopPicking } from './canvas-ui.ts'
import { connectChoices, type ConnectChoice } from '../app/connect-choices.ts'
import type { Box } from '../app/node-sizes.ts'
import { KindIcon } from './kind-icon.tsx'
import { takeFocus } from '../ui/take-focus.ts'
import { usePopup } from '../ui/use-popup.ts'
import type { Scene } from './scene.ts'
import { usePlaceBeside } from './use-place.ts'
import './ConnectPicker.css'

/** Connecting without a pointer: a list of what fits, to search and to choose from. */
export function ConnectPicker({ scene }: { readonly scene: Scene }) {
  const picking = useStore(canvasUi, ui => ui.picking)
  // A list of ways to one node stands beside that node, where the pointer let go.
  const box = picking === null ? undefined : scene.boxes.get(picking.to ?? picking.from)
  return picking !== null && box ? <Picker key={`${picking.from} ${picking.to ?? ''}`} scene={scene} from={picking.from} to={picking.to} box={box} /> : null
}

function Picker({ scene, from, to, box }: { readonly scene: Scene; readonly from: string; readonly to: string | null; readonly box: Box }) {
  const { commands, catalogue } = app()
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const popup = useRef<HTMLDivElement>(null)
  usePopup(popup, by => (by === 'escape' ? close() : stopPicking()))
  const all = useMemo(() => connectChoices(catalogue, scene.topology, (other: string) => commands.planConnection(from, other), to), [catalogue, commands, scene.topology, from, to])
  const choices = all.filter(choice => `${choice.label} ${choice.detail}`.toLowerCase().includes(search.toLowerCase()))
  const labelOf = (id: string) => scene.topology.nodes.find(node => node.id === id)?.label ?? id
  const says = to === null ? `Connect ${labelOf(from)} to` : `Connect ${labelOf(from)} to ${labelOf(to)} by`
  const chosen = choices[Math.min(at, choices.length - 1)]
  const choose = (choice: ConnectChoice | undefined) => {
    if (!choice) return
    commands.connect(from, choice.to, choice.type)
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && choices.length > 0) setAt((Math.min(at, choices.length - 1) + step + choices.length) % choices.length)
    if (event.key === 'Enter') choose(chosen)
    if (step !== 0 || event.key === 'Enter' || event.key === 'Tab') event.preventDefault()
  }
  useEffect(() => {
    document.getElementById(chosen ? optionId(chosen.id) : '')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div ref={popup} className="cv-picker" role="dialog" aria-label={says} style={usePlaceBeside(box)}>
      <input
        className="cv-picker__search"
        role="combobox"
        aria-label={says}
        aria-expanded="true"
        aria-controls="cv-picker-list"
        aria-activedescendant={chosen ? optionId(chosen.id) : undefined}
        aria-autocomplete="list"
        placeholder={`${says}…`}
        value={search}
        ref={takeFocus}
        onChange={event => {
          setSearch(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="cv-picker-list" className="cv-picker__list" role="listbox" aria-label="What fits">
        {choices.map(choice => (
          <div
            key={choice.id}
            id={optionId(choice.id)}
            className="cv-picker__option"
            role="option"
            aria-selected={choice === chosen}
            onPointerDown={event => {
              event.preventDefault()
              choose(choice)
            }}
          >
            <KindIcon name={choice.icon} />
            <span className="cv-picker__label">{choice.label}</span>
            <span className="cv-picker__detail">{choice.detail}</span>
          </div>
        ))}
      </div>
      {choices.length === 0 && <p className="cv-picker__none">{all.length === 0 ? 'Nothing on the canvas fits. Add a node that it can talk to.' : `Nothing that fits is called “${search}”.`}</p>}
    </div>
  )
}

function close(): void {
  stopPicking()
  focusCanvas()
}

function optionId(id: string): string {
  return `cv-fit-${id}`
}
