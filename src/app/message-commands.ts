import type { StoreApi } from 'zustand/vanilla'
import type { MessageAddress } from '../worker/api.ts'
import type { SessionState } from './app.ts'
import type { Commands } from './commands.ts'

type MessageCommands = Pick<Commands, 'openMessage' | 'openMessageAt' | 'closeMessage' | 'locate' | 'showCrossing'>

/** Which message the inspector shows. */
export function messageCommands(session: StoreApi<SessionState>, nodeDetail: Commands['nodeDetail']): MessageCommands {
  const openMessage = ({ identity, handle }: MessageAddress): void => session.setState({ message: { identity, handle }, drawer: 'inspector' })
  return {
    openMessage,
    openMessageAt: async (node, place) => {
      const detail = await nodeDetail(node, { from: place, limit: 1 })
      const message = detail?.messages[0]
      if (message) openMessage(message)
    },
    closeMessage: () => session.setState({ message: null }),
    showCrossing: ({ identity, from, to }) => session.setState({ selection: { nodes: [from, to].filter((id, index, all) => all.indexOf(id) === index), channels: [] }, message: { identity, handle: 0 }, drawer: 'inspector' }),
    // A new object for the same message: it is meant to stay open.
    locate: node => session.setState(({ message }) => ({ selection: { nodes: [node], channels: [] }, message: message && { ...message } })),
  }
}
