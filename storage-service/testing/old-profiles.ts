import { type migrations as allMigrations, migrate, migrations } from '../migrations.ts'
import { openSqlite } from '../sqlite-driver.ts'

/** Rows as the Nexus of each version wrote them. */
const rows: Readonly<Record<number, string>> = {
  1: `
    INSERT INTO pages (id, url, title, visits, last_visit_at)
      VALUES (1, 'https://harbour.example/', 'Harbour lights', 3, 1700000000000),
             (2, 'https://www.tide.example/table', 'Tide table', 1, 1600000000000);
    INSERT INTO visits (visit_id, page_id, at)
      VALUES ('a', 1, 1700000000000), ('b', 1, 1650000000000), ('c', 1, 1640000000000), ('d', 2, 1600000000000);
    INSERT INTO settings (name, value_json) VALUES ('theme', '"dark"');
    INSERT INTO analyses (content_hash, url, analysis_json, at) VALUES ('h', 'https://harbour.example/', '{}', 5);
    INSERT INTO tabs (id, url, title, position, is_active)
      VALUES ('t1', 'https://harbour.example/', 'It''s "the" harbour', 1, 1), ('t0', NULL, '', 0, 0);`,
  2: `
    INSERT INTO readings (id, url, title, language, topic, keywords_json, vector, at)
      VALUES (1, 'https://harbour.example/', 'Harbour lights', 'en', NULL, '[]', zeroblob(128), 7);
    INSERT INTO passages (reading_id, paragraph, text, spaced, vector)
      VALUES (1, 0, 'The lighthouse stands on the pier.', NULL, zeroblob(128));`,
  3: "INSERT INTO looks VALUES ('https://harbour.example/', 'harbour.example', 0, zeroblob(64), 9);",
  4: "UPDATE tabs SET group_name = 'Sea' WHERE id = 't1';",
  6: `
    INSERT INTO bookmarks (id, parent_id, position, title, url, added_at, changed_at)
      VALUES ('m', 'bar', 0, 'Harbour', 'https://harbour.example/', 1, 1);
    INSERT INTO bookmark_tags VALUES ('m', 'boats');`,
  7: `INSERT INTO permissions VALUES ('https://harbour.example', 'media', 1, 5, NULL);`,
  8: `INSERT INTO crashes VALUES ('x', 1, '{}');`,
}

/** Writes a profile as the Nexus of a version left it. */
export function writeOldProfile(file: string, version: number): void {
  using database = openSqlite(file)
  database.execute('PRAGMA journal_mode = WAL')
  const steps: typeof allMigrations = migrations.filter(step => step.version <= version)
  for (const step of steps) {
    migrate(
      database,
      steps.filter(one => one.version <= step.version),
    )
    database.execute(rows[step.version] ?? '')
  }
}
