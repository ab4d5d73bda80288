import './findings.css'
import { CircleAlert, Info } from 'lucide-react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { takeFix, type Finding } from '../app/findings.ts'
import { showNodes } from '../app/view.ts'
import { findNode } from '../topology/document.ts'
import { Button } from '../ui/Button.tsx'

/** What in the topology is probably not meant, each with a way out. */
export function Findings() {
  const findings = useStore(app().findings, state => state.all)
  if (!findings) return null
  return (
    <section aria-label="Check">
      <h3 className="in-title">Check</h3>
      {findings.length === 0 ? <p className="ui-muted">Nothing to complain about: every key has a way, every queue somebody who keeps up with it.</p> : null}
      <ul className="in-findings">
        {findings.map(finding => (
          <Line key={`${finding.code} ${finding.part} ${finding.says}`} finding={finding} />
        ))}
      </ul>
    </section>
  )
}

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
