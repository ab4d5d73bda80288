import { actionOf, keyText, type Action, type ActionGroup } from '../app/action.ts'
import { app } from '../app/current.ts'
import { Dialog } from '../ui/Dialog.tsx'

interface Line {
  readonly title: string
  readonly keys: string
}

/** What is looked for most comes first; the other groups follow as their actions are listed. */
const FIRST: readonly ActionGroup[] = ['Help', 'Run', 'Edit', 'Canvas']

/** The key map: every action that has a key, with those of one kind as one line. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { actions } = app()
  const anywhere = actions.filter(action => action.where !== 'canvas' && action.where !== 'sequence')
  const groups = [...new Set([...FIRST, ...anywhere.map(action => action.group)])]
  return (
    <Dialog title="Keys" description={`Anything that has no key can be found by its name: ${keyText(actionOf(app(), 'palette'))}.`} wide onClose={onClose}>
      <div className="pn-key-groups">
        {groups.map(group => (
          <Group key={group} title={group} lines={linesOf(anywhere.filter(action => action.group === group))} />
        ))}
        <Group title="While the canvas has the focus" lines={linesOf(actions.filter(action => action.where === 'canvas'))} />
        <Group title="While the sequence view has the focus" lines={linesOf(actions.filter(action => action.where === 'sequence'))} />
      </div>
    </Dialog>
  )
}

function linesOf(actions: readonly Action[]): readonly Line[] {
  const lines = actions.filter(action => action.keys.length > 0).map(action => action.family ?? { title: action.title, keys: keyText(action) })
  return lines.filter((line, index) => lines.findIndex(other => other.title === line.title) === index)
}

function Group({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  if (lines.length === 0) return null
  return (
    <section>
      <h3 className="pn-group">{title}</h3>
      <dl className="pn-keys">
        {lines.map(line => (
          <div key={line.title}>
            <dt>{line.title}</dt>
            <dd>
              <kbd className="ui-kbd">{line.keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
