import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { Finding } from '../app/findings.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import { canvasUi } from './canvas-ui.ts'
import { CardFace } from './CardFace.tsx'
import { ConnectHandles } from './ConnectHandles.tsx'
import { ContainerFace } from './ContainerFace.tsx'
import { FindingBadge, severityOf, useFindings } from './FindingBadge.tsx'
import { HexagonFace } from './HexagonFace.tsx'
import { nodeName, nodeView } from '../app/node-view.ts'
import { NodeLabel } from './NodeLabel.tsx'
import { nodeDomId, type PartData, type PartFlowNode } from './part-flow-node.ts'
import { PAUSE_NAMES, pauseAt } from './pause-marks.ts'
import { SendButton } from './SendButton.tsx'
import { subtitleOf } from './subtitle.ts'
import { TubeFace } from './TubeFace.tsx'
import { UnknownFace } from './UnknownFace.tsx'
import { channelsNotOpen, useNodeFigures } from './use-figures.ts'
import './PartNode.css'


export const PartNode = memo(function PartNode({ data, selected }: NodeProps<PartFlowNode>) {
  return data.manifest ? <LiveNode data={data} manifest={data.manifest} selected={selected} /> : <UnknownNode data={data} selected={selected} />
})

function LiveNode({ data, manifest, selected }: { readonly data: PartData; readonly manifest: NodeManifest; readonly selected: boolean }) {
  const { node } = data
  const figures = useNodeFigures(node.id)
  const view = nodeView(manifest, node.config, figures, figures?.state === 'up' ? channelsNotOpen(data.keeps) : 0)
  const label = <NodeLabel node={node} />
  const subtitle = view.sentence ?? subtitleOf(manifest, node.config)
  return (
    <NodeFrame data={data} selected={selected} name={`${nodeName(manifest, node.label, figures)}${spokenFindings(useFindings(node.id))}`} tone={view.tone} strained={view.strained}>
      {manifest.form === 'card' && <CardFace id={node.id} probe={manifest.headline[0]} label={label} subtitle={subtitle} view={view} />}
      {manifest.form === 'hexagon' && <HexagonFace label={label} subtitle={subtitle} view={view} />}
      {manifest.form === 'tube' && <TubeFace id={node.id} label={label} subtitle={subtitle} view={view} figures={figures} words={manifest.log} />}
      {manifest.form === 'container' && <ContainerFace id={node.id} label={label} subtitle={subtitle} title={manifest.title} selected={selected} />}
      {manifest.form !== 'container' && <ConnectHandles id={node.id} />}
      {manifest.sends === true && <SendButton id={node.id} label={node.label} />}
      <FindingBadge id={node.id} />
    </NodeFrame>
  )
}

/** How many findings there are, as part of the name: what they say is a key away. */
function spokenFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const word = severityOf(findings) === 'warning' ? 'warning' : 'note'
  return `, ${findings.length} ${word}${findings.length === 1 ? '' : 's'}`
}

/** A kind that this version doesn't know is kept, and has nothing to say. */
function UnknownNode({ data, selected }: { readonly data: PartData; readonly selected: boolean }) {
  const { node } = data
  return (
    <NodeFrame data={data} selected={selected} name={nodeName(undefined, node.label, undefined)} tone="idle" strained={false}>
      <UnknownFace label={<NodeLabel node={node} />} type={node.type} />
    </NodeFrame>
  )
}

interface FrameProps {
  readonly data: PartData
  readonly selected: boolean
  readonly name: string
  readonly tone: string
  readonly strained: boolean
  readonly children: React.ReactNode
}

/** What all forms share: the name, the state, the ring of selection and focus, and how it answers while a channel is drawn. */
function NodeFrame({ data, selected, name, tone, strained, children }: FrameProps) {
  const { node, manifest, family } = data
  const active = useStore(canvasUi, ui => ui.active?.part === 'node' && ui.active.id === node.id)
  const pauses = useStore(app().watching, state => pauseAt(state, { part: 'node', id: node.id }))
  const colour = useStore(app().geometry, state => state.colours.get(node.id))
  const answer = useStore(canvasUi, ui => {
    if (!ui.connection || manifest?.form === 'container') return undefined
    if (ui.connection.from === node.id) return 'from'
    if (ui.connection.over === node.id) return ui.connection.fits.has(node.id) ? 'target' : 'refuses'
    return ui.connection.fits.has(node.id) ? 'fits' : 'fades'
  })
  return (
    <div
      id={nodeDomId(node.id)}
      className={`cv-node cv-node--${manifest?.form ?? 'unknown'}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- No tag is a group of nothing but what it says.
      role="group"
      aria-label={pauses === undefined ? name : `${name}, ${PAUSE_NAMES[pauses]}`}
      data-node={node.id}
      data-kind={node.type}
      data-tone={tone}
      data-strained={strained || undefined}
      data-selected={selected || undefined}
      data-active={active || undefined}
      data-connect={answer}
      style={{ ...(colour === undefined ? {} : { '--cv-carries': `var(--message-${colour})` }), '--cv-system': `var(--system-${family?.colour ?? 'application'})`, '--cv-system-soft': `var(--system-${family?.colour ?? 'application'}-soft)`, '--cv-system-text': `var(--system-${family?.colour ?? 'application'}-text)` } as React.CSSProperties}
    >
      {children}
      {pauses === undefined ? null : <span className="cv-pause" data-pause={pauses} title={PAUSE_NAMES[pauses]} aria-hidden="true" />}
    </div>
  )
}
