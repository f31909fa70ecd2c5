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
import { latestVersion, migrate, migrations, versionOf } from '../migrations.ts'
import { textOf } from '../row.ts'
import { openSqlite, type SqlDatabase, type SqlRow, type SqlValue } from '../sqlite-driver.ts'
import { StorageError } from '../storage-error.ts'

/** A damaged file is read from a copy, which lies where there is room also when the profile cannot be written. */
export const salvageFolderPrefix = join(tmpdir(), 'nexus-salvage-')

/**
 * Carries everything that can still be read from the file `source` into `target`, an empty database, which is brought to
 * the latest version afterwards. Works on a copy, so that the file stays as it was found. Rows that do not fit are left
 * behind. Does nothing but make the tables where nothing can be read at all.
 */
export function salvage(source: string, target: SqlDatabase): void {
  const folder = mkdtempSync(salvageFolderPrefix)
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
    if (damaged !== null) carryAll(damaged, target)
  } catch (error) {
    // A folder in its place, or nothing that could be copied. That there is no room is another matter.
    if (StorageError.of(error).code === 'DISK_FULL') throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
    target.execute('PRAGMA foreign_keys = ON')
    migrate(target)
  }
}

/** Table by table, into the tables as they were when the file was written. */
function carryAll(damaged: SqlDatabase, target: SqlDatabase): void {
  migrate(target, stepsTo(versionOf(damaged)))
  // Rows are judged by what they refer to when all are there.
  target.execute('PRAGMA foreign_keys = OFF')
  target.transaction(() => {
    for (const table of tablesOf(target)) carryOver(damaged, target, table)
    for (const row of target.prepare('PRAGMA foreign_key_check').all()) {
      target.prepare(`DELETE FROM "${String(row.table)}" WHERE rowid = ?`).run(Number(row.rowid))
    }
  })
}

/** Of a version that nobody knows, the number itself is damaged: most likely all is as it is written now. */
function stepsTo(version: number): typeof migrations {
  const isKnown = version >= 1 && version <= latestVersion
  return isKnown ? migrations.filter(step => step.version <= version) : migrations
}

/** Ordinary tables; those of the indexes of words are filled by the others. */
function tablesOf(database: SqlDatabase): readonly Table[] {
  return database
    .prepare(`
      SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
        AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
    .all()
    .map(row => textOf(row, 'name'))
    .map(name => ({
      name,
      columns: database
        .prepare(`SELECT name FROM pragma_table_info(?)`)
        .all(name)
        .map(row => textOf(row, 'name')),
    }))
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
    `INSERT OR IGNORE INTO "${table.name}" (${table.columns.map(column => `"${column}"`).join(', ')}) VALUES (${marks})`,
  )
  for (const row of readableRows(damaged, table)) {
    try {
      insert.run(...table.columns.map(column => sqlValueOf(row, column)))
    } catch {
      // The row breaks a rule of the table, for instance a visit to a page that could not be read.
    }
  }
}

/** Rows are read so many at a time while nothing is wrong. */
const rowsPerRead = 256

/** Rows by their number, first upwards until something cannot be read, then downwards from the end. */
function* readableRows(damaged: SqlDatabase, table: Table): Generator<SqlRow> {
  const seen = new Set<number>()
  for (const [comparison, order, beginning] of [
    ['>', 'ASC', Number.MIN_SAFE_INTEGER],
    ['<', 'DESC', Number.MAX_SAFE_INTEGER],
  ] as const) {
    let last = beginning
    const columns = `_rowid_ AS row_number, ${table.columns.map(column => `"${column}"`).join(', ')}`
    const sql = `SELECT ${columns} FROM "${table.name}" WHERE _rowid_ ${comparison} ? ORDER BY _rowid_ ${order} LIMIT ?`
    for (let count = rowsPerRead; count > 0; ) {
      const rows = tryToRead(damaged, sql, last, count)
      if (rows === null) {
        // What stands before the damage is read one by one; beyond it nothing can be in this direction.
        count = count === rowsPerRead ? 1 : 0
        continue
      }
      for (const row of rows) {
        if (typeof row.row_number !== 'number' || seen.has(row.row_number)) return
        last = row.row_number
        seen.add(last)
        yield row
      }
      if (rows.length < count) return
    }
  }
}

function tryToRead(
  database: SqlDatabase,
  sql: string,
  from: number,
  count: number,
): readonly SqlRow[] | null {
  try {
    return database.prepare(sql).all(from, count)
  } catch {
    return null
  }
}

function sqlValueOf(row: SqlRow, column: string): SqlValue {
  const value = row[column]
  return typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array ? value : null
}
