import type { Catalogue } from '../contract/manifest.ts'
import { withApplications } from '../formats/rabbitmq/applications.ts'
import { readDefinitions } from '../formats/rabbitmq/definitions.ts'
import type { Outcome } from '../topology/problem.ts'
import type { ImportPlan } from './commands.ts'
import { counted } from './file-commands.ts'
import { layOut } from './lay-out.ts'

/** Reads and lays out an export; both topologies are ready to be opened. */
export async function importRabbitmq(text: string, name: string, catalogue: Catalogue): Promise<Outcome<ImportPlan>> {
  const read = readDefinitions(text, name)
  if (!read.ok) return read
  const bare = read.value.topology
  const [topology, runnable] = await Promise.all([layOut(bare, catalogue), layOut(withApplications(bare), catalogue)])
  return { ok: true, problems: read.problems, value: { kind: 'rabbitmq', title: bare.title, topology, runnable, counts: counted(topology), applied: read.value.applied, problems: read.problems } }
}
