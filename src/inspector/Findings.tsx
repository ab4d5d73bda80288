import './findings.css'
import { CircleAlert, Info } from 'lucide-react'
import { memo, useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { takeFix, type Finding } from '../app/findings.ts'
import { showNodes } from '../app/view.ts'
import { findNode } from '../topology/document.ts'
import { Button } from '../ui/Button.tsx'

/** As many as are read at once; of a topology of a thousand nodes there may be hundreds, most of one kind. */
const SHOWN_FIRST = 20

/** What in the topology is probably not meant, each with a way out. What stands around it is drawn anew with every figure; this is not. */
export const Findings = memo(function Findings() {
  const findings = useStore(app().findings, state => state.all)
  const [whole, setWhole] = useState(false)
  if (!findings) return null
  const shown = whole ? findings : findings.slice(0, SHOWN_FIRST)
  return (
    <section aria-label="Check">
      <h3 className="in-title">Check</h3>
      {findings.length === 0 ? <p className="ui-muted">Nothing to complain about: every key has a way, every queue somebody who keeps up with it.</p> : null}
      <ul className="in-findings">
        {shown.map(finding => (
          <Line key={`${finding.code} ${finding.part} ${finding.says}`} finding={finding} />
        ))}
      </ul>
      {findings.length > SHOWN_FIRST ? (
        <Button className="in-findings-more" look="outline" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? `Show the first ${SHOWN_FIRST}` : `Show all ${findings.length}`}
        </Button>
      ) : null}
    </section>
  )
})

function Line({ finding }: { readonly finding: Finding }) {
  const warning = finding.severity === 'warning'
  return (
    <li className="in-finding" data-severity={finding.severity}>
      {warning ? <CircleAlert aria-label="Warning" role="img" /> : <Info aria-label="Note" role="img" />}
      <div>
        <button type="button" className="in-finding-says" onClick={() => show(finding.part)}>
          {finding.says}
        </button>
        {finding.fixes.length > 0 ? (
          <div className="in-finding-fixes">
            {finding.fixes.map(fix => (
              <Button
                key={fix.label}
                look="outline"
                onClick={() => takeFix(app(), fix)}
              >
                {fix.label}
              </Button>
            ))}
          </div>
        ) : null}
      </div>
    </li>
  )
}

/** Selects what a finding is about; the inspector goes there. */
function show(part: string): void {
  const { topology } = app().document.getState()
  const node = findNode(topology, part)
  const channel = topology.channels.find(one => one.id === part)
  app().commands.select({ nodes: node ? [part] : [], channels: channel ? [part] : [] })
  if (channel) showNodes([channel.from, channel.to])
}
