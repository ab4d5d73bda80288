/** Where something stands in a line, as a sentence begins: `ahead` others come before it. */
export function placeText(ahead: number): string {
  return ahead === 0 ? 'It is next in line' : ahead === 1 ? 'One message is ahead of it' : `${ahead} messages are ahead of it`
}
