import type { OpeningReport, Settings, storageContract } from '../contracts/storage.ts'
import type { Handlers } from '../ipc/served-contract.ts'
import { Analyses } from './analyses.ts'
import { History } from './history.ts'
import { HostVisitsTable } from './host-visits.ts'
import { Looks } from './looks.ts'
import { Memory } from './memory/memory.ts'
import { MemorySearch } from './memory/search.ts'
import { OpenSession } from './open-session.ts'
import { SettingsTable } from './settings.ts'
import type { SqlDatabase } from './sqlite-driver.ts'

export interface StorageServiceOptions {
  readonly database: SqlDatabase
  readonly report: OpeningReport
  readonly wallClock: () => number
  readonly announceSettings: (settings: Settings) => void
  readonly warn: (message: string) => void
}

/** Implements the storage contract on one database. Every call is answered after it is on disk. */
export function createStorageHandlers(options: StorageServiceOptions): Handlers<typeof storageContract> {
  const { database, report, wallClock, announceSettings, warn } = options
  const history = new History(database)
  const hostVisits = new HostVisitsTable(database)
  const settings = new SettingsTable(database)
  const session = new OpenSession(database)
  const analyses = new Analyses(database)
  const pause = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
  const memory = new Memory({ database, history, analyses, pause, warn })
  const looks = new Looks(database)
  const search = new MemorySearch({ database, memory, history })
  return {
    openingReport: () => report,
    recordVisit: visit => {
      history.recordVisit(visit)
      return {}
    },
    updateTitle: ({ url, title }) => {
      history.updateTitle(url, title)
      return {}
    },
    visitsOfHost: ({ host, before }) => hostVisits.of(host, before),
    searchHistory: ({ query, limit }) => [...history.search(query, limit, wallClock())],
    deleteHistory: ({ url }) => {
      const deleted = history.delete(url)
      memory.forget(url, false)
      looks.forget(url)
      return { deleted }
    },
    loadSettings: () => settings.load(),
    saveSettings: changes => {
      const saved = settings.save(changes)
      announceSettings(saved)
      return saved
    },
    loadSession: () => session.load(),
    saveTab: tab => {
      session.save(tab)
      return {}
    },
    removeTab: ({ id }) => {
      session.remove(id)
      return {}
    },
    saveAnalysis: analysis => {
      analyses.save(analysis)
      return {}
    },
    loadAnalysis: ({ url }) => analyses.load(url),
    savePassages: page => memory.save(page),
    lastRead: ({ url }) => ({ at: memory.readings.find(url)?.at ?? null }),
    searchPassages: ({ query, vector, limit }) => search.search(query, vector, limit, wallClock()),
    relatedPages: ({ url, pageVector, limit }) => memory.related(url, pageVector, limit),
    readNext: ({ url, pageVector, limit }) => memory.readNext(url, pageVector, limit, wallClock()),
    remembered: ({ url }) => memory.remembered(url),
    forgetPage: ({ url, withHistory }) => {
      looks.forget(url)
      return memory.forget(url, withHistory)
    },
    forgetAll: ({ withHistory }) => {
      looks.forget(null)
      return memory.forget(null, withHistory)
    },
    saveLook: look => {
      looks.save(look)
      return {}
    },
    lookOf: ({ url }) => ({ vector: looks.find(url) ?? new Uint8Array() }),
    similarLooks: query => looks.similar(query),
  }
}
