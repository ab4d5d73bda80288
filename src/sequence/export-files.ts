import type { App } from '../app/app.ts'
import { grouped } from '../ui/format.ts'
import { frameOf } from './frame.ts'
import { mermaidOf } from './mermaid.ts'
import { verdict } from './order.ts'
import { orderFrame, orderPicture } from './order-picture.ts'
import { pictureOf } from './picture.ts'
import { sequenceStore } from './sequence-store.ts'
import { drawnOf, ordersOf, type Drawn } from './shown.ts'
import { svgOf } from './svg.ts'
import { momentText } from './time.ts'

/** A file is as large as its content is clear: so much for each message, within reason. */
const ROW_PX = 26
const HEIGHT = { least: 480, most: 8000 }
const COLUMN_PX = 150

/** What is seen, as a picture in the colours of the theme that is shown. */
export function saveSvg(app: App): void {
  const { mode, sequence } = sequenceStore.getState()
  const drawn = sequence && drawnOf(sequence, sequenceStore.getState())
  if (!drawn) return
  app.commands.download(mode === 'order' ? orderSvg(app, drawn) : timeSvg(app, drawn), `${nameOf(app)}.svg`, 'image/svg+xml')
}

export function saveMermaid(app: App): void {
  const text = mermaid(app)
  if (text !== null) app.commands.download(text, `${nameOf(app)}.mmd`, 'text/plain')
}

export function copyMermaid(app: App): void {
  const text = mermaid(app)
  if (text === null) return
  navigator.clipboard.writeText(text).then(
    () => app.commands.notify('success', 'The sequence is on the clipboard, as Mermaid.'),
    () => app.commands.notify('problem', 'This browser does not let the page write to the clipboard.', { label: 'Save it as a file', run: () => saveMermaid(app) }),
  )
}

function mermaid(app: App): string | null {
  const { sequence, view } = sequenceStore.getState()
  const drawn = sequence && drawnOf(sequence, sequenceStore.getState())
  if (!drawn) return null
  const crossings = drawn.crossings.filter(one => one.departNs <= view.toNs && one.endNs >= view.fromNs)
  const used = new Set(crossings.flatMap(one => [one.from, one.to]))
  return mermaidOf({
    title: titleOf(app),
    lifelines: drawn.lifelines.filter(one => used.has(one.id)),
    crossings,
    facts: drawn.facts.filter(fact => fact.atNs >= view.fromNs && fact.atNs <= view.toNs),
  })
}

function timeSvg(app: App, drawn: Drawn): string {
  const { view, active } = sequenceStore.getState()
  const count = drawn.crossings.filter(one => one.departNs <= view.toNs && one.endNs >= view.fromNs).length
  const height = Math.min(HEIGHT.most, Math.max(HEIGHT.least, count * ROW_PX))
  const frame = frameOf({ view, lifelines: drawn.lifelines, width: 100 + drawn.lifelines.length * COLUMN_PX, height })
  const { head, body } = pictureOf(frame, drawn.sequence, drawn, { identity: active?.identity ?? null, active: null, familyOf: type => familyOf(app, type), detailed: true })
  const names = drawn.lifelines.map(one => one.label).join(', ')
  return svgOf({ title: titleOf(app), description: `${grouped(count)} crossings of messages between ${names}. Time goes downwards, to scale.`, width: frame.width, height, top: frame.top, head, body, colour: colourOf })
}

function orderSvg(app: App, drawn: Drawn): string {
  const { active } = sequenceStore.getState()
  const orders = ordersOf(drawn, sequenceStore.getState())
  const label = (id: string): string => drawn.sequence.nodes[id]?.label ?? id
  const looks = new Map(drawn.crossings.map(one => [one.identity, one.look]))
  const width = 60 + orders.length * 190
  const { whole } = orderFrame({ orders, width, from: 0, height: 0 })
  const frame = orderFrame({ orders, width, from: 0, height: whole })
  const { head, body } = orderPicture(frame, orders, { label, familyOf: id => familyOf(app, drawn.sequence.nodes[id]?.type ?? ''), lookOf: identity => looks.get(identity), identity: active?.identity ?? null })
  return svgOf({ title: titleOf(app), description: verdict(orders, label), width: frame.width, height: whole, top: 34, head, body, colour: colourOf })
}

function titleOf(app: App): string {
  const { view } = sequenceStore.getState()
  const apart = (view.toNs - view.fromNs) / 10
  return `${app.document.getState().topology.title}, ${momentText(view.fromNs, apart)} to ${momentText(view.toNs, apart)}`
}

function nameOf(app: App): string {
  const title = app.document.getState().topology.title.trim().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase()
  return `${title === '' ? 'topology' : title}-sequence`
}

function familyOf(app: App, type: string): string {
  return app.catalogue.familyOf(type)?.colour ?? 'application'
}

function colourOf(tone: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${tone}`).trim()
}
