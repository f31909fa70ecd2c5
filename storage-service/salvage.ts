import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite, type SqlDatabase, type SqlRow, type SqlValue } from './sqlite-driver.ts'

/** What could be saved out of a damaged file. */
export interface Saved {
  readonly historyEntries: number
  readonly tabs: number
}

/** Tables in the order in which their references allow, with the columns that are carried over. */
const tables = [
  { name: 'pages', columns: ['id', 'url', 'title', 'visits', 'last_visit_at'] },
  { name: 'visits', columns: ['visit_id', 'page_id', 'at'] },
  { name: 'settings', columns: ['name', 'value_json'] },
  { name: 'tabs', columns: ['id', 'url', 'title', 'position', 'is_active'] },
  { name: 'analyses', columns: ['content_hash', 'url', 'analysis_json', 'at'] },
  {
    name: 'readings',
    columns: ['id', 'url', 'title', 'language', 'topic', 'keywords_json', 'vector', 'at'],
  },
  { name: 'passages', columns: ['id', 'reading_id', 'paragraph', 'text', 'spaced', 'vector'] },
] as const

/**
 * Carries everything that can still be read from the file `source` into `target`, which has the current tables. Works
 * on a copy, so that the file stays as it was found. Rows that do not fit are left behind.
 */
export function salvage(source: string, target: SqlDatabase): Saved {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-salvage-'))
  try {
    const copy = join(folder, 'copy.sqlite')
    // The log holds what was written last. The index beside it is made anew.
    for (const suffix of ['', '-wal']) {
      if (!existsSync(source + suffix)) continue
      copyFileSync(source + suffix, copy + suffix)
      // A copy takes over that its original may not be written.
      chmodSync(copy + suffix, 0o600)
    }
    using damaged = openDamaged(copy)
    if (damaged !== null) {
      target.transaction(() => {
        for (const table of tables) carryOver(damaged, target, table)
      })
    }
    return { historyEntries: countOf(target, 'pages'), tabs: countOf(target, 'tabs') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const magic = Buffer.from('SQLite format 3\u0000', 'latin1')
/** https://sqlite.org/fileformat2.html#the_database_header */
const headerBytes = 100
const pageSizeOffset = 16
const pageCountOffset = 28
/** A header that asks for more than so many times what is there is itself damaged. */
const maxStretch = 1_000

function openDamaged(path: string): SqlDatabase | null {
  mendHeader(path)
  return tryToOpen(path)
}

/**
 * Mends what keeps SQLite from looking at the rest: the first bytes, and a file shorter than its header says. The
 * missing pages are filled with nothing, so that only what stood on them is lost.
 */
function mendHeader(path: string): void {
  const { size } = statSync(path)
  if (size < headerBytes) return
  const file = openSync(path, 'r+')
  try {
    const header = Buffer.alloc(headerBytes)
    readSync(file, header, 0, headerBytes, 0)
    if (!header.subarray(0, magic.length).equals(magic)) writeSync(file, magic, 0, magic.length, 0)
    const rawPageSize = header.readUInt16BE(pageSizeOffset)
    const pageSize = rawPageSize === 1 ? 65_536 : rawPageSize
    const wantedSize = pageSize * header.readUInt32BE(pageCountOffset)
    if (wantedSize > size && wantedSize <= size * maxStretch) ftruncateSync(file, wantedSize)
  } finally {
    closeSync(file)
  }
}

function tryToOpen(path: string): SqlDatabase | null {
  let database: SqlDatabase | null = null
  try {
    database = openSqlite(path)
    database.prepare('SELECT name FROM sqlite_master').all()
    return database
  } catch {
    database?.close()
    return null
  }
}

interface Table {
  readonly name: string
  readonly columns: readonly string[]
}

function carryOver(damaged: SqlDatabase, target: SqlDatabase, table: Table): void {
  const marks = table.columns.map(() => '?').join(', ')
  const insert = target.prepare(
    `INSERT OR IGNORE INTO ${table.name} (${table.columns.join(', ')}) VALUES (${marks})`,
  )
  for (const row of readableRows(damaged, table)) {
    try {
      insert.run(...table.columns.map(column => sqlValueOf(row, column)))
    } catch {
      // The row breaks a rule of the table, for instance a visit to a page that could not be read.
    }
  }
}

/** Rows by their number, first upwards until something cannot be read, then downwards from the end. */
function* readableRows(damaged: SqlDatabase, table: Table): Generator<SqlRow> {
  const seen = new Set<unknown>()
  for (const [comparison, order] of [
    ['>', 'ASC'],
    ['<', 'DESC'],
  ] as const) {
    let last: SqlValue = null
    try {
      const columns = `_rowid_ AS row_number, ${table.columns.join(', ')}`
      const first = damaged.prepare(`SELECT ${columns} FROM ${table.name} ORDER BY _rowid_ ${order} LIMIT 1`)
      const next = damaged.prepare(
        `SELECT ${columns} FROM ${table.name} WHERE _rowid_ ${comparison} ? ORDER BY _rowid_ ${order} LIMIT 1`,
      )
      for (;;) {
        const row: SqlRow | undefined = last === null ? first.get() : next.get(last)
        if (row === undefined || typeof row.row_number !== 'number' || seen.has(row.row_number)) break
        last = row.row_number
        seen.add(last)
        yield row
      }
    } catch {
      // Beyond here nothing can be read in this direction.
    }
  }
}

function sqlValueOf(row: SqlRow, column: string): SqlValue {
  const value = row[column]
  return typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array ? value : null
}

function countOf(database: SqlDatabase, table: string): number {
  return Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count ?? 0)
}
