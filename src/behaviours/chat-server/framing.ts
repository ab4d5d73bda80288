/** How servers of a mesh tell each other what a message is about and what it says: part of their contract, whether they know it or not. */
export type Framing = 'frames' | 'spaces' | 'first-space'

/** Topic and text in one frame, as editions 1 to 3 send it. */
export function oneFrame(topic: string, text: string): string {
  return `${topic} ${text}`
}

/** What a server that is given such a frame takes for its text. Cut at every space, it is the first word of it. */
export function textOf(frame: string, framing: Framing): string {
  const pieces = frame.split(' ')
  return (framing === 'spaces' ? pieces[1] : pieces.slice(1).join(' ')) ?? ''
}
