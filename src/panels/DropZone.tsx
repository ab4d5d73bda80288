import { useEffect } from 'react'
import { app } from '../app/current.ts'
import { looksLikeFile } from '../app/file-text.ts'

/** Files can be dropped anywhere on the page, and pasted, as can the text of one. */
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
      if (!data || event.defaultPrevented || (event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable="true"], [role="dialog"]'))) return
      const text = data.getData('text/plain')
      const files = data.files.length > 0 ? [...data.files] : looksLikeFile(text) ? [new File([text], 'pasted.json')] : []
      if (files.length === 0) return
      event.preventDefault()
      void app().commands.openFiles(files)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [])
  return null
}
