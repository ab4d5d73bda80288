import './text.css'
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import { app } from '../../app/current.ts'
import { readText, textOfTopology, type TextReading } from '../../app/text-edit.ts'
import { Button } from '../../ui/Button.tsx'
import { nobodyHasFocus } from '../../ui/nobody-has-focus.ts'

/** So long after the last key a text is read. */
const PAUSE_MS = 350

interface TextEdit {
  readonly text: string
  readonly reading: TextReading
  /** Something was typed that is not read yet. */
  readonly typed: boolean
  readonly type: (text: string) => void
  /** Back to what the topology is. */
  readonly takeBack: () => void
}

/** A text that follows the topology, and that the topology follows. */
function useTextEdit(): TextEdit {
  const { document: store, commands } = app()
  const topology = useStore(store, state => state.topology)
  const [text, setText] = useState(() => textOfTopology(topology))
  const [reading, setReading] = useState<TextReading>({ ok: true, edits: [] })
  const [typed, setTyped] = useState(false)
  const [seen, setSeen] = useState(topology)
  // An edit from elsewhere (undo, another view) is shown at once, unless something unreadable stands here: that is not thrown away.
  if (seen !== topology) {
    setSeen(topology)
    const now = readText(topology, text)
    if (now.ok && now.edits.length > 0 && !typed) setText(textOfTopology(topology))
  }
  useEffect(() => {
    if (!typed) return undefined
    const timer = setTimeout(() => {
      const next = readText(store.getState().topology, text)
      setReading(next)
      setTyped(false)
      if (next.ok) commands.edit('change of the text', next.edits, 'text')
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, text, store, commands])
  useReadAtEnd(text, typed)
  return {
    text,
    reading,
    typed,
    type: next => {
      setText(next)
      setTyped(true)
    },
    takeBack: () => {
      setText(textOfTopology(topology))
      setReading({ ok: true, edits: [] })
      setTyped(false)
    },
  }
}

/** Whoever types and goes to another view at once loses nothing. Where another topology takes the place of this one, the text is not about it. */
function useReadAtEnd(text: string, typed: boolean): void {
  const last = useRef({ text, typed })
  useLayoutEffect(() => {
    last.current = { text, typed }
  })
  useEffect(() => {
    const { commands, document: store } = app()
    const { id } = store.getState()
    return () => {
      const { topology, id: now } = store.getState()
      if (!last.current.typed || now !== id) return
      const reading = readText(topology, last.current.text)
      if (reading.ok) commands.edit('change of the text', reading.edits, 'text')
    }
  }, [])
}

/** The topology as JSON: what is typed is applied to the running simulation as soon as it makes sense; what doesn't is told in its place. */
export function TextView() {
  const edit = useTextEdit()
  const { text, reading } = edit
  const field = useRef<HTMLTextAreaElement>(null)
  const [scroll, setScroll] = useState(0)
  useLayoutEffect(() => {
    if (!nobodyHasFocus() || !field.current) return
    field.current.focus({ preventScroll: true })
    field.current.setSelectionRange(0, 0)
  }, [])
  const lines = text.split('\n').length
  const go = (): void => {
    if (reading.ok || !field.current) return
    const { offset, length } = reading.place
    field.current.focus()
    field.current.setSelectionRange(offset, offset + length)
  }
  return (
    <div className="pn-text" style={{ '--line': reading.ok ? 0 : reading.place.line, '--scroll': `${-scroll}px` } as CSSProperties}>
      <div className="pn-text-page" data-wrong={reading.ok ? undefined : true}>
        <pre className="pn-text-lines" aria-hidden="true">
          {Array.from({ length: lines }, (_, line) => line + 1).join('\n')}
        </pre>
        <textarea
          ref={field}
          className="pn-text-field"
          aria-label="The topology as JSON"
          aria-invalid={!reading.ok}
          aria-describedby="pn-text-says"
          spellCheck={false}
          autoCapitalize="off"
          wrap="off"
          value={text}
          onScroll={event => setScroll(event.currentTarget.scrollTop)}
          onChange={event => edit.type(event.target.value)}
        />
      </div>
      <Foot edit={edit} onGo={go} />
    </div>
  )
}

function Foot({ edit: { reading, typed, takeBack }, onGo }: { readonly edit: TextEdit; readonly onGo: () => void }) {
  return (
    <div className="pn-text-foot" id="pn-text-says" role="status" data-wrong={reading.ok ? undefined : true}>
      {reading.ok ? (
        <span>{typed ? 'Reading …' : 'What you type is applied as soon as it makes sense.'}</span>
      ) : (
        <>
          <span>
            Line {reading.place.line}: {reading.says}
          </span>
          <Button look="outline" onClick={onGo}>
            Go there
          </Button>
          <Button look="outline" onClick={takeBack}>
            Take back
          </Button>
        </>
      )}
    </div>
  )
}
