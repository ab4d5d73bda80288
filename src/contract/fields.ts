import type { Config, ConfigValue } from '../topology/document.ts'
import type { Problem } from '../topology/problem.ts'

interface FieldBase {
  readonly id: string
  readonly label: string
  /** What the real product does with it, in one line. */
  readonly help: string
  /** Section heading in the inspector; fields without one come first. */
  readonly group?: string
  /** Hidden unless another field has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly ConfigValue[] }
}

/**
 * One setting of a kind. Durations are milliseconds and may be fractions; rates are per second; sizes are bytes.
 * `optional` numbers and texts may be null: "not set", which is what the product calls "no limit" or "none".
 */
export type FieldSpec = FieldBase &
  (
    | { readonly type: 'toggle'; readonly default: boolean }
    | {
        readonly type: 'number'
        readonly default: number | null
        readonly unit: string
        readonly min: number
        readonly max: number
        readonly whole?: boolean
        readonly scale?: 'linear' | 'log'
        readonly optional?: boolean
        /** What null means: "unlimited". */
        readonly none?: string
      }
    | { readonly type: 'text'; readonly default: string; readonly maxLength: number; readonly placeholder?: string; readonly lines?: number; readonly mono?: boolean }
    | { readonly type: 'choice'; readonly default: string; readonly choices: readonly { readonly value: string; readonly title: string; readonly help?: string }[] }
    /** A `Law` of the kernel, in milliseconds. */
    | { readonly type: 'law'; readonly default: Config; readonly unit: 'ms' }
    /** Names with scalar values: headers, x-arguments. */
    | { readonly type: 'record'; readonly default: Config; readonly placeholder?: string }
  )

/** Ten years: nothing a person waits for in a simulation is longer. */
const MS_MAX = 3.2e11

/** A list of measured durations: more would not fit a link. */
export const LAW_VALUES_MAX = 10_000

export interface LawSpec {
  readonly law: string
  readonly title: string
  readonly help: string
  readonly parameters: readonly { readonly id: string; readonly label: string; readonly unit: 'ms' | ''; readonly min: number; readonly max: number; readonly default: number }[]
  /** True for laws that are a list of durations, `values`. */
  readonly listed?: boolean
}

/** What a law may be, and what each parameter must satisfy; the inspector draws its editor from this. All values are ms unless said. */
export const LAWS: readonly LawSpec[] = [
  { law: 'constant', title: 'Constant', help: 'Always the same.', parameters: [ms('value', 'Value', 100)] },
  { law: 'exponential', title: 'Exponential', help: 'Memoryless: the classic of queueing theory.', parameters: [ms('mean', 'Mean', 100)] },
  { law: 'uniform', title: 'Uniform', help: 'Anything between two values, all equally likely.', parameters: [ms('min', 'From', 50), ms('max', 'To', 150)] },
  { law: 'normal', title: 'Normal', help: 'Bell-shaped and truncated: values below zero are drawn again.', parameters: [ms('mean', 'Mean', 100), ms('deviation', 'Deviation', 20)] },
  { law: 'lognormal', title: 'Lognormal', help: 'Mostly short, sometimes very long: typical of real services.', parameters: [ms('mean', 'Mean', 100), plain('scv', 'Squared coefficient of variation', 1, 0.001, 1000)] },
  { law: 'erlang', title: 'Erlang', help: 'The sum of several exponential phases: steadier than one.', parameters: [ms('mean', 'Mean', 100), plain('shape', 'Phases', 3, 1, 1000)] },
  { law: 'hyperexponential', title: 'Hyperexponential', help: 'A mixture of short and long: burstier than exponential.', parameters: [ms('mean', 'Mean', 100), plain('scv', 'Squared coefficient of variation', 4, 1, 1000)] },
  { law: 'pareto', title: 'Pareto', help: 'Heavy tail: rare, huge values.', parameters: [ms('mean', 'Mean', 100), plain('shape', 'Shape', 2.5, 1.05, 100)] },
  { law: 'empirical', title: 'Empirical', help: 'One of your measurements each time, all equally likely.', parameters: [], listed: true },
  { law: 'trace', title: 'Trace', help: 'Your measurements in their order, again from the start after the last.', parameters: [], listed: true },
]

function ms(id: string, label: string, value: number) {
  return { id, label, unit: 'ms' as const, min: 0, max: MS_MAX, default: value }
}
function plain(id: string, label: string, value: number, min: number, max: number) {
  return { id, label, unit: '' as const, min, max, default: value }
}

export interface ParsedConfig {
  /** Every field of the manifest with a valid value, plus everything unknown, untouched. */
  readonly config: Config
  readonly problems: readonly Problem[]
}

/** Fills defaults and checks each field. An invalid value is replaced by the default and told as a Problem; unknown keys are kept. */
export function parseConfig(fields: readonly FieldSpec[], raw: Config, part: string): ParsedConfig {
  const config: Record<string, ConfigValue> = { ...raw }
  const problems: Problem[] = []
  for (const field of fields) {
    const value = raw[field.id]
    if (value === undefined) {
      config[field.id] = field.default
      continue
    }
    const says = fieldProblem(field, value)
    if (says === undefined) continue
    problems.push({ code: 'config.invalid', severity: 'error', says, part, field: field.id })
    config[field.id] = field.default
  }
  return { config, problems }
}

/** The sentence that says what is wrong with a value, or undefined when it is fine. */
export function fieldProblem(field: FieldSpec, value: ConfigValue): string | undefined {
  switch (field.type) {
    case 'toggle':
      return typeof value === 'boolean' ? undefined : `${field.label} is on or off; got ${show(value)}.`
    case 'number': {
      if (value === null) return field.optional ? undefined : `${field.label} needs a number.`
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${field.label} needs a number; got ${show(value)}.`
      if (value < field.min || value > field.max) return `${field.label} must be between ${field.min} and ${field.max}; got ${value}.`
      return field.whole && !Number.isInteger(value) ? `${field.label} must be a whole number; got ${value}.` : undefined
    }
    case 'text':
      if (typeof value !== 'string') return `${field.label} is a text; got ${show(value)}.`
      return value.length > field.maxLength ? `${field.label} may have ${field.maxLength} characters; got ${value.length}.` : undefined
    case 'choice':
      if (field.choices.some(choice => choice.value === value)) return undefined
      return `${field.label} must be one of ${field.choices.map(choice => choice.value).join(', ')}; got ${show(value)}.`
    case 'law':
      return lawProblem(field.label, value)
    case 'record':
      return isRecord(value) ? undefined : `${field.label} is a list of names and values; got ${show(value)}.`
  }
}

function lawProblem(label: string, value: ConfigValue): string | undefined {
  if (!isRecord(value)) return `${label} is a law such as {"law":"constant","value":5}; got ${show(value)}.`
  const law = LAWS.find(one => one.law === value['law'])
  if (!law) return `${label}: there is no law ${show(value['law'] ?? null)}; the laws are ${LAWS.map(one => one.law).join(', ')}.`
  if (law.listed) {
    const says = valuesProblem(value['values'])
    return says === undefined ? undefined : `${label}: ${says}`
  }
  for (const parameter of law.parameters) {
    const given = value[parameter.id]
    if (typeof given !== 'number' || !(given >= parameter.min && given <= parameter.max))
      return `${label}: ${parameter.label} must be between ${parameter.min} and ${parameter.max}; got ${show(given ?? null)}.`
  }
  return undefined
}

/** The sentence that says what is wrong with a law's list of durations. */
export function valuesProblem(values: unknown): string | undefined {
  if (!Array.isArray(values) || values.length === 0) return 'At least one duration is needed.'
  if (values.length > LAW_VALUES_MAX) return `At most ${LAW_VALUES_MAX} durations fit; got ${values.length}.`
  const wrong = values.findIndex(one => typeof one !== 'number' || !(one >= 0 && one <= MS_MAX))
  return wrong < 0 ? undefined : `Durations are numbers from 0 to ${MS_MAX}; number ${wrong + 1} is ${JSON.stringify(values[wrong])}.`
}

export function isRecord(value: ConfigValue | undefined): value is { readonly [key: string]: ConfigValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: ConfigValue): string {
  return JSON.stringify(value)
}

/** What a field hides behind doesn't hold: it has no effect. */
export function isShown(field: FieldSpec, config: Config, fields: readonly FieldSpec[]): boolean {
  const { when } = field
  if (!when) return true
  const value = config[when.field] ?? fields.find(one => one.id === when.field)?.default
  return value !== undefined && when.is.includes(value)
}

export interface WireOptions {
  readonly heartbeat?: boolean
  /**
   * What a loss on the network is. none: there is no network between the ends. repaired: TCP sends again, so it is time. either: people choose, where
   * nothing waits for an answer and the same pattern is spoken over datagrams as well.
   */
  readonly loss?: 'none' | 'repaired' | 'either'
  /** Only then there is a network. */
  readonly lossWhen?: { readonly field: string; readonly is: readonly ConfigValue[] }
}

/**
 * The fields of every channel that is a wire. Pass the latency that suits the kind.
 * The default is slow enough to watch; a LAN takes about 0.5 ms, a continent 40 ms.
 */
export function wireFields(latencyMs: number, { heartbeat = true, loss = 'repaired', lossWhen }: WireOptions = {}): readonly FieldSpec[] {
  const when = lossWhen ? { when: lossWhen } : {}
  const fields: FieldSpec[] = [
    { id: 'latency', label: 'Latency', help: 'Time one packet takes. Packets never overtake each other on a stream.', group: 'Wire', type: 'law', default: { law: 'constant', value: latencyMs }, unit: 'ms' },
    { id: 'bandwidth', label: 'Bandwidth', help: 'Bytes per second that fit; packets queue behind each other when there are more.', group: 'Wire', type: 'number', default: null, unit: 'B/s', min: 1, max: 1e12, optional: true, none: 'unlimited', scale: 'log' },
  ]
  if (loss !== 'none')
    fields.push({ id: 'loss', label: 'Packet loss', help: 'Share of packets that the network loses. TCP sends them again after 200 ms and a round trip, then twice as long: nothing is lost, and all that comes behind waits as well.', group: 'Wire', type: 'number', default: 0, unit: '%', min: 0, max: 100, ...when })
  if (loss === 'either')
    fields.push({
      id: 'lossMeans', label: 'A lost packet', help: 'What becomes of a message that the network has lost.', group: 'Wire', type: 'choice', default: 'repaired', ...when,
      choices: [
        { value: 'repaired', title: 'is sent again', help: 'As TCP does.' },
        { value: 'gone', title: 'is gone', help: 'As over UDP or multicast: nobody notices. What the protocol itself says comes through all the same.' },
      ],
    })
  if (heartbeat)
    fields.push({ id: 'heartbeat', label: 'Heartbeat timeout', help: 'A cut that lasts longer closes the connection at both ends. RabbitMQ suggests 60 s.', group: 'Wire', type: 'number', default: 60_000, unit: 'ms', min: 1, max: 86_400_000, scale: 'log' })
  return fields
}
