import type { ImportPlan } from './commands.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { Outcome } from '../topology/problem.ts'

/** Reads a RabbitMQ export into a plan: laid out, with what is kept and what is dropped told. */
export async function readRabbitmqImport(text: string, name: string, catalogue: Catalogue): Promise<Outcome<ImportPlan>> {
  const { importRabbitmq } = await import('./rabbitmq-plan.ts')
  return importRabbitmq(text, name, catalogue)
}
