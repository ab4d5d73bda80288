import { createStore } from 'zustand/vanilla'
import { expect, test } from 'vitest'
import type { Problem } from '../topology/problem.ts'
import type { RunState } from './app.ts'
import { tellTroubles } from './troubles.ts'

test('tells of what has just come up, of a few at once, and of nothing twice', () => {
  const run = createStore<RunState>(() => ({ status: 'running', speed: 1, problems: [], troubles: [], marks: [], inputs: 0, layout: { version: 0, length: 0, nodes: [], channels: [] } }))
  const told: string[] = []
  const tell = (...parts: string[]): void => tellTroubles(run, parts.map((part): Problem => ({ code: 'a.refused', severity: 'error', says: `no ${part}`, part })), problem => told.push(problem.part!))
  tell('a')
  tell('a', 'b')
  tell('b', 'c', 'd', 'e')
  expect([told, run.getState().troubles.length]).toEqual([['a', 'b', 'c', 'd'], 4])
  tell()
  tell('a')
  expect(told).toEqual(['a', 'b', 'c', 'd', 'a'])
})
