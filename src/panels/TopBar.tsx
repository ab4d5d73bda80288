import { Download, EllipsisVertical, Import, LayoutTemplate, Link2, Moon, Redo2, Search, Sun, Undo2, Waypoints } from 'lucide-react'
import { useRef, useState } from 'react'
import { useStore } from 'zustand'
import { actionOf, keyText } from '../app/action.ts'
import { isDark } from '../app/actions.ts'
import { app } from '../app/current.ts'
import { rabbitmqBrokers } from '../app/rabbitmq-export.ts'
import { emptyTopology } from '../topology/document.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { MenuButton, type MenuLine } from '../ui/MenuButton.tsx'
import { takeFocusToReplace } from '../ui/take-focus.ts'

export function TopBar() {
  const { commands } = app()
  return (
    <header className="pn-topbar">
      <span className="pn-brand">
        <Waypoints aria-hidden="true" />
        <span>Relayground</span>
      </span>
      <span className="pn-slash" aria-hidden="true">
        /
      </span>
      <Title />
      <Saved />
      <span className="pn-spring" />
      <Find />
      <History />
      <Starters />
      <Button className="pn-roomy" onClick={openImport} aria-label="Import">
        <Import />
        <span className="pn-wide">Import</span>
      </Button>
      <Export />
      <Theme />
      <More />
      <Button look="primary" onClick={() => commands.patchSession({ dialog: { dialog: 'share' } })} aria-label="Share">
        <Link2 />
        <span className="pn-wide">Share</span>
      </Button>
    </header>
  )
}

function Title() {
  const title = useStore(app().document, state => state.topology.title)
  const [draft, setDraft] = useState<string | null>(null)
  // The button is gone while there is a field: it gets the keyboard back when a key has ended that.
  const endedByKey = useRef(false)
  const takeBack = (button: HTMLButtonElement | null): void => {
    if (button && endedByKey.current) button.focus()
    endedByKey.current = false
  }
  if (draft === null)
    return (
      <h1 style={{ fontSize: 'inherit', fontWeight: 400, minWidth: 0, display: 'flex' }}>
        <button ref={takeBack} type="button" className="pn-title" title="Rename the topology" onClick={() => setDraft(title)} style={{ whiteSpace: 'nowrap', cursor: 'text' }}>
          {title}
        </button>
      </h1>
    )
  const done = (keep: boolean): void => {
    if (keep) app().commands.setTitle(draft)
    setDraft(null)
  }
  return (
    <input
      className="pn-title"
      aria-label="Name of the topology"
      ref={takeFocusToReplace}
      value={draft}
      onChange={event => setDraft(event.target.value)}
      onBlur={() => done(true)}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        // Enter would press the button that comes.
        event.preventDefault()
        endedByKey.current = true
        done(event.key === 'Enter')
      }}
    />
  )
}

function Saved() {
  const saved = useStore(app().document, state => state.saved)
  return <span className="pn-saved">{{ saved: 'saved', saving: 'saving …', failed: 'not saved: this browser allows no storage' }[saved]}</span>
}

function History() {
  const { document, commands } = app()
  const undo = useStore(document, state => state.past.at(-1)?.title)
  const redo = useStore(document, state => state.future.at(-1)?.title)
  return (
    <>
      <IconButton name="Undo" hint={undo === undefined ? 'Nothing to undo' : `Undo ${undo}`} disabled={undo === undefined} onClick={() => commands.undo()}>
        <Undo2 />
      </IconButton>
      <IconButton name="Redo" hint={redo === undefined ? 'Nothing to redo' : `Redo ${redo}`} disabled={redo === undefined} onClick={() => commands.redo()}>
        <Redo2 />
      </IconButton>
    </>
  )
}

function Starters() {
  const { starters, commands } = app()
  return (
    <MenuButton
      button={
        <Button aria-label="Starters">
          <LayoutTemplate />
          <span className="pn-wide">Starters</span>
        </Button>
      }
      lines={() => [
        { title: 'Your topologies …', says: 'What you changed is kept in this browser.', act: () => commands.patchSession({ dialog: { dialog: 'library' } }) },
        'rule',
        ...starters.map(starter => ({ title: starter.title, says: starter.summary, act: () => commands.open(starter.topology) })),
        { title: 'Start blank', says: 'An empty canvas. Undo brings back what was here.', act: () => commands.open(emptyTopology(), { title: 'blank start' }) },
      ]}
    />
  )
}

function Export() {
  const lines = useExportLines()
  return (
    <MenuButton
      button={
        <Button className="pn-roomy" aria-label="Export">
          <Download />
          <span className="pn-wide">Export</span>
        </Button>
      }
      lines={() => lines}
    />
  )
}

function useExportLines(): readonly MenuLine[] {
  const { document, commands } = app()
  const broker = useStore(document, state => rabbitmqBrokers(state.topology).length > 0)
  const definitions = broker ? 'Exchanges, queues, bindings and policies of a broker, for rabbitmqctl import_definitions.' : 'There is no RabbitMQ here.'
  return [
    { title: 'Topology file', says: 'A .relay.json with everything that is here, to open again.', act: () => commands.saveFile() },
    { title: 'RabbitMQ definitions …', says: definitions, disabled: !broker, act: () => commands.patchSession({ dialog: { dialog: 'definitions' } }) },
  ]
}

function openImport(): void {
  app().commands.patchSession({ dialog: { dialog: 'import' } })
}

/** On a phone, what is not needed at every moment: the name of the topology has the room instead. */
function More() {
  const { theme, title } = useOtherTheme()
  const exports = useExportLines()
  return (
    <MenuButton
      button={
        <Button className="pn-tight" aria-label="More">
          <EllipsisVertical />
        </Button>
      }
      lines={() => [
        { title: 'Import …', says: 'A .relay.json file, or definitions of a RabbitMQ.', act: openImport },
        'rule',
        ...exports,
        'rule',
        { title, says: undefined, act: () => app().commands.setTheme(theme) },
      ]}
    />
  )
}

/** Everything by name; on a phone, where no key opens it, too. */
function Find() {
  const action = actionOf(app(), 'palette')
  return (
    <IconButton name={action.title} hint={`${action.title} (${keyText(action)})`} onClick={() => action.run(app())}>
      <Search />
    </IconButton>
  )
}

function useOtherTheme(): { readonly theme: 'light' | 'dark'; readonly title: string } {
  useStore(app().session, state => state.theme)
  return isDark() ? { theme: 'light', title: 'Light theme' } : { theme: 'dark', title: 'Dark theme' }
}

function Theme() {
  const { theme, title } = useOtherTheme()
  return (
    <IconButton className="pn-roomy" name={title} onClick={() => app().commands.setTheme(theme)}>
      {theme === 'light' ? <Sun /> : <Moon />}
    </IconButton>
  )
}
