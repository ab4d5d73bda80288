import type { FieldSpec } from './fields.ts'
import type { BehaviourContext, Endpoint } from './model.ts'

/** What a program does about a connection that breaks under it. */
export const whenLostField: FieldSpec = {
  id: 'whenLost', label: 'When a connection is lost', help: 'Client libraries report a broken connection as an error; an error that nobody handles ends a program.', group: 'Process', type: 'choice', default: 'stays',
  choices: [{ value: 'stays', title: 'goes on, and connects again' }, { value: 'ends', title: 'the program ends', help: 'As the chapter’s programs do, which handle no errors. It has to be started again.' }],
}

/** A connection of a program broke. A line that was taken out of the topology is no loss. */
export function connectionLost(context: BehaviourContext, endpoint: Endpoint): void {
  if (context.config()[whenLostField.id] === 'ends' && context.endpoints.includes(endpoint)) context.exit()
}
