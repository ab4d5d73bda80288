import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Recording, Watched } from '../../systems/amqp/conformance/recording.ts'

/** A script as a recording of what a broker did, in the layout of the others: steps and observations a line each. */
export function recordingText(script: Recording & { readonly why?: string }, watched: Watched, recordedWith: string): string {
  const { id, system, title, rules, steps } = script
  const head = Object.entries({ id, system, title, ...(script.why === undefined ? {} : { why: script.why }), rules, recordedWith }).map(([name, value]) => ` ${JSON.stringify(name)}: ${JSON.stringify(value)},`)
  const observed = Object.entries(watched)
    .filter(([name, value]) => ['deliveries', 'errors', 'queuesAtEnd', 'exchangesAtEnd'].includes(name) || (value as readonly unknown[]).length > 0)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${Array.isArray(value) ? lines(value as readonly unknown[], '   ', '  ') : JSON.stringify(value)}`)
  return `{\n${head.join('\n')}\n "steps": ${lines(steps, '  ', ' ')},\n "observed": {\n${observed.join(',\n')}\n }\n}\n`
}

export function writeRecording(folder: string, script: Recording, watched: Watched, recordedWith: string): void {
  writeFileSync(join(folder, `${script.id}.json`), recordingText(script, watched, recordedWith))
}

function lines(list: readonly unknown[], inner: string, outer: string): string {
  return list.length === 0 ? '[]' : `[\n${list.map(one => `${inner}${JSON.stringify(one)}`).join(',\n')}\n${outer}]`
}
