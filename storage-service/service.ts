import type { OpeningReport, Settings, storageContract } from '../contracts/storage.ts'
import type { Handlers } from '../ipc/served-contract.ts'
import { Analyses } from './analyses.ts'
import { History } from './history.ts'
import { OpenSession } from './open-session.ts'
import { SettingsTable } from './settings.ts'
import type { SqlDatabase } from './sqlite-driver.ts'

export interface StorageServiceOptions {
  readonly database: SqlDatabase
  readonly report: OpeningReport
  readonly wallClock: () => number
  readonly announceSettings: (settings: Settings) => void
}

/** Implements the storage contract on one database. Every call is answered after it is on disk. */
export function createStorageHandlers(options: StorageServiceOptions): Handlers<typeof storageContract> {
  const { database, report, wallClock, announceSettings } = options
  const history = new History(database)
  const settings = new SettingsTable(database)
  const session = new OpenSession(database)
  const analyses = new Analyses(database)
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
    searchHistory: ({ query, limit }) => [...history.search(query, limit, wallClock())],
    deleteHistory: ({ url }) => ({ deleted: history.delete(url) }),
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
  }
}
