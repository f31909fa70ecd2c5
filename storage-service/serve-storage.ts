import type { OpeningReport, Settings, storageContract } from '../contracts/storage.ts'
import type { Handlers } from '../ipc/served-contract.ts'
import type { Analyses } from './analyses.ts'
import type { History } from './history/history.ts'
import { HostVisitsTable } from './history/host-visits.ts'
import type { HotPages } from './history/hot-pages.ts'
import { Suggestions } from './history/suggestions.ts'
import { Looks } from './looks.ts'
import type { Memory } from './memory/memory.ts'
import { MemorySearch } from './memory/search.ts'
import type { ServedParts } from './served-parts.ts'
import { SettingsTable } from './settings.ts'

export interface StorageParts {
  readonly report: OpeningReport
  readonly history: History
  readonly hot: HotPages
  readonly memory: Memory
  readonly analyses: Analyses
  readonly announceSettings: (settings: Settings) => void
  readonly warn: (message: string) => void
}

/** Implements the contract of history, what was read, looks and settings. */
export function storageHandlers(
  { database, write, scrub, wallClock }: ServedParts,
  { report, history, hot, memory, analyses, announceSettings, warn }: StorageParts,
): Handlers<typeof storageContract> {
  const hostVisits = new HostVisitsTable(database)
  const suggestions = new Suggestions(database, hot)
  const settings = new SettingsTable(database, warn)
  const looks = new Looks(database)
  const search = new MemorySearch({ database, memory, history })
  async function done(work: () => void): Promise<Record<string, never>> {
    await write(work)
    return {}
  }
  async function deleted<Result>(work: () => Result): Promise<Result> {
    const result = await write(work)
    scrub()
    return result
  }

  return {
    openingReport: () => report,
    recordVisit: visit => done(() => history.recordVisit(visit)),
    updateTitle: ({ url, title }) => done(() => history.updateTitle(url, title)),
    visitsOfHost: ({ host, before }) => hostVisits.of(host, before),
    searchHistory: ({ query, limit }) => [...history.search(query, limit, wallClock())],
    suggest: ({ typed, limit }) => suggestions.suggest(typed, limit),
    deleteHistory: ({ url }) =>
      deleted(() => {
        const pages = history.delete(url)
        memory.forget(url, false)
        looks.forget(url)
        return { deleted: pages }
      }),
    loadSettings: () => settings.load(),
    saveSettings: async changes => {
      const saved = await write(() => settings.save(changes))
      announceSettings(saved)
      return saved
    },
    saveAnalysis: analysis => done(() => analyses.save(analysis)),
    loadAnalysis: ({ url }) => analyses.load(url),
    savePassages: page => write(() => memory.save(page)),
    lastRead: ({ url }) => ({ at: memory.readings.find(url)?.at ?? null }),
    searchPassages: ({ query, vector, limit }) => search.search(query, vector, limit, wallClock()),
    relatedPages: ({ url, pageVector, limit }) => memory.related(url, pageVector, limit),
    readNext: ({ url, pageVector, limit }) => memory.readNext(url, pageVector, limit, wallClock()),
    async *meanings({ limit }) {
      const pages = memory.readings.latest(limit)
      for (const { url, title, topic, keywords, at, vector } of pages)
        if (vector !== null) yield { url, title, topic, keywords: [...keywords], at, vector }
      return { pages: pages.length }
    },
    remembered: ({ url }) => {
      const at = looks.at(url)
      return { ...memory.remembered(url), look: at === null ? null : { at } }
    },
    forgetPage: ({ url, withHistory }) =>
      deleted(() => {
        looks.forget(url)
        return memory.forget(url, withHistory)
      }),
    forgetAll: ({ withHistory }) =>
      deleted(() => {
        looks.forget(null)
        return memory.forget(null, withHistory)
      }),
    saveLook: look => done(() => looks.save(look)),
    lookOf: ({ url }) => ({ vector: looks.find(url) ?? new Uint8Array() }),
    similarLooks: query => looks.similar(query),
  }
}
