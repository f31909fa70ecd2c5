import type { SavedTab } from '../contracts/storage.ts'
import { integerOf, textOf, textOrNullOf } from './row.ts'
import type { SqlDatabase, SqlStatement } from './sqlite-driver.ts'

/** The tabs that are open, so that the next start can bring them back. */
export class OpenSession {
  readonly #save: SqlStatement
  readonly #remove: SqlStatement
  readonly #all: SqlStatement

  constructor(database: SqlDatabase) {
    this.#save = database.prepare(`
      INSERT INTO tabs (id, url, title, position, is_active, group_name) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET url = excluded.url, title = excluded.title, position = excluded.position,
        is_active = excluded.is_active, group_name = excluded.group_name`)
    this.#remove = database.prepare('DELETE FROM tabs WHERE id = ?')
    this.#all = database.prepare(
      'SELECT id, url, title, position, is_active, group_name FROM tabs ORDER BY position, id',
    )
  }

  save(tab: SavedTab): void {
    this.#save.run(tab.id, tab.url, tab.title, tab.position, tab.isActive ? 1 : 0, tab.group ?? null)
  }

  remove(id: string): void {
    this.#remove.run(id)
  }

  /** In the order of the tab strip. */
  load(): SavedTab[] {
    return this.#all.all().map(row => {
      const group = textOrNullOf(row, 'group_name')
      return {
        id: textOf(row, 'id'),
        url: textOrNullOf(row, 'url'),
        title: textOf(row, 'title'),
        position: integerOf(row, 'position'),
        isActive: integerOf(row, 'is_active') === 1,
        ...(group === null ? {} : { group }),
      }
    })
  }
}
