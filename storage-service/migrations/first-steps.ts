import type { Migration } from './migration.ts'

/** History, settings, what was read, looks. */
export const firstSteps: readonly Migration[] = [
  {
    version: 1,
    what: 'history with full-text search, settings, open tabs, analyses',
    sql: `
      CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '',
        visits INTEGER NOT NULL CHECK (visits >= 1),
        last_visit_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX pages_by_last_visit ON pages (last_visit_at DESC);

      -- The id of a visit is given by whoever records it, so that recording it twice changes nothing.
      CREATE TABLE visits (
        visit_id TEXT NOT NULL PRIMARY KEY,
        page_id INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX visits_by_page ON visits (page_id);

      CREATE VIRTUAL TABLE pages_search USING fts5 (
        url, title, content = 'pages', content_rowid = 'id',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
      );
      -- A deleted page leaves no words behind in the index.
      INSERT INTO pages_search (pages_search, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER pages_inserted AFTER INSERT ON pages BEGIN
        INSERT INTO pages_search (rowid, url, title) VALUES (new.id, new.url, new.title);
      END;
      CREATE TRIGGER pages_deleted AFTER DELETE ON pages BEGIN
        INSERT INTO pages_search (pages_search, rowid, url, title) VALUES ('delete', old.id, old.url, old.title);
      END;
      CREATE TRIGGER pages_retitled AFTER UPDATE OF url, title ON pages BEGIN
        INSERT INTO pages_search (pages_search, rowid, url, title) VALUES ('delete', old.id, old.url, old.title);
        INSERT INTO pages_search (rowid, url, title) VALUES (new.id, new.url, new.title);
      END;

      CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value_json TEXT NOT NULL) STRICT;

      CREATE TABLE tabs (
        id TEXT NOT NULL PRIMARY KEY,
        url TEXT,
        title TEXT NOT NULL,
        position INTEGER NOT NULL,
        is_active INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE analyses (
        content_hash TEXT NOT NULL PRIMARY KEY,
        url TEXT NOT NULL,
        analysis_json TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX analyses_by_url ON analyses (url, at DESC);
      CREATE INDEX analyses_by_age ON analyses (at);
    `,
  },
  {
    version: 2,
    what: 'what was read: passages with full-text search, and vectors for search by meaning',
    sql: `
      CREATE TABLE readings (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        language TEXT NOT NULL,
        topic TEXT,
        keywords_json TEXT NOT NULL,
        -- 128 signed bytes; null when the page has none.
        vector BLOB,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX readings_by_age ON readings (at);

      CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        reading_id INTEGER NOT NULL REFERENCES readings (id) ON DELETE CASCADE,
        paragraph INTEGER NOT NULL,
        text TEXT NOT NULL,
        -- The text with spaces, where it is written without any between words; null where it is the same.
        spaced TEXT,
        vector BLOB
      ) STRICT;
      CREATE INDEX passages_by_reading ON passages (reading_id);

      CREATE VIEW passage_words AS SELECT id, coalesce(spaced, text) AS words FROM passages;
      CREATE VIRTUAL TABLE passages_search USING fts5 (
        words, content = 'passage_words', content_rowid = 'id',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
      );
      -- A deleted passage leaves no words behind in the index.
      INSERT INTO passages_search (passages_search, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER passages_inserted AFTER INSERT ON passages BEGIN
        INSERT INTO passages_search (rowid, words) VALUES (new.id, coalesce(new.spaced, new.text));
      END;
      CREATE TRIGGER passages_deleted AFTER DELETE ON passages BEGIN
        INSERT INTO passages_search (passages_search, rowid, words)
          VALUES ('delete', old.id, coalesce(old.spaced, old.text));
      END;
    `,
  },
  {
    version: 3,
    what: 'how pages look',
    sql: `
      CREATE TABLE looks (
        url TEXT NOT NULL PRIMARY KEY,
        host TEXT NOT NULL,
        asks_password INTEGER NOT NULL,
        vector BLOB NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX looks_by_age ON looks (at);
    `,
  },
  {
    version: 4,
    what: 'groups of tabs',
    sql: 'ALTER TABLE tabs ADD COLUMN group_name TEXT;',
  },
]
