import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createEndpoint } from '../../../ipc/endpoint.ts'
import { identity } from '../../../ipc/identity.ts'
import { forkPort } from '../../../ipc/transports/process-channel.ts'
import { StorageWorld } from '../../../storage-service/testing/storage-world.ts'
import { clientsOf } from '../../chaos/storage/storage-clients.ts'
import { type MadeHistory, madeNow } from './made-history.ts'
import { percentile, result, type StorageResult } from './results.ts'

/** What every case measures on. */
export interface Ground {
  readonly folder: string
  /** With the large history. */
  readonly large: string
  /** With a hundred pages. */
  readonly small: string
  readonly history: MadeHistory
  readonly rounds: number
}

/** Milliseconds of each, one after the other, on the wall's clock. */
async function timesOf<T>(inputs: Iterable<T>, work: (input: T) => unknown): Promise<number[]> {
  const times: number[] = []
  for (const input of inputs) {
    const begun = performance.now()
    await work(input)
    times.push(performance.now() - begun)
  }
  return times
}

const p95 = (times: readonly number[]): number => percentile(times, 0.95)

/** Called as main calls it, over the framework; beside it bare SQLite on the same file, and the query of other browsers. */
export async function reading({ large, history, rounds }: Ground): Promise<StorageResult[]> {
  using world = new StorageWorld(large)
  const { storage } = clientsOf(world.calling)
  const bare = new DatabaseSync(large, { readOnly: true })
  const range = bare.prepare('SELECT url, title FROM pages WHERE url >= ? AND url < ? LIMIT 10')
  const like = bare.prepare(`
    SELECT url, title FROM pages WHERE url LIKE ?1 OR title LIKE ?1 ORDER BY visits DESC, last_visit_at DESC LIMIT 10`)
  const match = bare.prepare('SELECT rowid FROM pages_search WHERE pages_search MATCH ? LIMIT 50')
  const relevance = bare.prepare(
    'SELECT rowid FROM pages_search WHERE pages_search MATCH ? ORDER BY bm25(pages_search) LIMIT 50',
  )
  const typed = [...history.typed(rounds)]
  const queries = [...history.queries(rounds)]
  const few = Math.max(5, Math.floor(rounds / 40))
  const quoted = (query: string): string =>
    query
      .split(' ')
      .map(word => `"${word}"`)
      .join(' ')
  // The pages worth most are loaded with the first question, while the person goes on typing.
  await storage.suggest({ typed: 'a', limit: 10 })
  await new Promise(resolve => setTimeout(resolve, 1_000))
  const suggest = p95(await timesOf(typed, text => storage.suggest({ typed: text, limit: 10 })))
  const search = p95(await timesOf(queries, query => storage.searchHistory({ query, limit: 50 })))
  const results = [
    result(
      'suggestion for a typed prefix, p95',
      'ms',
      suggest,
      {
        against: 'bare SQLite, addresses from here on, unranked',
        baseline: p95(
          await timesOf(typed, text => range.all(`https://${text}`, `https://${text}\u{10ffff}`)),
        ),
      },
      { valueAtMost: 10 },
    ),
    result('the same', 'ms', suggest, {
      against: 'LIKE over all pages, by visits',
      baseline: p95(await timesOf(typed.slice(0, few), text => like.all(`%${text}%`))),
    }),
    result(
      'full-text search, 50 results, p95',
      'ms',
      search,
      {
        against: 'bare FTS5, whole words, unranked',
        baseline: p95(await timesOf(queries, query => match.all(quoted(query)))),
      },
      { valueAtMost: 30 },
    ),
    result('the same', 'ms', search, {
      against: 'FTS5 by BM25',
      baseline: p95(await timesOf(queries.slice(0, few), query => relevance.all(quoted(query)))),
    }),
  ]
  bare.close()
  return results
}

/** One after the other, and eight at once; beside it the least that SQLite can do: one row in one table, and waiting for the disk. */
export async function writing({ folder, large, history, rounds }: Ground): Promise<StorageResult[]> {
  using world = new StorageWorld(large)
  const { storage } = clientsOf(world.calling)
  const pages = [...history.pages(rounds * 3)].map((page, index) => ({
    ...page,
    url: `${page.url}-new-${index}`,
  }))
  const visit = ({ url, title }: { readonly url: string; readonly title: string }) =>
    storage.recordVisit({ visitId: url, url, title, at: madeNow })
  const alone = await timesOf(pages.slice(0, rounds), visit)
  const again = await timesOf(pages.slice(0, rounds), ({ url, title }) =>
    storage.recordVisit({ visitId: `${url}-again`, url, title, at: madeNow + 1 }),
  )
  const begun = performance.now()
  for (let from = rounds; from < pages.length; from += 8)
    await Promise.all(pages.slice(from, from + 8).map(visit))
  const perSecond = (pages.length - rounds) / ((performance.now() - begun) / 1_000)
  const full = await bareInserts(join(folder, 'full.sqlite'), 'FULL', pages.slice(0, rounds))
  const normal = await bareInserts(join(folder, 'normal.sqlite'), 'NORMAL', pages.slice(0, rounds))
  const against = 'bare SQLite, one row, synchronous FULL'
  return [
    result(
      'visit of a new page, p95',
      'ms',
      p95(alone),
      { against, baseline: p95(full) },
      { valueAtMost: 2 },
    ),
    result(
      'visit of a known page, p95',
      'ms',
      p95(again),
      { against, baseline: p95(full) },
      { valueAtMost: 2 },
    ),
    result('new pages, eight at once', 'a second', perSecond, {
      against: 'bare SQLite, one row, one at a time',
      baseline: 1_000 / percentile(full, 0.5),
    }),
    result('bare SQLite, one row, FULL, median', 'ms', percentile(full, 0.5), {
      against: 'NORMAL, which loses acknowledged writes with the power',
      baseline: percentile(normal, 0.5),
    }),
  ]
}

function bareInserts(
  file: string,
  synchronous: 'FULL' | 'NORMAL',
  pages: readonly { readonly url: string; readonly title: string }[],
): Promise<number[]> {
  const bare = new DatabaseSync(file)
  bare.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
    CREATE TABLE pages (url TEXT PRIMARY KEY, title TEXT)`)
  const insert = bare.prepare('INSERT INTO pages VALUES (?, ?)')
  return timesOf(pages, ({ url, title }) => insert.run(url, title)).finally(() => bare.close())
}

/** From forking the process to its first answer, with a million pages and with a hundred, in turn. */
export async function starting({ large, small, rounds }: Ground): Promise<StorageResult[]> {
  const times = { large: [] as number[], small: [] as number[] }
  for (let round = 0; round < Math.max(3, Math.floor(rounds / 60)); round += 1) {
    times.large.push(await startOnce(large))
    times.small.push(await startOnce(small))
  }
  return [
    result(
      'start to the first answer, median',
      'ms',
      percentile(times.large, 0.5),
      { against: 'with a hundred pages', baseline: percentile(times.small, 0.5) },
      { ratioAtMost: 1.1 },
    ),
  ]
}

async function startOnce(file: string): Promise<number> {
  const begun = performance.now()
  const child = fork(new URL('../../chaos/storage/storage-child.ts', import.meta.url), [file], {
    serialization: 'advanced',
  })
  const main = createEndpoint({ identity: identity('controller', 'controller') })
  main.connect(forkPort(child), identity('storage', 'storage'))
  const { storage } = clientsOf(main)
  await storage.loadSettings({}, { deadlineMs: 60_000 })
  await storage.searchHistory({ query: '', limit: 10 })
  const took = performance.now() - begun
  child.kill()
  await once(child, 'exit')
  main[Symbol.dispose]()
  return took
}
