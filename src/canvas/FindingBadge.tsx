import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { Finding } from '../app/findings.ts'
import { useTip } from '../ui/tip.ts'
import { canvasUi, selectPart, uncoverCanvas } from './canvas-ui.ts'
import './FindingBadge.css'

/** A small sign on a node of which there is something to say; pressing it, or `w`, shows what, with the ways out. */
export function FindingBadge({ id }: { readonly id: string }) {
  const findings = useFindings(id)
  return findings.length === 0 ? null : <Badge id={id} findings={findings} />
}

function Badge({ id, findings }: { readonly id: string; readonly findings: readonly Finding[] }) {
  const tip = useTip({ says: findings.map(finding => <p key={finding.says}>{finding.says}</p>), delayMs: 150, className: 'ui-tooltip cv-finding-tip' })
  return (
    <button
      type="button"
      tabIndex={-1}
      className="cv-finding nodrag nopan nokey"
      data-severity={severityOf(findings)}
      aria-label={findings.map(finding => finding.says).join(' ')}
      {...tip}
      onMouseDown={event => event.preventDefault()}
      onDoubleClick={event => event.stopPropagation()}
      onClick={event => {
        event.stopPropagation()
        showFindings(id)
      }}
    >
      {severityOf(findings) === 'warning' ? '!' : 'i'}
    </button>
  )
}

const NONE: readonly Finding[] = []

export function useFindings(id: string): readonly Finding[] {
  return useStore(app().findings, state => state.byNode.get(id) ?? NONE)
}

export function severityOf(findings: readonly Finding[]): Finding['severity'] {
  return findings.some(finding => finding.severity === 'warning') ? 'warning' : 'info'
}

export function showFindings(id: string): void {
  uncoverCanvas()
  selectPart({ part: 'node', id })
  canvasUi.setState({ findings: id })
}
