import { useState } from 'react'
import { app } from '../app/current.ts'
import { parseConfig } from '../contract/fields.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Config, TopologyNode } from '../topology/document.ts'
import { ArrivalSketch } from './ArrivalSketch.tsx'
import { Fields } from './Fields.tsx'
import { MessagePreview } from './MessagePreview.tsx'
import { useRehearsal } from './use-rehearsal.ts'

/** The last field of what a message is made from: below it stands what comes of it. */
const TEMPLATE_ENDS = ['headers', 'body', 'texts'] as const

/** The settings of a node, with sketches of what they mean: arrivals over time, and messages as they would be. */
export function NodeSettings({ node, manifest }: { readonly node: TopologyNode; readonly manifest: NodeManifest }) {
  const [drafts, setDrafts] = useState<Config>({})
  const { fields } = manifest
  const template = TEMPLATE_ENDS.find(id => fields.some(field => field.id === id))
  const { config } = parseConfig(fields, { ...node.config, ...drafts }, node.id)
  const rehearsal = useRehearsal(node.id, config, template !== undefined)
  return (
    <Fields
      fields={fields}
      config={node.config}
      part={node.id}
      onChange={changes => app().commands.configure('node', node.id, changes)}
      onDraft={(field, draft) => setDrafts(draft === null ? {} : { [field]: draft })}
      below={{ arrival: <ArrivalSketch config={config} rehearsal={rehearsal} />, ...(template === undefined ? {} : { [template]: <MessagePreview rehearsal={rehearsal} /> }) }}
    />
  )
}
