import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { writeDefinitions } from '../formats/rabbitmq/write-definitions.ts'
import { readGiven } from './read-topology.ts'

const USAGE = `Prints the RabbitMQ definitions of a topology's broker, as rabbitmqctl import_definitions takes them.

  npm run definitions -- FILE|LINK [--broker NAME] [--out FILE]

FILE is a .relay.json file, a file with a link, or a RabbitMQ definitions export (which is then put in order).
--broker is needed where there are several: the label or the id of one. What has no place in definitions is told on stderr.`

export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { broker: { type: 'string' }, out: { type: 'string' } } })
  const given = positionals[0]
  if (given === undefined) {
    console.log(USAGE)
    return 2
  }
  const read = readGiven(given, { applications: false })
  const tell = (problems: readonly { readonly severity: string; readonly says: string; readonly place?: string }[]): void => {
    for (const { severity, says, place } of problems) console.error(`${severity}: ${says}${place === undefined ? '' : ` (${place})`}`)
  }
  tell(read.problems)
  if (!read.ok) return 1
  const { topology } = read.value
  const brokers = topology.nodes.filter(node => node.type === 'amqp.broker')
  const wanted = brokers.filter(node => values.broker === undefined || node.label === values.broker || node.id === values.broker)
  if (wanted.length !== 1) {
    const names = brokers.map(node => node.label).join(', ')
    console.error(brokers.length === 0 ? 'There is no RabbitMQ in this topology.' : `Say which broker is meant with --broker: ${names}.`)
    return 1
  }
  const written = writeDefinitions(topology, wanted[0]!.id)
  tell(written.problems)
  if (!written.ok) return 1
  if (values.out === undefined) process.stdout.write(written.value.text)
  else writeFileSync(values.out, written.value.text)
  return 0
}
