import type { StoreApi } from 'zustand/vanilla'
import type { Notice, SessionState } from './app.ts'
import type { Commands } from './commands.ts'

/** More at once nobody reads. */
const NOTICES_MAX = 4

/** What the page says: as notices, or aloud alone. */
export function noticeCommands(session: StoreApi<SessionState>): Pick<Commands, 'notify' | 'dismiss' | 'announce'> {
  let number = 0
  return {
    notify: (tone, says, action) => {
      number += 1
      const notice: Notice = { id: number, tone, says, ...(action ? { action } : {}) }
      session.setState(state => ({ notices: [...state.notices.filter(one => one.says !== says), notice].slice(-NOTICES_MAX) }))
      return number
    },
    dismiss: id => session.setState(state => ({ notices: state.notices.filter(notice => notice.id !== id) })),
    announce: says => window.dispatchEvent(new CustomEvent('relayground:announce', { detail: says })),
  }
}
