import { useEffect, useRef, useState } from 'react'
import type { ImportPlan } from '../app/commands.ts'
import { app } from '../app/current.ts'
import { textOf } from '../app/file-text.ts'
import type { Problem } from '../topology/problem.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

type Reading = { readonly state: 'waiting' } | { readonly state: 'refused'; readonly says: readonly string[] } | { readonly state: 'read'; readonly plan: ImportPlan }

/** Choose or drop a file, see what it would bring, then take it. */
export function ImportDialog({ onClose, files }: { readonly onClose: () => void; readonly files: readonly File[] | undefined }) {
  const [reading, setReading] = useState<Reading>({ state: 'waiting' })
  const chooser = useRef<HTMLInputElement>(null)
  const read = async (file: File | undefined): Promise<void> => {
    if (file) await readText(await textOf(file), file.name)
  }
  const readText = async (text: string, name: string): Promise<void> => {
    const outcome = await app().commands.readImport(text, name)
    if (outcome.ok) setReading({ state: 'read', plan: outcome.value })
    else setReading({ state: 'refused', says: outcome.problems.map(told) })
  }
  useEffect(() => {
    void read(files?.[0])
  }, [files])
  return (
    <Dialog title="Import" description="A .relay.json file, or a RabbitMQ export made with rabbitmqctl export_definitions. Accounts and passwords in it are not read." onClose={onClose}>
      {reading.state === 'read' ? null : (
        <div className="pn-drop">
          <p>Drop a file anywhere on the page, or</p>
          <Button look="primary" onClick={() => chooser.current?.click()}>
            Choose a file
          </Button>
          <input ref={chooser} type="file" hidden aria-label="File to import" accept=".json,application/json" onChange={event => void read(event.target.files?.[0])} />
          <textarea className="ui-input pn-paste" aria-label="Or paste its text" placeholder="… or paste its text" rows={2} value="" onChange={event => void readText(event.target.value, 'pasted.json')} />
        </div>
      )}
      {reading.state === 'refused' ? (
        <div className="pn-error" role="alert">
          {reading.says.map(says => (
            <p key={says}>{says}</p>
          ))}
        </div>
      ) : null}
      {reading.state === 'read' ? <Plan plan={reading.plan} onClose={onClose} /> : null}
    </Dialog>
  )
}

/** "52 queues"; a product keeps its name. */
function counted(what: string, count: number): string {
  const { catalogue } = app()
  const node = catalogue.node(what)
  if (node?.form === 'container') return `${count} ${node.title}`
  const title = node?.title.toLowerCase() ?? catalogue.channel(what)?.title ?? what
  return `${count} ${title}${count === 1 ? '' : 's'}`
}

function told(problem: Problem): string {
  return problem.place === undefined || problem.says.includes(problem.place) ? problem.says : `${problem.says} (${problem.place})`
}

function Plan({ plan, onClose }: { readonly plan: ImportPlan; readonly onClose: () => void }) {
  const [withApplications, setWithApplications] = useState(true)
  const take = (mode: 'replace' | 'add'): void => {
    app().commands.applyImport(plan, { withApplications, mode })
    onClose()
  }
  return (
    <>
      <p>
        <strong>{plan.title}</strong>
      </p>
      <ul className="pn-counts">
        {plan.counts.map(({ what, count }) => (
          <li key={what}>
            {counted(what, count)}
          </li>
        ))}
        {plan.applied.map(says => (
          <li key={says}>{says}</li>
        ))}
      </ul>
      {plan.problems.length > 0 ? (
        <section aria-label="Worth knowing">
          <h3 className="pn-group">Kept but not simulated, dropped, or worth knowing</h3>
          <ul className="pn-problems">
            {plan.problems.map((problem, index) => (
              <li key={`${problem.code} ${index}`}>{told(problem)}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {plan.kind === 'rabbitmq' ? (
        <label className="pn-check">
          <input type="checkbox" checked={withApplications} onChange={event => setWithApplications(event.target.checked)} />
          with a producer per source exchange and a consumer per queue, so that it runs at once
        </label>
      ) : null}
      <div className="pn-row">
        <Button look="primary" onClick={() => take('replace')}>
          Open it
        </Button>
        <Button look="outline" onClick={() => take('add')}>
          Add to what is here
        </Button>
      </div>
    </>
  )
}
