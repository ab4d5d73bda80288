import { useEffect } from 'react'
import { app } from '../app/current.ts'
import { clipText, ownsClipboard, pasteClip, readClip } from '../app/clipboard.ts'
import { looksLikeFile } from '../app/file-text.ts'
import { pointerOnCanvas } from '../app/view.ts'

/** Files can be dropped anywhere on the page, and pasted, as can the text of one. Nodes are copied and pasted as text, too. */
export function DropZone() {
  useEffect(() => {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
    const over = (event: DragEvent): void => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      void app().commands.openFiles([...(event.dataTransfer?.files ?? [])])
    }
    const paste = (event: ClipboardEvent): void => {
      const data = event.clipboardData
      if (!data || event.defaultPrevented || !ownsClipboard(event.target)) return
      const text = data.getData('text/plain')
      const clip = readClip(text)
      if (clip) {
        event.preventDefault()
        pasteClip(app(), clip, pointerOnCanvas())
        return
      }
      const files = data.files.length > 0 ? [...data.files] : looksLikeFile(text) ? [new File([text], 'pasted.json')] : []
      if (files.length === 0) return
      event.preventDefault()
      void app().commands.openFiles(files)
    }
    /** What is selected goes onto the clipboard as the text of a topology: other tabs, other windows and editors can take it. */
    const copy = (event: ClipboardEvent): void => {
      if (!ownsClipboard(event.target)) return
      const text = clipText(app())
      if (text === null || !event.clipboardData) return
      event.clipboardData.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut') app().commands.remove(app().session.getState().selection)
      else app().commands.announce('Copied')
    }
    window.addEventListener('copy', copy)
    window.addEventListener('cut', copy)
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
      window.removeEventListener('copy', copy)
      window.removeEventListener('cut', copy)
    }
  }, [])
  return null
}
