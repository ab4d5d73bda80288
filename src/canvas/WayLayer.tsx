import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { overlaps } from '../app/node-sizes.ts'
import { selectPart } from './canvas-ui.ts'
import { boundsOf, pathOf } from './edge-paths.ts'
import type { Scene } from './scene.ts'
import type { Sight } from './sight.ts'
import { wayName, type WayLine } from './ways.ts'
import './WayLayer.css'

/** Ways that a system's settings make, without a channel: where dead letters go. */
export function WayLines({ scene, sight }: { readonly scene: Scene; readonly sight: Sight }) {
  const labels = new Map(scene.topology.nodes.map(node => [node.id, node.label]))
  return seen(scene, sight).map(line => <Line key={line.way.id} line={line} name={wayName(line.way, id => labels.get(id) ?? id)} />)
}

function Line({ line: { way, curve }, name }: { readonly line: WayLine; readonly name: string }) {
  const selected = useStore(app().session, ({ selection }) => selection.nodes.includes(way.from))
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no tag for it.
    <g className="cv-way" role="img" aria-label={name} data-way={way.id} data-selected={selected || undefined}>
      <path d={pathOf(curve)} markerEnd="url(#cv-arrow-way)" />
    </g>
  )
}

/** What ways carry, over the lines and the messages; pressing it leads to the node whose setting it is. */
export function WayLabels({ scene, sight }: { readonly scene: Scene; readonly sight: Sight }) {
  return (
    <div className="cv-labels">
      {seen(scene, sight).map(({ way, label }) => (
        <button
          key={way.id}
          type="button"
          tabIndex={-1}
          className="cv-edge-label cv-way-label nopan nokey"
          style={{ transform: `translate(${Math.round(label.x + label.width / 2)}px, ${Math.round(label.y + label.height / 2)}px) translate(-50%, -50%)` }}
          onMouseDown={event => event.preventDefault()}
          onClick={() => selectPart({ part: 'node', id: way.from })}
        >
          {way.carries}
        </button>
      ))}
    </div>
  )
}

/** In map mode ways are painted with everything else. */
function seen({ ways }: Scene, { map, box }: Sight): readonly WayLine[] {
  if (map) return []
  return box ? ways.filter(({ curve }) => overlaps(boundsOf(curve), box)) : ways
}
