import { expect, it } from 'vitest'
import { OpenRequests } from './open-requests.ts'

it('finds open requests by number in any order, and the oldest', () => {
  const open = new OpenRequests()
  for (let n = 1; n <= 100; n += 1) open.setAlarm(open.add(n, n * 10), n)
  expect([open.count, open.sentNs(open.find(70)), open.alarm(open.find(70)), open.find(101)]).toEqual([100, 700, 70, -1])
  for (let n = 1; n <= 100; n += 1) if (n !== 40 && n !== 90) open.end(open.find(n))
  expect([open.count, open.sentNs(open.oldest()), open.find(41)]).toEqual([2, 400, -1])
  open.end(open.oldest())
  open.add(101, 5)
  const left: number[] = []
  open.clear(row => left.push(open.sentNs(row)))
  expect([left.sort((a, b) => a - b), open.count, open.oldest()]).toEqual([[5, 900], 0, -1])
})
