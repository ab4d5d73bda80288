import type { NodeProps } from '@xyflow/react'
import { memo, Suspense, useRef } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { focusCanvas } from '../app/view.ts'
import { COMMENT } from '../contract/notes.ts'
import type { TopologyNode } from '../topology/document.ts'
import { takeFocus } from '../ui/take-focus.ts'
import { canvasUi } from './canvas-ui.ts'
import { ResizeFrame } from './ContainerFace.tsx'
import { NodeLabel } from './NodeLabel.tsx'
import { nodeDomId, type PartFlowNode } from './part-flow-node.ts'
import './NoteNode.css'

const LEAST = { minWidth: 100, minHeight: 50 } as const

/** What is drawn for people only: a comment, or a frame around what belongs together. */
export const NoteNode = memo(function NoteNode({ data: { node }, selected }: NodeProps<PartFlowNode>) {
  const active = useStore(canvasUi, ui => ui.active?.part === 'node' && ui.active.id === node.id)
  const comment = node.type === COMMENT
  const text = textOf(node)
  return (
    <div
      id={nodeDomId(node.id)}
      className={`cv-node cv-note cv-note--${comment ? 'comment' : 'group'}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- No tag is a group of nothing but what it says.
      role="group"
      aria-label={comment ? `comment: ${text === '' ? 'empty' : text}` : `group ${node.label}`}
      data-node={node.id}
      data-kind={node.type}
      data-selected={selected || undefined}
      data-active={active || undefined}
      data-colour={String(node.config['colour'] ?? (comment ? 'amber' : 'slate'))}
    >
      {comment ? <CommentText node={node} text={text} /> : <div className="cv-note__head"><NodeLabel node={node} /></div>}
      <Suspense>{selected && <ResizeFrame {...LEAST} />}</Suspense>
    </div>
  )
})

function CommentText({ node, text }: CommentProps) {
  const writing = useStore(canvasUi, ui => ui.renaming === node.id)
  if (writing) return <CommentField node={node} text={text} />
  return <p className="cv-note__text">{text === '' ? <span className="cv-note__hint">Double-click to write</span> : text}</p>
}

interface CommentProps {
  readonly node: TopologyNode
  readonly text: string
}

/** Escape and leaving it keep what was written. */
function CommentField({ node, text }: CommentProps) {
  const done = useRef(false)
  const finish = (field: HTMLTextAreaElement, goesTo: EventTarget | null = null): void => {
    if (done.current) return
    done.current = true
    if (field.value !== text) app().commands.configure('node', node.id, { text: field.value })
    canvasUi.setState({ renaming: null })
    // Whoever went to another field is to arrive there.
    if (goesTo === null) focusCanvas()
  }
  return (
    <textarea
      className="cv-note__field nodrag nopan nokey nowheel"
      aria-label="Text of the comment"
      defaultValue={text}
      maxLength={4000}
      ref={takeFocus}
      onKeyDown={event => {
        if (event.key === 'Escape') finish(event.currentTarget)
      }}
      onBlur={event => finish(event.currentTarget, event.relatedTarget)}
    />
  )
}

function textOf(node: TopologyNode): string {
  const text = node.config['text']
  return typeof text === 'string' ? text : ''
}
