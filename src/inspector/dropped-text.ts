import type { DragEvent } from 'react'

/** A file that is dropped on a text field becomes its text, instead of opening as a document. */
export function droppedText(event: DragEvent, take: (text: string) => void): void {
  const file = event.dataTransfer.files[0]
  if (!file) return
  event.preventDefault()
  event.stopPropagation()
  void file.text().then(take)
}
