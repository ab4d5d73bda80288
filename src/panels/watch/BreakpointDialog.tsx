import './watch.css'
import { useState, type FormEvent, type ReactNode } from 'react'
import { conditionText, FACT_KINDS } from '../../app/breakpoint-text.ts'
import { app } from '../../app/current.ts'
import type { FactVerb } from '../../contract/fact.ts'
import { DISCARD_REASONS, type DiscardReason } from '../../contract/ledger.ts'
import type { MessageType } from '../../contract/message.ts'
import { isNote } from '../../contract/notes.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { Condition } from '../../worker/api.ts'
import { LEVEL_FIRST, levelsOf, packetWith, factWith, without, type Levels } from './condition-form.ts'

/** Pause when …: what, where, and of which messages. What it comes to is read as a sentence before it is taken. */
export function BreakpointDialog({ when: first, edits, onClose }: { readonly when: Condition; readonly edits: string | undefined; readonly onClose: () => void }) {
  const { catalogue, commands, document, watching } = app()
  const { topology } = document.getState()
  const [when, setWhen] = useState(first)
  const [once, setOnce] = useState(watching.getState().breakpoints.find(one => one.id === edits)?.once ?? false)
  const levels = levelsOf(catalogue, topology)
  const take = (event: FormEvent): void => {
    event.preventDefault()
    if (edits === undefined) commands.addBreakpoint(when, { once })
    else commands.changeBreakpoint(edits, { when, once, on: true })
    onClose()
  }
  const watchFor = (watch: string): void => {
    if (watch === 'fact') setWhen({ watch: 'fact', verb: 'dead-lettered' })
    else if (watch === 'packet' && topology.channels[0]) setWhen({ watch: 'packet', channel: topology.channels[0].id })
    else if (levels[0]) setWhen({ watch: 'level', node: levels[0].node, probe: levels[0].probe, from: LEVEL_FIRST })
  }
  return (
    <Dialog title={edits === undefined ? 'Pause when …' : 'Change a breakpoint'} onClose={onClose}>
      <form className="pn-when" onSubmit={take}>
        <Choice title="What happens" value={when.watch} onChange={watchFor}>
          <option value="fact">Something at a node, or to a message</option>
          {topology.channels.length > 0 ? <option value="packet">Something on a channel</option> : null}
          {levels.length > 0 ? <option value="level">A depth or level comes to a number</option> : null}
        </Choice>
        {when.watch === 'fact' ? <FactFields when={when} set={setWhen} /> : null}
        {when.watch === 'packet' ? <PacketFields when={when} set={setWhen} /> : null}
        {when.watch === 'level' ? <LevelFields when={when} levels={levels} set={setWhen} /> : <MessageFields when={when} set={setWhen} />}
        <label className="pn-when-once">
          <input type="checkbox" checked={once} onChange={event => setOnce(event.target.checked)} />
          Only the first time
        </label>
        <p className="pn-when-says" role="status">
          Pause when {conditionText({ topology, catalogue }, when)}
          {once ? ', once' : ''}.
        </p>
        <div className="pn-actions">
          <Button type="submit" look="primary">
            {edits === undefined ? 'Add the breakpoint' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Choice({ title, value, onChange, children }: { readonly title: string; readonly value: string; readonly onChange: (value: string) => void; readonly children: ReactNode }) {
  return (
    <label className="pn-when-field">
      <span>{title}</span>
      <select className="ui-input" value={value} onChange={event => onChange(event.target.value)}>
        {children}
      </select>
    </label>
  )
}

interface FieldsProps<When> {
  readonly when: When
  readonly set: (when: Condition) => void
}

function FactFields({ when, set }: FieldsProps<Extract<Condition, { watch: 'fact' }>>) {
  const nodes = app().document.getState().topology.nodes.filter(node => !isNote(node.type))
  return (
    <>
      <Choice title="Where" value={when.node ?? ''} onChange={node => set(node === '' ? without(when, 'node') : { ...when, node })}>
        <option value="">Anywhere</option>
        {nodes.map(node => (
          <option key={node.id} value={node.id}>
            {node.label}
          </option>
        ))}
      </Choice>
      <Choice title="Kind" value={when.verb ?? ''} onChange={verb => set(factWith(when, verb === '' ? undefined : (verb as FactVerb)))}>
        <option value="">Anything</option>
        {(['message', 'node'] as const).map(about => (
          <optgroup key={about} label={about === 'message' ? 'A message …' : 'A node …'}>
            {FACT_KINDS.filter(kind => kind.about === about).map(({ verb, says }) => (
              <option key={verb} value={verb}>
                {says}
              </option>
            ))}
          </optgroup>
        ))}
      </Choice>
      <Choice title="Reason" value={when.reason ?? ''} onChange={reason => set(reason === '' ? without(when, 'reason') : { ...when, reason: reason as DiscardReason })}>
        <option value="">Any</option>
        {DISCARD_REASONS.map(reason => (
          <option key={reason} value={reason}>
            {reason}
          </option>
        ))}
      </Choice>
    </>
  )
}

function PacketFields({ when, set }: FieldsProps<Extract<Condition, { watch: 'packet' }>>) {
  const { nodes, channels } = app().document.getState().topology
  const label = (id: string): string => nodes.find(node => node.id === id)?.label ?? id
  return (
    <>
      <Choice title="Channel" value={when.channel} onChange={channel => set({ ...when, channel })}>
        {channels.map(channel => (
          <option key={channel.id} value={channel.id}>
            {label(channel.from)} → {label(channel.to)}
          </option>
        ))}
      </Choice>
      <Choice title="A message there" value={when.does ?? ''} onChange={does => set(packetWith(when, does))}>
        <option value="">leaves, arrives or is lost</option>
        <option value="departs">leaves</option>
        <option value="arrives">arrives</option>
        <option value="lost">is lost</option>
      </Choice>
    </>
  )
}

function MessageFields({ when, set }: FieldsProps<Exclude<Condition, { watch: 'level' }>>) {
  return (
    <>
      <label className="pn-when-field">
        <span>Key</span>
        <input className="ui-input" data-mono="true" placeholder="any; * stands for any characters" spellCheck={false} autoComplete="off" value={when.key ?? ''} onChange={event => set(event.target.value === '' ? without(when, 'key') : { ...when, key: event.target.value })} />
      </label>
      <Choice title="Type of message" value={when.type ?? ''} onChange={type => set(type === '' ? without(when, 'type') : { ...when, type: type as MessageType })}>
        <option value="">Any</option>
        <option value="command">command</option>
        <option value="event">event</option>
        <option value="document">document</option>
      </Choice>
    </>
  )
}

function LevelFields({ when, levels, set }: FieldsProps<Extract<Condition, { watch: 'level' }>> & { readonly levels: Levels }) {
  const [draft, setDraft] = useState(String(when.from))
  const at = levels.findIndex(one => one.node === when.node && one.probe === when.probe)
  return (
    <>
      <Choice title="Level" value={String(at)} onChange={index => set({ ...when, node: levels[Number(index)]!.node, probe: levels[Number(index)]!.probe })}>
        {levels.map((one, index) => (
          <option key={`${one.node} ${one.probe}`} value={index}>
            {one.title}
          </option>
        ))}
      </Choice>
      <label className="pn-when-field">
        <span>Comes to</span>
        <input
          className="ui-input"
          inputMode="numeric"
          required
          pattern="[1-9][0-9]{0,8}"
          title="A whole number from 1"
          value={draft}
          onChange={event => {
            setDraft(event.target.value)
            if (event.target.validity.valid) set({ ...when, from: Number(event.target.value) })
          }}
        />
      </label>
    </>
  )
}
