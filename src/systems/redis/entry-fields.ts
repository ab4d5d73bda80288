import type { Handle, Messages } from '../../contract/message.ts'

/** The fields of a stream entry, names and values by turns. An application's message is one field, as the chapter's programs have it. */
export function fieldsOf(messages: Messages, message: Handle): readonly string[] {
  const fields = messages.properties(message)?.['fields']
  return Array.isArray(fields) ? (fields as readonly string[]) : ['message', messages.body(message)]
}
