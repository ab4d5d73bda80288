import type { NodeContext } from '../../contract/context.ts'

/** What clients call a drawn node: its name, or its label. */
export function nameOf(node: NodeContext): string {
  const name = node.config()['name']
  return typeof name === 'string' && name !== '' ? name : node.label()
}
