import { readFile } from 'node:fs/promises'
import { type FilteringStatus, networkFilteringContract } from '../../contracts/network-filtering.ts'
import type { Clock } from '../../ipc/clock.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import type { Log } from '../../ipc/log.ts'
import { readCompiledLists } from './compiled-lists.ts'
import { ListJudge } from './list-judge.ts'

export interface FilteringOptions {
  readonly endpoint: Endpoint
  /** Made by the build; null filters nothing. */
  readonly listsFile: string | null
  readonly clock: Clock
  readonly log: Log
}

/** Serves the filter lists. They are read at once; what is asked before they are there waits for them. */
export function serveFiltering({ endpoint, listsFile, clock, log }: FilteringOptions): Disposable {
  let status: FilteringStatus = {
    state: 'loading',
    reason: null,
    lists: [],
    loadMs: null,
    decided: 0,
    stopped: 0,
  }

  async function load(): Promise<ListJudge | null> {
    try {
      if (listsFile === null) throw new Error('No filter lists were given.')
      const startedAt = clock.now()
      const compiled = readCompiledLists(await readFile(listsFile))
      const lists = compiled.lists.map(({ name, rules }) => ({ name, rules }))
      status = { ...status, state: 'ready', lists, loadMs: clock.now() - startedAt }
      return new ListJudge(compiled)
    } catch (error) {
      // Pages are loaded unfiltered rather than not at all; the panel and the settings say so.
      const reason = error instanceof Error ? error.message : String(error)
      status = { ...status, state: 'failed', reason: reason.slice(0, 2_000) }
      log({ level: 'error', message: `Nothing is filtered: ${reason}` })
      return null
    }
  }
  const loading = load()

  return endpoint.serve(networkFilteringContract, {
    decide: async ({ requests }) => {
      const judge = await loading
      const decisions = requests.map(request => judge?.decide(request) ?? { kind: 'allow' as const })
      const stopped = decisions.filter(({ kind }) => kind === 'block' || kind === 'redirect').length
      status = { ...status, decided: status.decided + requests.length, stopped: status.stopped + stopped }
      return decisions
    },
    hiding: async ({ page, isNew, classes, ids }) => {
      const judge = await loading
      return { css: judge?.hiding(page, isNew, classes, ids) ?? '' }
    },
    status: () => status,
  })
}
