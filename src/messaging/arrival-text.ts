/** What people type, paste or drop as times of arrivals. */

/** One arrival of a trace; key and body are null where the trace says nothing of them. */
export interface TraceRow {
  readonly atNs: number
  readonly key: string | null
  readonly body: string | null
}

export interface Trace {
  /** By time; of one time, as they stand. */
  readonly rows: readonly TraceRow[]
  /** What could not be read, a sentence a line. */
  readonly problems: readonly string[]
}

const NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9 }
const TIME = /^([+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)\s*(ns|us|µs|ms|s|min|h)?$/i
/** Seconds beyond the end of any run: a clock time, counted from the first. Still greater ones are milliseconds. */
const CLOCK_SECONDS = 1e8
const CLOCK_MILLISECONDS = 1e11
const TIME_NAMES = ['time', 'at', 't', 'timestamp', 'seconds']
const KEY_NAMES = ['key', 'routing key', 'routing_key', 'topic', 'subject']
const BODY_NAMES = ['body', 'payload', 'message', 'value']
const PROBLEMS_MAX = 5

/** A list of times, divided by lines, commas or spaces: seconds, or with a unit ("250ms"). */
export function parseSchedule(text: string): Trace {
  const words = text.split(/[\s,;]+/).filter(word => word !== '')
  return traceOf(words.map((word, n) => ({ line: n + 1, what: 'Time', cells: [word] })), { time: 0, key: -1, body: -1 })
}

/**
 * A table: a column of times, and if there are any, columns of keys and bodies. A first line of names says which is which; without one they come in
 * this order. Columns are divided by tabs, semicolons or commas; a cell in double quotes may hold any of them (RFC 4180).
 */
export function parseTrace(text: string): Trace {
  const rows = cellsOf(text)
  const names = rows[0]?.cells.map(cell => cell.trim().toLowerCase()) ?? []
  const place = (known: readonly string[]): number => names.findIndex(name => known.includes(name))
  const headed = place(TIME_NAMES) >= 0
  const columns = headed ? { time: place(TIME_NAMES), key: place(KEY_NAMES), body: place(BODY_NAMES) } : { time: 0, key: 1, body: 2 }
  return traceOf(headed ? rows.slice(1) : rows, columns)
}

interface Row {
  readonly line: number
  readonly what: string
  readonly cells: readonly string[]
}

function traceOf(given: readonly Row[], columns: { readonly time: number; readonly key: number; readonly body: number }): Trace {
  const rows: (TraceRow & { readonly order: number })[] = []
  const problems: string[] = []
  let zero: number | null = null
  for (const { line, what, cells } of given) {
    const cell = cells[columns.time] ?? ''
    const time = timeOf(cell)
    zero ??= time !== null && time.clock ? time.ns : 0
    const atNs = time === null ? -1 : time.ns - zero
    if (atNs < 0) problems.push(`${what} ${line}: “${cell}” is not a time such as 1.5 or 250ms.`)
    else rows.push({ atNs: Math.floor(atNs + 0.5), key: said(cells[columns.key]), body: said(cells[columns.body]), order: rows.length })
  }
  rows.sort((a, b) => a.atNs - b.atNs || a.order - b.order)
  const more = problems.length - PROBLEMS_MAX
  return { rows: rows.map(({ atNs, key, body }) => ({ atNs, key, body })), problems: more > 0 ? [...problems.slice(0, PROBLEMS_MAX), `And ${more} more like these.`] : problems }
}

/** An empty cell says nothing. */
function said(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell
}

function timeOf(cell: string): { readonly ns: number; readonly clock: boolean } | null {
  const read = TIME.exec(cell.trim())
  if (!read) return null
  const number = Number(read[1])
  if (read[2] !== undefined) return { ns: number * NS[read[2].toLowerCase()]!, clock: false }
  if (number < CLOCK_SECONDS) return { ns: number * 1e9, clock: false }
  return { ns: number * (number >= CLOCK_MILLISECONDS ? 1e6 : 1e9), clock: true }
}

/** Lines of cells; empty lines are left out. */
function cellsOf(text: string): readonly Row[] {
  const firstLine = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))
  const divider = ['\t', ';', ','].find(one => firstLine.includes(one)) ?? ','
  const rows: Row[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let lineOfRow = 1
  const endCell = (): void => {
    cells.push(cell)
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    if (cells.some(one => one.trim() !== '')) rows.push({ line: lineOfRow, what: 'Line', cells })
    cells = []
    lineOfRow = line
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!
    if (character === '\n') line += 1
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (character === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (character === divider) endCell()
    else if (character === '\n') endRow()
    else if (character !== '\r') cell += character
  }
  endRow()
  return rows
}
