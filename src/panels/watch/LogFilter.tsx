import { Check, ListFilter, X } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { app } from '../../app/current.ts'
import { hasTerm, parseLogQuery, toggleTerm, writeLogQuery, writeTerm, type LogFilter } from '../../app/log-query.ts'
import { FACT_VERBS } from '../../contract/fact.ts'
import { DISCARD_REASONS } from '../../contract/ledger.ts'
import { isNote } from '../../contract/notes.ts'
import { Button } from '../../ui/Button.tsx'
import { stayInMenus } from '../../ui/stay-in-menus.ts'
import type { FactField, FactRow } from '../../worker/api.ts'

const setQuery = (logQuery: string): void => app().commands.patchSession({ logQuery })

/** The filter as a text, and everything that can be in it as a menu. */
export function LogSearch({ query, active }: { readonly query: string; readonly active: FactRow | null }) {
  // The page goes on living beside the menu, which is in the pane's landmark.
  const [home, setHome] = useState<HTMLElement | null>(null)
  return (
    <>
      <span ref={setHome} />
      <input
        className="ui-input pn-log-query"
        type="search"
        aria-label="Filter of the event log"
        placeholder="node:history  kind:dead-lettered  key:chat.*  or any text"
        spellCheck={false}
        autoComplete="off"
        value={query}
        onChange={event => setQuery(event.target.value)}
      />
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button>
            <ListFilter />
            Filter
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal container={home}>
          <DropdownMenu.Content className="ui-menu" align="end" side="top" sideOffset={6} collisionPadding={8} onInteractOutside={stayInMenus}>
            <OfFact query={query} fact={active} />
            <Values home={home} query={query} field="node" title="Node" values={nodeNames()} />
            <Values home={home} query={query} field="kind" title="Kind" values={FACT_VERBS} />
            <Values home={home} query={query} field="reason" title="Reason of a loss" values={DISCARD_REASONS} />
            <Values home={home} query={query} field="type" title="Type of message" values={['command', 'event', 'document']} />
            <Item title="Key, message or correlation …" says="Type key:, message: or correlation: and what it is; * stands for anything." act={() => setQuery(query.trim() === '' ? 'key:' : `${query.trim()} key:`)} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  )
}

/** What the filter says, one piece each, to be taken out; and what was probably not meant. */
export function LogChips({ query, filter }: { readonly query: string; readonly filter: LogFilter }) {
  if (query.trim() === '') return null
  return (
    <div className="pn-log-chips" role="group" aria-label="What the log is filtered by">
      {filter.terms.map((term, index) => (
        <button key={`${index} ${writeTerm(term)}`} type="button" className="pn-log-chip" aria-label={`Without ${writeTerm(term)}`} onClick={() => setQuery(writeLogQuery(filter.terms.filter(other => other !== term)))}>
          {writeTerm(term)}
          <X aria-hidden="true" />
        </button>
      ))}
      {filter.problems.map(says => (
        <span key={says} className="pn-log-problem">
          {says}
        </span>
      ))}
    </div>
  )
}

/** Filters by what the chosen fact has. */
function OfFact({ query, fact }: { readonly query: string; readonly fact: FactRow | null }) {
  if (!fact) return null
  const { message } = fact
  const values: readonly (readonly [FactField, string, string | null | undefined])[] = [
    ['message', 'Only its message', message?.identity],
    ['correlation', 'Only what belongs to it', message?.correlation],
    ['key', 'Only its key', message?.key],
    ['node', 'Only its node', nameOf(fact.node)],
    ['kind', 'Only its kind', fact.verb],
  ]
  return (
    <>
      <DropdownMenu.Label className="pn-log-label">The chosen fact</DropdownMenu.Label>
      {values.map(([field, title, value]) => (value === undefined || value === null || value === '' ? null : <Item key={field} title={title} says={value} act={() => setQuery(toggleTerm(query, field, value))} />))}
      <DropdownMenu.Separator className="ui-menu-rule" />
    </>
  )
}

function Item({ title, says, act }: { readonly title: string; readonly says: string; readonly act: () => void }) {
  return (
    <DropdownMenu.Item className="ui-menu-item" onSelect={act}>
      <span>
        {title}
        <small>{says}</small>
      </span>
    </DropdownMenu.Item>
  )
}

function Values({ home, query, field, title, values }: { readonly home: HTMLElement | null; readonly query: string; readonly field: FactField; readonly title: string; readonly values: readonly string[] }) {
  const { terms } = parseLogQuery(query)
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="ui-menu-item">
        <span>{title}</span>
        <span className="pn-log-more" aria-hidden="true">
          ›
        </span>
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal container={home}>
        <DropdownMenu.SubContent className="ui-menu pn-log-values" collisionPadding={8}>
          {values.map(value => (
            <DropdownMenu.CheckboxItem key={value} className="ui-menu-item" checked={hasTerm(terms, field, value)} onSelect={event => event.preventDefault()} onCheckedChange={() => setQuery(toggleTerm(query, field, value))}>
              <span className="pn-log-check">
                <DropdownMenu.ItemIndicator>
                  <Check aria-hidden="true" />
                </DropdownMenu.ItemIndicator>
              </span>
              {value}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  )
}

/** What people call each node; those that are called alike by their ids. */
function nodeNames(): readonly string[] {
  return app().document.getState().topology.nodes.filter(node => !isNote(node.type)).map(node => nameOf(node.id)!)
}

function nameOf(id: string): string | undefined {
  const { nodes } = app().document.getState().topology
  const node = nodes.find(one => one.id === id)
  return node && (nodes.some(other => other !== node && other.label === node.label) ? node.id : node.label)
}
