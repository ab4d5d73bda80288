import type { Answer } from '../../contract/story.ts'
import type { Question } from '../../contract/why.ts'
import { describeNode } from '../../engine/inspect.ts'
import { storyOf } from '../../engine/story.ts'
import type { Scene } from './scene.ts'

/** What the inspector would show of a message in a scene: of its copies at a node the first that has an answer. */
export function answerTo(scene: Scene, identity: string, where: string, asks: Question): Answer {
  const copies = storyOf(scene.run, identity, 0)?.copies.filter(one => one.where === where) ?? []
  const found = copies.flatMap(copy => copy.answers).find(one => one.asks === asks)
  if (!found) throw new Error(`${identity} has no answer to ${asks} at ${where}`)
  return found
}

export const says = (scene: Scene, identity: string, where: string, asks: Question): string => answerTo(scene, identity, where, asks).says
export const grounds = (scene: Scene, identity: string, where: string, asks: Question): string[] => answerTo(scene, identity, where, asks).grounds.map(ground => (ground.fits === undefined ? ground.says : `${ground.fits ? '✓' : '✗'} ${ground.says}`))

/** Identities of what the inspector lists under Messages. */
export const held = (scene: Scene, id: string): string[] => describeNode(scene.run, id, { from: 0, limit: 1000 })!.messages.map(message => message.identity)
