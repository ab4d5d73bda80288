import type { Stage } from './stage.ts'

/** The task whose answer is the word that is looked for. */
export const FINDS = 26
export const TASKS = 48

/**
 * Answers to one task that came to the sink: a worker sends one answer for each task it has finished, in that order, unless it dies in between.
 */
export function answersTo(stage: Stage, task: number, workers: readonly string[], sink: string): number {
  const arrived = stage.names('delivered', sink)
  const answers = workers.flatMap(worker => {
    const sent = stage.numbers('published', worker)
    return stage.numbers('finished', worker).flatMap((done, n) => (done === task && n < sent.length ? [`${worker}#${sent[n]!}`] : []))
  })
  return answers.filter(one => arrived.includes(one)).length
}

/** Tasks that were finished by somebody, each once. */
export function done(stage: Stage, workers: readonly string[]): ReadonlySet<number> {
  return new Set(workers.flatMap(worker => stage.numbers('finished', worker)))
}
