import { textOf } from '../row.ts'
import type { SqlDatabase } from '../sqlite-driver.ts'

/** A table whose rows are taken one by one, by their key, where they are newer. */
interface Keyed {
  readonly table: string
  readonly key: string
  /** The column that says which of two is newer; null keeps what is there. */
  readonly newer: string | null
  /** Numbers that mean something in their own file only. */
  readonly except?: string
}

const keyed: readonly Keyed[] = [
  { table: 'pages', key: 'url', newer: 'last_visit_at', except: 'id' },
  { table: 'analyses', key: 'content_hash', newer: 'at' },
  { table: 'looks', key: 'url', newer: 'at' },
  { table: 'bookmarks', key: 'id', newer: 'changed_at', except: 'number' },
  { table: 'bookmark_tags', key: 'bookmark_id, tag', newer: null },
  { table: 'sites', key: 'site', newer: 'changed_at' },
  { table: 'permissions', key: 'site, permission', newer: 'at' },
  { table: 'hsts', key: 'host', newer: 'seen_at' },
  { table: 'downloads', key: 'id', newer: 'changed_at' },
  { table: 'crashes', key: 'id', newer: null },
  { table: 'shared_lists', key: 'id', newer: 'changed_at' },
  { table: 'shared_items', key: 'list_id, id', newer: 'changed_at' },
  { table: 'kept_sessions', key: 'id', newer: 'at' },
  { table: 'counters', key: 'name', newer: 'value' },
]

/**
 * Brings what the file `salvagedFile` has and `base` has not, or has only older, into `base`: a copy of earlier with what
 * could be read of the damaged file. Both are of the latest version.
 */
export function mergeNewer(base: SqlDatabase, salvagedFile: string): void {
  base.execute(`ATTACH '${salvagedFile.replaceAll("'", "''")}' AS salvaged`)
  try {
    base.transaction(() => {
      // A folder may come after what stands in it.
      base.execute('PRAGMA defer_foreign_keys = ON')
      for (const table of keyed) base.execute(mergeSql(base, table))
      base.execute(rest)
    })
  } finally {
    base.execute('DETACH salvaged')
  }
}

function mergeSql(base: SqlDatabase, { table, key, newer, except }: Keyed): string {
  const columns = base
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(row => textOf(row, 'name'))
    .filter(column => column !== except)
  const list = columns.join(', ')
  const onConflict =
    newer === null
      ? 'DO NOTHING'
      : `DO UPDATE SET ${columns.map(column => `${column} = excluded.${column}`).join(', ')}
         WHERE excluded.${newer} > ${table}.${newer}`
  return `INSERT INTO main.${table} (${list}) SELECT ${list} FROM salvaged.${table} WHERE true
    ON CONFLICT (${key}) ${onConflict}`
}

const rest = `
  INSERT OR IGNORE INTO main.visits (visit_id, page_id, at)
    SELECT theirs.visit_id, ours.id, theirs.at FROM salvaged.visits AS theirs
    JOIN salvaged.pages AS their_page ON their_page.id = theirs.page_id
    JOIN main.pages AS ours ON ours.url = their_page.url;

  -- The last choice holds, where it can be read.
  INSERT OR REPLACE INTO main.settings (name, value_json)
    SELECT name, value_json FROM salvaged.settings WHERE json_valid(value_json);

  -- A reading is replaced with its passages.
  DELETE FROM main.readings WHERE url IN (
    SELECT theirs.url FROM salvaged.readings AS theirs
    JOIN main.readings AS ours ON ours.url = theirs.url WHERE theirs.at > ours.at);
  CREATE TEMP TABLE added_readings AS SELECT url FROM salvaged.readings
    WHERE url NOT IN (SELECT url FROM main.readings);
  INSERT INTO main.readings (url, title, language, topic, keywords_json, vector, at)
    SELECT url, title, language, topic, keywords_json, vector, at FROM salvaged.readings
    WHERE url IN (SELECT url FROM added_readings);
  INSERT INTO main.passages (reading_id, paragraph, text, spaced, vector)
    SELECT ours.id, passages.paragraph, passages.text, passages.spaced, passages.vector
    FROM salvaged.passages AS passages
    JOIN salvaged.readings AS theirs ON theirs.id = passages.reading_id
    JOIN main.readings AS ours ON ours.url = theirs.url
    WHERE theirs.url IN (SELECT url FROM added_readings) ORDER BY passages.id;
  DROP TABLE added_readings;

  -- What stood in a folder that is lost.
  UPDATE main.bookmarks SET parent_id = 'other'
    WHERE parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM main.bookmarks);
  DELETE FROM main.bookmark_tags WHERE bookmark_id NOT IN (SELECT id FROM main.bookmarks);
  DELETE FROM main.shared_items WHERE list_id NOT IN (SELECT id FROM main.shared_lists);

  -- A snapshot and its journal belong together: those of the copy only where nothing was left of the others.
  DELETE FROM main.session_journal WHERE EXISTS (SELECT 1 FROM salvaged.session_parts)
    OR EXISTS (SELECT 1 FROM salvaged.session_journal);
  DELETE FROM main.session_parts WHERE EXISTS (SELECT 1 FROM salvaged.session_parts)
    OR EXISTS (SELECT 1 FROM salvaged.session_journal);
  INSERT OR IGNORE INTO main.session_parts (kind, id, part_json)
    SELECT kind, id, part_json FROM salvaged.session_parts ORDER BY rowid;
  INSERT OR IGNORE INTO main.session_journal (sequence, change_json)
    SELECT sequence, change_json FROM salvaged.session_journal ORDER BY sequence;
`
