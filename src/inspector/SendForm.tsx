import { useState } from 'react'
import { app } from '../app/current.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Config, TopologyNode } from '../topology/document.ts'
import { Button } from '../ui/Button.tsx'
import { Fields } from './Fields.tsx'

/** The parts of a template that a hand-sent message may differ in. */
const TEMPLATE = ['key', 'messageType', 'body', 'headers', 'persistent']

/** Sends one message by hand, with the node's template filled in and open to change. */
export function SendForm({ node, manifest, onDone }: { readonly node: TopologyNode; readonly manifest: NodeManifest; readonly onDone: () => void }) {
  const [changes, setChanges] = useState<Config>({})
  const fields = manifest.fields.filter(field => TEMPLATE.includes(field.id)).map(({ group: _group, ...field }) => field)
  return (
    <form
      className="in-send"
      aria-label="Send one message"
      onSubmit={event => {
        event.preventDefault()
        void app().commands.send(node.id, changes)
      }}
    >
      <Fields fields={fields} config={{ ...node.config, ...changes }} part={`send ${node.id}`} onChange={one => setChanges({ ...changes, ...one })} />
      <div className="in-actions">
        <Button look="primary" type="submit">
          Send one message
        </Button>
        <Button onClick={onDone}>Close</Button>
      </div>
    </form>
  )
}
