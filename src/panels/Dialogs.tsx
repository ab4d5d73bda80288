import './dialogs.css'
import { lazy, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import type { Dialog } from '../app/app.ts'
import { app } from '../app/current.ts'
import { lazily } from '../ui/lazily.tsx'
import { giveFocusBack, rememberFocus } from './return-focus.ts'

// Nothing of these is needed before somebody asks for it.
const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog.tsx')).ShareDialog }))
const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog.tsx')).ImportDialog }))
const DefinitionsDialog = lazy(async () => ({ default: (await import('./DefinitionsDialog.tsx')).DefinitionsDialog }))
const KeysDialog = lazy(async () => ({ default: (await import('./KeysDialog.tsx')).KeysDialog }))
const LibraryDialog = lazy(async () => ({ default: (await import('./LibraryDialog.tsx')).LibraryDialog }))
const BreakpointDialog = lazy(async () => ({ default: (await import('./watch/BreakpointDialog.tsx')).BreakpointDialog }))
const palette = lazily(async () => (await import('./CommandPalette.tsx')).CommandPalette)
const { Component: CommandPalette } = palette

/** The palette is typed into at once: it is fetched when the page has nothing else to do. */
const PREFETCH_MS = 2000

export function Dialogs() {
  const dialog = useStore(app().session, state => state.dialog)
  useEffect(() => {
    const timer = setTimeout(palette.ahead, PREFETCH_MS)
    return () => clearTimeout(timer)
  }, [])
  useEffect(rememberFocus, [])
  return <Suspense>{dialog && <Shown dialog={dialog} />}</Suspense>
}

function Shown({ dialog }: { readonly dialog: Dialog }) {
  const close = (): void => app().commands.patchSession({ dialog: null })
  // As soon as everything of it has gone, and before the next key: the dialog itself would give it to nobody.
  useEffect(() => () => queueMicrotask(giveFocusBack), [])
  switch (dialog.dialog) {
    case 'share':
      return <ShareDialog onClose={close} />
    case 'import':
      return <ImportDialog onClose={close} files={dialog.files} />
    case 'definitions':
      return <DefinitionsDialog onClose={close} />
    case 'keys':
      return <KeysDialog onClose={close} />
    case 'library':
      return <LibraryDialog onClose={close} />
    case 'breakpoint':
      return <BreakpointDialog onClose={close} when={dialog.when} edits={dialog.edits} />
    case 'palette':
      return <CommandPalette onClose={close} search={dialog.search ?? ''} />
    default:
      return null
  }
}
