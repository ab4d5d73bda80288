import { app } from '../app/current.ts'
import type { StageClient } from './stage-client.ts'

/** Copies come and go as a message moves on: they are looked up again this often. */
const LOOK_UP_MS = 250

/** The message that the inspector shows wears a ring wherever its copies are. */
export function followMessage(stage: StageClient): () => void {
  const { session, figures, commands } = app()
  let lookedUpMs = 0
  const lookUp = async (): Promise<void> => {
    const { message } = session.getState()
    lookedUpMs = performance.now()
    if (!message) return
    const story = await commands.story(message)
    if (session.getState().message?.identity !== message.identity) return
    stage.follow(story ? story.copies.map(copy => copy.handle).filter(handle => handle !== 0) : [])
  }
  const stops = [
    session.subscribe((state, before) => {
      if (state.message === before.message) return
      stage.follow(state.message && state.message.handle !== 0 ? [state.message.handle] : [])
      void lookUp()
    }),
    figures.subscribe(() => {
      if (session.getState().message && performance.now() - lookedUpMs > LOOK_UP_MS) void lookUp()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
