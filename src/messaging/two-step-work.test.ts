import { beforeEach, describe, expect, it } from 'vitest'
import type { Draw } from '../kernel/draw.ts'
import type { JobSource } from './job-keeper.ts'
import { TwoStepWork, type WorkPlan } from './two-step-work.ts'

const [STARTED, FINISHED, FAILED] = [9, 10, 11]
const [DONE, PAUSED] = [1, 2]
let said: string[] = []
beforeEach(() => {
  said = []
})
const source: JobSource = { canSend: false, settle: (tag, outcome) => void said.push(`settle ${tag} ${outcome}`) }

function work(plan: Partial<WorkPlan>, fails = false): TwoStepWork<JobSource, string> {
  const say = (what: string): void => void said.push(what)
  const place = {
    endpoints: [],
    messages: { retain: () => undefined, release: (message: number) => say(`release ${message}`) },
    isUp: () => true, cancel: () => undefined, hold: () => undefined, process: () => undefined, discard: () => undefined, level: () => undefined,
    draw: () => plan.service!,
    random: () => ({ chance: () => fails }),
    after: (delayNs: number, signal: number) => (say(`pause ${delayNs} ${signal}`), 1),
    afterDraw: (_draw: Draw, signal: number) => (say(`work ${signal}`), 1),
    count: (slot: number) => say(`count ${slot}`),
    fact: (fact: number, message: number) => say(`fact ${fact} ${message}`),
  }
  const whole: WorkPlan = { service: {} as Draw, concurrency: 1, failureRate: 0, acknowledgesFirst: false, pauseNs: 0, ...plan } // never drawn from here
  const one = new TwoStepWork<JobSource, string>(place, { waiting: 'waiting', told: { facts: { started: STARTED, finished: FINISHED, failed: FAILED }, slots: { busy: 0, inbox: 1, service: 2, failed: 3 } }, plan: whole, result: () => say('result') })
  one.plan = whole
  one.jobs.take(source, 7, 3)
  one.begin()
  return one
}

describe('work in two steps', () => {
  it('sends the result, and acknowledges after a pause', () => {
    const one = work({ pauseNs: 5 })
    expect(one.wake(DONE, 0)).toBe('pauses')
    expect(said).toEqual(['fact 9 7', 'work 1', 'fact 10 7', 'result', 'pause 5 2'])
    expect(one.wake(PAUSED, 0)).toBe('done')
    expect(said.slice(5)).toEqual(['settle 3 accepted', 'release 7'])
  })

  it('acknowledges, and sends the result after a pause, where it is told to', () => {
    const one = work({ pauseNs: 5, acknowledgesFirst: true })
    one.wake(DONE, 0)
    one.wake(PAUSED, 0)
    expect(said.slice(2)).toEqual(['fact 10 7', 'settle 3 accepted', 'pause 5 2', 'result', 'release 7'])
  })

  it('gives back what failed, without a result', () => {
    const one = work({ failureRate: 0.5, pauseNs: 5 }, true)
    expect(one.wake(DONE, 0)).toBe('failed')
    expect(said.slice(2)).toEqual(['count 3', 'fact 11 7', 'settle 3 released', 'release 7'])
  })

  it('begins the next when it is done', () => {
    const one = work({})
    one.jobs.take(source, 8, 4)
    one.begin()
    expect(one.notes()).toEqual(['Working on 1, 1 in the inbox'])
    one.wake(DONE, 0)
    one.begin()
    expect(one.notes()).toEqual(['Working on 1, 0 in the inbox'])
  })
})
