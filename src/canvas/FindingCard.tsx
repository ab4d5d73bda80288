import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { focusCanvas } from '../app/view.ts'
import { takeFix } from '../app/findings.ts'
import { Button } from '../ui/Button.tsx'
import { usePopup } from '../ui/use-popup.ts'
import { canvasUi } from './canvas-ui.ts'
import { useFindings } from './FindingBadge.tsx'
import type { Scene } from './scene.ts'
import { usePlaceBeside } from './use-place.ts'
import type { Box } from '../app/node-sizes.ts'

/** What is probably not meant at a node, with its ways out as buttons, beside it. */
export function FindingCard({ scene }: { readonly scene: Scene }) {
  const id = useStore(canvasUi, ui => ui.findings)
  const box = id === null ? undefined : scene.boxes.get(id)
  return id !== null && box ? <Card key={id} id={id} box={box} label={scene.topology.nodes.find(node => node.id === id)?.label ?? id} /> : null
}

function Card({ id, box, label }: { readonly id: string; readonly box: Box; readonly label: string }) {
  const findings = useFindings(id)
  const card = useRef<HTMLDivElement>(null)
  usePopup(card, by => (by === 'escape' ? close() : hide()))
  useEffect(() => {
    // While a simulation runs, findings come and go, and the button that had the focus may go with one.
    if (findings.length === 0) close()
    else if (!card.current?.contains(document.activeElement)) (card.current?.querySelector('button') ?? card.current)?.focus({ preventScroll: true })
  }, [findings])
  return (
    <div
      ref={card}
      className="cv-findings nopan nokey"
      role="dialog"
      aria-label={`What is probably not meant at ${label}`}
      tabIndex={-1}
      style={usePlaceBeside(box)}
    >
      {findings.map(finding => (
        <div key={`${finding.code} ${finding.says}`} data-severity={finding.severity}>
          <p>{finding.says}</p>
          {finding.fixes.length === 0 ? null : (
            <div className="cv-findings__fixes">
              {finding.fixes.map(fix => (
                <Button
                  key={fix.label}
                  look="outline"
                  onClick={() => {
                    takeFix(app(), fix)
                    close()
                  }}
                >
                  {fix.label}
                </Button>
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  )
}

function close(): void {
  hide()
  focusCanvas()
}

function hide(): void {
  canvasUi.setState({ findings: null })
}
