import { Copy, Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Commands } from '../app/commands.ts'
import { app } from '../app/current.ts'
import { fileName } from '../app/file-commands.ts'
import { rabbitmqBrokers } from '../app/rabbitmq-export.ts'
import type { Problem } from '../topology/problem.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

type Written = Awaited<ReturnType<Commands['definitionsOf']>>

/** A broker's definitions: what they hold, what has no place in them, and what RabbitMQ would refuse, each where it is. */
export function DefinitionsDialog({ onClose }: { readonly onClose: () => void }) {
  const topology = useStore(app().document, state => state.topology)
  const brokers = rabbitmqBrokers(topology)
  const [chosen, choose] = useState(brokers[0]?.id)
  const [written, setWritten] = useState<Written | null>(null)
  useEffect(() => {
    let current = true
    if (chosen !== undefined)
      void app()
        .commands.definitionsOf(chosen)
        .then(outcome => current && setWritten(outcome))
    return () => {
      current = false
    }
  }, [chosen, topology])
  return (
    <Dialog title="Export RabbitMQ definitions" description="For rabbitmqctl import_definitions, or the management page. Users and permissions are not written: those of the broker that reads it stay as they are." onClose={onClose}>
      {brokers.length > 1 ? (
        <label className="pn-check">
          Definitions of
          <select className="ui-input" aria-label="Broker" value={chosen} onChange={event => choose(event.target.value)}>
            {brokers.map(broker => (
              <option key={broker.id} value={broker.id}>
                {broker.label}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {written === null ? null : written.ok ? <Ready written={written} name={`${fileName(topology.title)}.definitions.json`} /> : <Refused problems={written.problems} onClose={onClose} />}
    </Dialog>
  )
}

function Ready({ written, name }: { readonly written: Extract<Written, { readonly ok: true }>; readonly name: string }) {
  const { text, counts } = written.value
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      app().commands.announce('Definitions copied')
    } catch {
      app().commands.notify('problem', 'The browser did not allow copying: download the file instead.')
    }
  }
  return (
    <>
      <ul className="pn-counts">
        {Object.entries(counts).map(([what, count]) => (
          <li key={what}>
            {count} {count === 1 ? what.slice(0, -1) : what}
          </li>
        ))}
      </ul>
      {written.problems.length > 0 ? (
        <section aria-label="Left out, or worth knowing">
          <h3 className="pn-group">Left out, or worth knowing</h3>
          <ul className="pn-problems">
            {written.problems.map((problem, index) => (
              <li key={`${problem.code} ${index}`}>{problem.says}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <pre className="pn-preview" aria-label="Definitions" tabIndex={0}>
        {text}
      </pre>
      <div className="pn-row">
        <Button look="primary" onClick={() => app().commands.download(text, name)}>
          <Download />
          Download
        </Button>
        <Button look="outline" onClick={() => void copy()}>
          <Copy />
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <span className="ui-muted">{name}</span>
      </div>
    </>
  )
}

function Refused({ problems, onClose }: { readonly problems: readonly Problem[]; readonly onClose: () => void }) {
  const show = (part: string): void => {
    const { document, commands } = app()
    const isNode = document.getState().topology.nodes.some(node => node.id === part)
    commands.select(isNode ? { nodes: [part], channels: [] } : { nodes: [], channels: [part] })
    onClose()
  }
  return (
    <div className="pn-error" role="alert">
      <p>RabbitMQ would not take these definitions:</p>
      <ul>
        {problems.map((problem, index) => (
          <li key={`${problem.code} ${index}`}>
            {problem.says}{' '}
            {problem.part === undefined ? null : (
              <Button look="outline" onClick={() => show(problem.part!)}>
                Show
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
