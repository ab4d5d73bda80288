import { beforeEach, describe, expect, it } from 'vitest'
import { JobKeeper, type JobSource } from './job-keeper.ts'

let said: string[] = []
beforeEach(() => {
  said = []
})
const source = (options: Partial<JobSource> = {}): JobSource => ({ canSend: false, settle: (tag, outcome) => void said.push(`settle ${tag} ${outcome}`), finished: tag => void said.push(`finished ${tag}`), ...options })
const place = (endpoints: readonly JobSource[] = [], up = true) => ({
  endpoints,
  messages: { retain: (message: number) => void said.push(`retain ${message}`), release: (message: number) => void said.push(`release ${message}`) },
  isUp: () => up,
  cancel: (alarm: number) => void said.push(`cancel ${alarm}`),
  hold: (message: number, state: string) => void said.push(`hold ${message} ${state}`),
  process: (message: number) => void said.push(`process ${message}`),
  discard: (message: number, reason: string) => void said.push(`discard ${message} ${reason}`),
})

describe('job keeper', () => {
  it('keeps the record of what is its sender’s readable until it is settled, and processes what is its own', () => {
    const jobs = new JobKeeper(place(), 'waiting')
    jobs.take(source(), 7, 3)
    jobs.take(source(), 8, 0)
    for (let job = jobs.next(); job >= 0; job = jobs.next()) {
      jobs.accept(job)
      jobs.finish(job)
    }
    expect(said).toEqual(['retain 7', 'hold 8 waiting', 'settle 3 accepted', 'release 7', 'finished 3', 'process 8', 'finished 0'])
  })

  it('settles once: before the result where it is told to, and where anything is acknowledged at all', () => {
    const jobs = new JobKeeper(place(), 'waiting')
    jobs.acknowledgesFirst = true
    jobs.take(source(), 7, 3)
    const job = jobs.next()
    expect(jobs.settlesFirst(job)).toBe(true)
    jobs.accept(job)
    jobs.finish(job)
    jobs.take(source({ acknowledges: false }), 8, 4)
    expect(jobs.settlesFirst(jobs.next())).toBe(false)
    expect(said.filter(one => one.startsWith('settle'))).toEqual(['settle 3 accepted'])
  })

  it('gives back what failed, and loses it where nothing is acknowledged', () => {
    const jobs = new JobKeeper(place(), 'waiting')
    jobs.station.concurrency = 2
    jobs.take(source(), 7, 3)
    jobs.take(source(), 8, 0)
    jobs.fail(jobs.next())
    jobs.fail(jobs.next())
    expect(said.slice(2)).toEqual(['settle 3 released', 'release 7', 'discard 8 rejected'])
  })

  it('begins nothing while it is down, or while a send has to wait', () => {
    const down = new JobKeeper(place([], false), 'waiting')
    down.take(source(), 7, 3)
    const outlet = source({ canSend: true, blocked: true })
    const standing = new JobKeeper(place([outlet, source()]), 'waiting')
    standing.connect()
    standing.take(source(), 7, 3)
    expect([down.next(), standing.next(), standing.outlets]).toEqual([-1, -1, [outlet]])
  })

  it('lets go of what a lost source had not begun, and of everything when it dies', () => {
    const lost = source()
    const jobs = new JobKeeper(place(), 'waiting')
    for (const [message, tag] of [[1, 1], [2, 2], [3, 0]] as const) jobs.take(lost, message, tag)
    jobs.station.setAlarm(jobs.next(), 99)
    said = []
    jobs.withdraw(lost)
    expect(said).toEqual(['release 2'])
    jobs.crash()
    expect(said.slice(1)).toEqual(['cancel 99', 'release 1', 'cancel 0', 'discard 3 application crashed'])
    expect(jobs.station.jobs()).toEqual([])
  })
})
