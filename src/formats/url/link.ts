import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'
import { parseJournal } from '../../contract/journal.ts'
import { parseTopology } from '../../topology/parse.ts'
import type { Outcome } from '../../topology/problem.ts'
import { SEMANTICS } from '../../topology/semantics.ts'
import { canonical, fromColumns, toColumns, type Columns, type LinkContent } from './columns.ts'

/**
 * The fragment of a link: `#t=` V C LEN CRC payload `Z`.
 * V: version of the format, one base-36 digit. C: codec, `j` = columns as canonical JSON, raw deflate, base64url.
 * LEN: length of the payload, four base-36 digits; CRC: of the payload, six. So a cut link says how much of it is missing.
 * `Z` ends every link with a letter: some Markdown readers drop a trailing `_`.
 */
const VERSION = '1'
const CODEC = 'j'
const HEAD = 12
const END = 'Z'
/** Before any work: text of a link, and what it may inflate to (deflate bombs reach 1000 : 1). */
const TEXT_MAX = 65_536
const INFLATED_MAX = 1_048_576
const NODES_MAX = 2000
const CHANNELS_MAX = 5000

export function encodeLink(content: LinkContent): string {
  const bytes = deflateSync(strToU8(canonical(toColumns(content))), { level: 9 })
  const payload = toBase64Url(bytes)
  return `#t=${VERSION}${CODEC}${payload.length.toString(36).padStart(4, '0')}${crc32(payload).toString(36).padStart(7, '0').slice(-6)}${payload}${END}`
}

/** Reads a fragment or a whole address. Each way of being wrong has its own sentence. */
export function decodeLink(link: string): Outcome<LinkContent> {
  const start = link.indexOf('#t=')
  if (start < 0) return refuse('link.foreign', 'This is not a Relayground link: it has no “#t=” part.')
  const text = link.slice(start + 3).split('&')[0]!
  if (text.length > TEXT_MAX) return refuse('link.large', `This link is ${text.length} characters long; at most ${TEXT_MAX} can be read. Open the topology from a file instead.`)
  const version = text[0] ?? ''
  if (!/^[0-9a-z]$/.test(version)) return refuse('link.foreign', 'This is not a Relayground link: it doesn’t begin like one.')
  if (version > VERSION) return refuse('link.newer', 'This link was made by a newer version of Relayground: open it there, or update this copy.')
  if (version !== VERSION || text[1] !== CODEC) return refuse('link.foreign', 'This is not a Relayground link: it doesn’t begin like one.')
  const length = Number.parseInt(text.slice(2, 6), 36)
  if (!/^[0-9a-z]{10}$/.test(text.slice(2, HEAD))) return refuse('link.damaged', 'This link is damaged: its beginning can’t be read. Copy it again from where it was made.')
  const rest = text.slice(HEAD)
  const whole = length + END.length
  if (rest.length < whole) return refuse('link.cut', `This link was cut: it lost ${whole - rest.length} of ${whole + HEAD} characters at its end. Copy the whole link.`)
  const payload = rest.slice(0, length)
  if (crc32(payload).toString(36).padStart(7, '0').slice(-6) !== text.slice(6, HEAD)) return refuse('link.damaged', 'This link is damaged: some of its characters were changed on the way. Copy it again from where it was made.')
  return decodePayload(payload)
}

function decodePayload(payload: string): Outcome<LinkContent> {
  const bytes = fromBase64Url(payload)
  const inflated = bytes && inflate(bytes)
  if (!inflated) return refuse('link.damaged', 'This link is damaged: its content can’t be unpacked.')
  let content: ReturnType<typeof fromColumns>
  try {
    const columns = JSON.parse(strFromU8(inflated)) as Columns // a wrong shape throws below, or fails in the parser
    if (columns.n.i.length > NODES_MAX || columns.e.i.length > CHANNELS_MAX) return refuse('link.large', `This link holds more than ${NODES_MAX} nodes or ${CHANNELS_MAX} channels: open the topology from a file instead.`)
    content = fromColumns(columns)
  } catch {
    return refuse('link.damaged', 'This link is damaged: its content is not a topology.')
  }
  if (content.semantics > SEMANTICS) return refuse('link.newer', `This link was made with newer rules (version ${content.semantics}): open it in a newer Relayground.`)
  const topology = parseTopology(content.topology)
  if (!topology.ok) return topology
  if (content.journal === undefined) return { ok: true, value: { topology: topology.value, semantics: content.semantics }, problems: [] }
  const journal = parseJournal(content.journal)
  if (!journal.ok) return journal
  return { ok: true, value: { topology: topology.value, semantics: content.semantics, journal: journal.value }, problems: [] }
}

function refuse(code: string, says: string): Outcome<never> {
  return { ok: false, problems: [{ code, severity: 'error', says }] }
}

/** Inflates until it is done or too much came out. */
function inflate(bytes: Uint8Array): Uint8Array | null {
  const chunks: Uint8Array[] = []
  let size = 0
  let done = false
  const stream = new Inflate((chunk, final) => {
    size += chunk.length
    if (size <= INFLATED_MAX) chunks.push(chunk)
    done = final
  })
  try {
    for (let at = 0; at < bytes.length && size <= INFLATED_MAX; at += 1024) stream.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length)
  } catch {
    return null
  }
  if (!done || size > INFLATED_MAX) return null
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const digits = Math.min(4, bytes.length - at + 1)
    for (let digit = 0; digit < digits; digit += 1) text += ALPHABET[(group >> (18 - 6 * digit)) & 63]
  }
  return text
}

function fromBase64Url(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let value = 0
  let at = 0
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = ((value << 6) | digit) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at] = (value >> bits) & 255
      at += 1
    }
  }
  return bytes
}

/** CRC-32 (IEEE 802.3) of a text of single-byte characters. */
function crc32(text: string): number {
  let crc = -1
  for (let i = 0; i < text.length; i += 1) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
  }
  return (crc ^ -1) >>> 0
}
