import type { SharedItem, SharedList, storageListsContract } from '../../contracts/storage-lists.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import { Counter } from '../counter.ts'
import { RefusedChange } from '../refused-change.ts'
import { integerOf, textOf, textOrNullOf } from '../row.ts'
import type { ServedParts } from '../served-parts.ts'
import type { SqlDatabase, SqlRow, SqlStatement } from '../sqlite-driver.ts'

type NewList = Omit<SharedList, 'revision'>
type NewItem = Omit<SharedItem, 'revision'>

/** The later change holds, and of two at one moment that of the greater name: the same everywhere, in whatever order. */
const isLater = '(excluded.changed_at, excluded.changed_by) > (changed_at, changed_by)'
const itemColumns = 'list_id, id, place, text, url, is_done, is_removed, revision, changed_at, changed_by'

/** Lists that are kept together with others. Each change here has a number, by which it is known what is new. */
export class SharedLists {
  readonly #lists: SqlStatement
  readonly #list: SqlStatement
  readonly #putList: SqlStatement
  readonly #putItem: SqlStatement
  readonly #items: SqlStatement
  readonly #since: SqlStatement
  readonly #remove: SqlStatement
  readonly #revision: Counter

  constructor(database: SqlDatabase) {
    this.#revision = new Counter(database, 'lists')
    this.#lists = database.prepare('SELECT * FROM shared_lists ORDER BY name, id LIMIT 1000')
    this.#list = database.prepare('SELECT * FROM shared_lists WHERE id = ?')
    this.#putList = database.prepare(`
      INSERT INTO shared_lists (id, name, revision, changed_at, changed_by) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, revision = excluded.revision,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by WHERE ${isLater}`)
    this.#putItem = database.prepare(`
      INSERT INTO shared_items (${itemColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (list_id, id) DO UPDATE SET place = excluded.place, text = excluded.text, url = excluded.url,
        is_done = excluded.is_done, is_removed = excluded.is_removed, revision = excluded.revision,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by WHERE ${isLater}`)
    this.#items = database.prepare(
      `SELECT ${itemColumns} FROM shared_items WHERE list_id = ? AND is_removed = 0 ORDER BY place, id LIMIT 10000`,
    )
    this.#since = database.prepare(
      `SELECT ${itemColumns} FROM shared_items WHERE list_id = ? AND revision > ? ORDER BY revision LIMIT 1000`,
    )
    this.#remove = database.prepare('DELETE FROM shared_lists WHERE id = ?')
  }

  get revision(): number {
    return this.#revision.value
  }

  lists(): SharedList[] {
    return this.#lists.all().map(listOf)
  }

  items(listId: string): SharedItem[] {
    return this.#items.all(listId).map(itemOf)
  }

  /** Changed after a revision, in the order of their changes, a thousand at a time. */
  changesSince(listId: string, revision: number): SharedItem[] {
    return this.#since.all(listId, revision).map(itemOf)
  }

  /** Gives what holds now. */
  putList({ id, name, changedAt, changedBy }: NewList): SharedList {
    this.#putList.run(id, name, this.#revision.next(), changedAt, changedBy)
    const row = this.#list.get(id)
    if (row === undefined) throw new RefusedChange('LIST_NOT_FOUND', 'There is no such list')
    return listOf(row)
  }

  putItems(listId: string, items: readonly NewItem[]): number {
    if (this.#list.get(listId) === undefined) {
      throw new RefusedChange('LIST_NOT_FOUND', 'There is no such list')
    }
    for (const { id, order, text, url, isDone, isRemoved, changedAt, changedBy } of items) {
      const flags = [isDone ? 1 : 0, isRemoved ? 1 : 0] as const
      // What was removed need not be kept in words.
      const words = isRemoved ? (['', null] as const) : ([text, url] as const)
      this.#putItem.run(listId, id, order, ...words, ...flags, this.#revision.next(), changedAt, changedBy)
    }
    return this.revision
  }

  remove(id: string): void {
    this.#remove.run(id)
  }
}

function listOf(row: SqlRow): SharedList {
  return {
    id: textOf(row, 'id'),
    name: textOf(row, 'name'),
    revision: integerOf(row, 'revision'),
    changedAt: integerOf(row, 'changed_at'),
    changedBy: textOf(row, 'changed_by'),
  }
}

function itemOf(row: SqlRow): SharedItem {
  return {
    id: textOf(row, 'id'),
    listId: textOf(row, 'list_id'),
    order: textOf(row, 'place'),
    text: textOf(row, 'text'),
    url: textOrNullOf(row, 'url'),
    isDone: integerOf(row, 'is_done') === 1,
    isRemoved: integerOf(row, 'is_removed') === 1,
    revision: integerOf(row, 'revision'),
    changedAt: integerOf(row, 'changed_at'),
    changedBy: textOf(row, 'changed_by'),
  }
}

export function listHandlers(
  { database, write, scrub }: ServedParts,
  onChanged: (id: string, revision: number) => void,
): Handlers<typeof storageListsContract> {
  const lists = new SharedLists(database)
  return {
    lists: () => lists.lists(),
    items: ({ listId }) => lists.items(listId),
    putList: async list => {
      const put = await write(() => lists.putList(list))
      onChanged(list.id, lists.revision)
      return put
    },
    putItems: async ({ listId, items }) => {
      const revision = await write(() => lists.putItems(listId, items))
      onChanged(listId, revision)
      return { revision }
    },
    async *changesSince({ listId, revision }) {
      const { revision: latest } = lists
      let last = revision
      for (;;) {
        const items = lists.changesSince(listId, last)
        yield* items
        last = items.at(-1)?.revision ?? last
        if (items.length === 0) return { revision: latest }
      }
    },
    removeList: async ({ id }) => {
      await write(() => lists.remove(id))
      scrub()
      onChanged(id, lists.revision)
      return {}
    },
  }
}
