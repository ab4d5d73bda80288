/**
 * What a worker does with a message, in one sentence. `ahead` is how many wait before it in the inbox, −1 while it is in work; `concurrency` is how
 * many are worked on at once.
 */
export function workSentence({ who, ahead, concurrency, work }: { readonly who: string; readonly ahead: number; readonly concurrency: number; readonly work: string }): string {
  if (ahead < 0) return `${who} is ${work} it.`
  const line = ahead === 0 ? 'next in line' : ahead === 1 ? 'behind one other' : `behind ${ahead} others`
  return `It is in the inbox of ${who}, ${line}: ${who} works on ${concurrency === 1 ? 'one' : concurrency} at a time.`
}
