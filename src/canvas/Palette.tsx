import { Search } from 'lucide-react'
import { Tooltip } from 'radix-ui'
import { useState, type CSSProperties, type DragEvent } from 'react'
import { app } from '../app/current.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import { KindIcon } from './kind-icon.tsx'
import { KIND_MIME, placeKind } from './palette-drop.ts'
import { paletteGroups, type PaletteGroup } from './palette-groups.ts'
import './Palette.css'

/** The parts by system: drag one onto the canvas, or press it to place it in the middle of the view. */
export function Palette() {
  const [search, setSearch] = useState('')
  const groups = paletteGroups(app().catalogue, search)
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
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
            }}
          />
        </label>
        {groups.map(group => (
          <Group key={group.family} group={group} />
        ))}
        {groups.length === 0 && <p className="cv-palette__none">No part is called “{search}”.</p>}
      </div>
    </Tooltip.Provider>
  )
}

function Group({ group }: { readonly group: PaletteGroup }) {
  const id = `cv-palette-${group.family}`
  return (
    <section className="cv-palette__group" aria-labelledby={id} style={{ '--cv-system': `var(--system-${group.colour})` } as CSSProperties}>
      <h2 className="cv-palette__title" id={id}>
        {group.title}
      </h2>
      <div className="cv-palette__kinds">
        {group.kinds.map(kind => (
          <Kind key={kind.type} kind={kind} />
        ))}
      </div>
    </section>
  )
}

function Kind({ kind }: { readonly kind: NodeManifest }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button type="button" className="cv-kind" draggable data-kind={kind.type} onClick={() => place(kind)} onDragStart={event => carry(event, kind)}>
          <KindIcon name={kind.icon} size={14} />
          <span className="cv-kind__title">{kind.title}</span>
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="cv-tooltip" side="right" sideOffset={8} collisionPadding={8}>
          {kind.summary}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

function place(kind: NodeManifest): void {
  placeKind(kind.type)
  // On a narrow screen the palette covers the canvas: what was placed should be seen.
  app().commands.patchSession({ drawer: 'none' })
}

function carry(event: DragEvent, kind: NodeManifest): void {
  event.dataTransfer.setData(KIND_MIME, kind.type)
  event.dataTransfer.effectAllowed = 'copy'
}
