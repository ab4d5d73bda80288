import { Search } from 'lucide-react'
import { useState, type CSSProperties, type KeyboardEvent } from 'react'
import { app } from '../app/current.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import { useTip } from '../ui/tip.ts'
import { KindIcon } from './kind-icon.tsx'
import { carryKind } from './carry-kind.ts'
import { placeKind } from './palette-drop.ts'
import { paletteGroups, type PaletteGroup } from './palette-groups.ts'
import { paletteStep, walkPalette } from './palette-walk.ts'
import './Palette.css'

/** The parts by system: drag one onto the canvas, or press it to place it in the middle of the view. */
export function Palette() {
  const [search, setSearch] = useState('')
  const [current, setCurrent] = useState('')
  const groups = paletteGroups(app().catalogue, search)
  const types = groups.flatMap(group => group.kinds.map(kind => kind.type))
  const stop = types.includes(current) ? current : types[0]
  return (
    <div className="cv-palette">
      <label className="cv-palette__search">
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          aria-label="Search parts"
          placeholder="Search parts"
          value={search}
          onChange={event => setSearch(event.target.value)}
          onKeyDown={event => {
            const best = groups[0]?.kinds[0]
            if (event.key === 'Enter' && search !== '' && best) place(best)
            if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.cv-kind[tabindex="0"]')?.focus()
          }}
        />
      </label>
      <div className="cv-palette__groups" role="toolbar" tabIndex={-1} aria-label="Parts" onKeyDown={walk}>
        {groups.map(group => (
          <Group key={group.family} group={group} stop={stop} onFocus={setCurrent} />
        ))}
      </div>
      {groups.length === 0 && <p className="cv-palette__none">No part is called “{search}”.</p>}
    </div>
  )
}

/** One tab stop; the arrows go from part to part. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = paletteStep(event.key)
  const parts = [...event.currentTarget.querySelectorAll<HTMLElement>('.cv-kind')]
  const from = parts.indexOf(document.activeElement as HTMLElement) // an element that isn't one of them is at −1
  if (step === undefined || from < 0) return
  event.preventDefault()
  event.stopPropagation()
  parts[walkPalette(parts.map(part => part.getBoundingClientRect()), from, step)]!.focus()
}

function Group({ group, stop, onFocus }: { readonly group: PaletteGroup; readonly stop: string | undefined; readonly onFocus: (type: string) => void }) {
  const id = `cv-palette-${group.family}`
  return (
    <section className="cv-palette__group" aria-labelledby={id} style={{ '--cv-system': `var(--system-${group.colour})` } as CSSProperties}>
      <h2 className="cv-palette__title" id={id}>
        {group.title}
      </h2>
      <div className="cv-palette__kinds">
        {group.kinds.map(kind => (
          <Kind key={kind.type} kind={kind} isStop={kind.type === stop} onFocus={onFocus} />
        ))}
      </div>
    </section>
  )
}

function Kind({ kind, isStop, onFocus }: { readonly kind: NodeManifest; readonly isStop: boolean; readonly onFocus: (type: string) => void }) {
  const tip = useTip({ says: kind.summary, delayMs: 500, className: 'cv-tooltip', side: 'right' })
  return (
    <button
      type="button"
      className="cv-kind"
      tabIndex={isStop ? 0 : -1}
      data-kind={kind.type}
      {...tip}
      onFocus={event => {
        tip.onFocus(event)
        onFocus(kind.type)
      }}
      onClick={() => place(kind)}
      onPointerDown={event => {
        // A finger on a drawer presses: the canvas is under it.
        if (event.button === 0 && (event.pointerType !== 'touch' || app().session.getState().drawer === 'none')) carryKind(kind, event)
      }}
    >
      <KindIcon name={kind.icon} size={14} />
      <span className="cv-kind__title">{kind.title}</span>
    </button>
  )
}

function place(kind: NodeManifest): void {
  placeKind(kind.type)
  // On a narrow screen the palette covers the canvas: what was placed should be seen.
  app().commands.patchSession({ drawer: 'none' })
}
