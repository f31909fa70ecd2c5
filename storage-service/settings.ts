import { defaultSettings, Settings } from '../contracts/storage.ts'
import { checkerOf } from '../ipc/validation.ts'
import { parsedOrUndefined } from './json-column.ts'
import { textOf } from './row.ts'
import type { SqlDatabase } from './sqlite-driver.ts'

/** The person's choices; what was never chosen, or is no longer valid, has its default, and the log says so once. */
export class SettingsTable {
  readonly #database: SqlDatabase
  readonly #warn: (message: string) => void
  readonly #told = new Set<string>()

  constructor(database: SqlDatabase, warn: (message: string) => void = () => {}) {
    this.#database = database
    this.#warn = warn
  }

  load(): Settings {
    let settings: Settings = defaultSettings
    for (const row of this.#database.prepare('SELECT name, value_json FROM settings').all()) {
      const name = textOf(row, 'name')
      const candidate: unknown = { ...settings, [name]: parsedOrUndefined(textOf(row, 'value_json')) }
      if (isSettings(candidate)) settings = candidate
      else this.#tellOf(name)
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

  #tellOf(name: string): void {
    if (this.#told.has(name)) return
    this.#told.add(name)
    const what = Object.hasOwn(defaultSettings, name)
      ? 'is not valid any more; it has its default'
      : 'is not known'
    this.#warn(`The stored setting "${name.slice(0, 100)}" ${what}`)
  }
}

function isSettings(value: unknown): value is Settings {
  return checkerOf(Settings).check(value)
}
