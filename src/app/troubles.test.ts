import { createStore } from 'zustand/vanilla'
import { expect, test } from 'vitest'
import type { Problem } from '../topology/problem.ts'
import type { RunState, SessionState } from './app.ts'
import { tellTroubles } from './troubles.ts'

test('one notice tells of what has just come up, and goes when all works', () => {
  const run = createStore<Pick<RunState, 'troubles'>>(() => ({ troubles: [] }))
  const session = createStore<Pick<SessionState, 'notices'>>(() => ({ notices: [{ id: 7, tone: 'info', says: 'something else' }] }))
  const shown: (string | undefined)[] = []
  const context = { run, session, show: (problem: Problem) => void shown.push(problem.part) } as unknown as Parameters<typeof tellTroubles>[0] // the parts that it uses
  const tell = (...parts: string[]): void => tellTroubles(context, parts.map((part): Problem => ({ code: 'a.refused', severity: 'error', says: `no ${part}.`, part })))
  const notices = (): string[] => session.getState().notices.map(one => one.says)
  tell('a')
  expect(notices()).toEqual(['something else', 'no a.'])
  tell('a', 'b')
  expect(notices()).toEqual(['something else', 'no b. (One of 2 problems.)'])
  session.getState().notices[1]!.action!.run()
  expect(shown).toEqual(['b'])
  session.setState({ notices: [] })
  tell('b')
  expect([notices(), run.getState().troubles.length]).toEqual([[], 1])
  tell('b', 'a')
  tell()
  expect([notices(), run.getState().troubles]).toEqual([[], []])
})
