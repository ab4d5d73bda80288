import { selectPart } from './canvas-ui.ts'
import type { NodeId } from '../topology/document.ts'
import type { Scene } from './scene.ts'
import './SocketLayer.css'

/** Sockets on the edges of their nodes. What they say is in the names of their channels too. */
export function SocketLayer({ scene, nodes }: { readonly scene: Scene; /** Those that are elements; null: all. */ readonly nodes: ReadonlySet<NodeId> | null }) {
  return (
    <div className="cv-sockets">
      {scene.sockets.filter(badge => nodes === null || nodes.has(badge.node)).map(badge => (
        <button
          key={badge.key}
          type="button"
          tabIndex={-1}
          className="cv-socket nopan nokey"
          data-channel={badge.channels[0]}
          data-socket={badge.text}
          data-of={badge.node}
          data-role={badge.role}
          title={badge.title}
          aria-label={badge.title}
          style={{ transform: `translate(${Math.round(badge.x)}px, ${Math.round(badge.y)}px)`, width: badge.width, height: badge.height, '--cv-socket': `var(--system-${badge.colour}-text)` } as React.CSSProperties}
          onMouseDown={event => event.preventDefault()}
          onClick={() => selectPart({ part: 'channel', id: badge.channels[0]!, of: null })}
        >
          {badge.text}
        </button>
      ))}
    </div>
  )
}
