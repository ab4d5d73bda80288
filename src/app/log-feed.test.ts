import { expect, test } from 'vitest'
import type { FactRow, LogPage, LogQuery } from '../worker/api.ts'
import { LogFeed } from './log-feed.ts'

/** A run whose facts are numbered; the trace keeps the newest thousand. */
class Source {
  run = 1
  count = 0
  readonly asked: LogQuery[] = []
  readonly ask = async (query: LogQuery): Promise<LogPage> => {
    this.asked.push(query)
    const { count, run } = this
    const oldest = Math.max(0, count - 1000)
    await Promise.resolve()
    const numbers = Array.from({ length: count - oldest }, (_, n) => oldest + n).filter(number => number >= query.from && number < query.before)
    return { run, count, oldest, rows: query.limit === 0 ? [] : numbers.slice(-query.limit).map(row) }
  }
}
const row = (number: number): FactRow => ({ number, atNs: number, node: 'a', label: 'a', verb: 'routed', reason: null, message: null, says: String(number) })
const shown = (feed: LogFeed): readonly number[] => [feed.rows().length, feed.rows()[0]?.number ?? -1, feed.rows().at(-1)?.number ?? -1]

test('goes along with the newest, asking only for what is new', async () => {
  const source = new Source()
  const feed = new LogFeed(source.ask)
  source.count = 10
  await feed.pull()
  expect(shown(feed)).toEqual([10, 0, 9])
  source.count = 25
  await feed.pull()
  expect([shown(feed), source.asked.at(-1)!.from]).toEqual([[25, 0, 24], 10])
  source.count = 5000
  await feed.pull()
  expect([shown(feed), feed.forgotten]).toEqual([[400, 4600, 4999], 4000])
})

test('going back in it makes it stand still, with all that is kept, until the newest are asked for', async () => {
  const source = new Source()
  const feed = new LogFeed(source.ask)
  source.count = 1500
  await feed.pull()
  await feed.follow(false)
  expect([shown(feed), feed.newer]).toEqual([[1000, 500, 1499], false])
  source.count = 90_000
  await feed.pull()
  expect([shown(feed), feed.newer]).toEqual([[1000, 500, 1499], true])
  await feed.follow(true)
  expect([shown(feed), feed.newer]).toEqual([[400, 89_600, 89_999], false])
})

test('begins anew with another run, also when it stood still', async () => {
  const source = new Source()
  const feed = new LogFeed(source.ask)
  source.count = 700
  await feed.pull()
  await feed.follow(false)
  source.run = 2
  source.count = 3
  await feed.pull()
  expect([shown(feed), feed.following]).toEqual([[3, 0, 2], true])
})

test('a filter begins anew, and what was asked before it is not shown', async () => {
  const source = new Source()
  const feed = new LogFeed(source.ask)
  source.count = 10
  const before = feed.pull()
  feed.setFilter([{ field: 'kind', not: false, anyOf: ['routed'] }])
  await before
  expect([shown(feed), source.asked.at(-1)!.filter.length]).toEqual([[10, 0, 9], 1])
})
