import { defaultSettings, Settings } from '../contracts/storage.ts'
import { checkerOf } from '../ipc/validation.ts'
import { textOf } from './row.ts'
import type { SqlDatabase } from './sqlite-driver.ts'

/** The person's choices; what was never chosen, or is no longer valid, has its default. */
export class SettingsTable {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  load(): Settings {
    let settings: Settings = defaultSettings
    for (const row of this.#database.prepare('SELECT name, value_json FROM settings').all()) {
      const candidate: unknown = { ...settings, [textOf(row, 'name')]: parsed(textOf(row, 'value_json')) }
      if (isSettings(candidate)) settings = candidate
    }
    return settings
  }

  /** Saves what is given and gives the whole. */
  save(changes: Partial<Settings>): Settings {
    const save = this.#database.prepare(`
      INSERT INTO settings (name, value_json) VALUES (?, ?)
      ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`)
    this.#database.transaction(() => {
      for (const [name, value] of Object.entries(changes)) {
        if (value !== undefined) save.run(name, JSON.stringify(value))
      }
    })
    return this.load()
  }
}

function isSettings(value: unknown): value is Settings {
  return checkerOf(Settings).check(value)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
