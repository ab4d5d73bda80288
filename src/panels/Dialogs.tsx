import './dialogs.css'
import { useStore } from 'zustand'
import { ACTIONS, CANVAS_KEYS } from '../app/actions.ts'
import { app } from '../app/current.ts'
import { keyText } from '../app/shortcuts.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { DefinitionsDialog } from './DefinitionsDialog.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { ShareDialog } from './ShareDialog.tsx'

export function Dialogs() {
  const dialog = useStore(app().session, state => state.dialog)
  const close = (): void => app().commands.patchSession({ dialog: null })
  switch (dialog?.dialog) {
    case 'share':
      return <ShareDialog onClose={close} />
    case 'import':
      return <ImportDialog onClose={close} files={dialog.files} />
    case 'definitions':
      return <DefinitionsDialog onClose={close} />
    case 'keys':
      return <KeysDialog onClose={close} />
    default:
      return null
  }
}

function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const groups = [...new Set(ACTIONS.map(action => action.group))]
  return (
    <Dialog title="Keys" onClose={onClose}>
      {groups.map(group => (
        <section key={group}>
          <h3 className="pn-group">{group}</h3>
          <dl className="pn-keys">
            {ACTIONS.filter(action => action.group === group).map(action => (
              <div key={action.id}>
                <dt>{action.title}</dt>
                <dd>
                  <kbd className="ui-kbd">{keyText(action)}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section>
        <h3 className="pn-group">While the canvas has the focus</h3>
        <dl className="pn-keys">
          {CANVAS_KEYS.map(one => (
            <div key={one.keys}>
              <dt>{one.title}</dt>
              <dd>
                <kbd className="ui-kbd">{one.keys}</kbd>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </Dialog>
  )
}
