import type { Migration } from './migration.ts'

/** Suggestions, bookmarks, sites, downloads, crashes, lists, the session as a journal, and the care of all that. */
export const helperSteps: readonly Migration[] = [
  {
    version: 5,
    what: 'pages in the order in which they are worth suggesting',
    sql: `
      -- Two to the power of this is the sum of all visits, each halved every fourteen days since: see rank.ts.
      ALTER TABLE pages ADD COLUMN rank REAL NOT NULL DEFAULT 0;
      UPDATE pages SET rank = last_visit_at / 1209600000.0
        + (visits >= 2) + (visits >= 4) + (visits >= 8) + (visits >= 16) + (visits >= 32) + (visits >= 64);
      CREATE INDEX pages_by_rank ON pages (rank DESC);
      CREATE INDEX visits_by_time ON visits (at);
      -- A visit that brings the same title again has nothing for the index.
      DROP TRIGGER pages_retitled;
      CREATE TRIGGER pages_retitled AFTER UPDATE OF url, title ON pages
      WHEN old.url IS NOT new.url OR old.title IS NOT new.title BEGIN
        INSERT INTO pages_search (pages_search, rowid, url, title) VALUES ('delete', old.id, old.url, old.title);
        INSERT INTO pages_search (rowid, url, title) VALUES (new.id, new.url, new.title);
      END;
    `,
  },
  {
    version: 6,
    what: 'bookmarks with folders and tags',
    sql: `
      -- Numbers that only count up, by which others know whether they have seen the latest.
      CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT;

      CREATE TABLE bookmarks (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        -- Null for the roots only.
        parent_id TEXT REFERENCES bookmarks (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        title TEXT NOT NULL,
        -- Null for folders.
        url TEXT,
        added_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX bookmarks_by_place ON bookmarks (parent_id, position);
      CREATE INDEX bookmarks_by_url ON bookmarks (url);
      CREATE INDEX bookmarks_by_time ON bookmarks (added_at DESC);
      INSERT INTO bookmarks (id, parent_id, position, title, url, added_at, changed_at)
        VALUES ('bar', NULL, 0, '', NULL, 0, 0), ('other', NULL, 1, '', NULL, 0, 0);

      CREATE TABLE bookmark_tags (
        bookmark_id TEXT NOT NULL REFERENCES bookmarks (id) ON DELETE CASCADE,
        tag TEXT NOT NULL,
        PRIMARY KEY (bookmark_id, tag)
      ) STRICT;
      CREATE INDEX bookmarks_by_tag ON bookmark_tags (tag);

      CREATE VIEW bookmark_words AS
        SELECT number, title, url, (
          SELECT group_concat(tag, ' ') FROM bookmark_tags WHERE bookmark_id = bookmarks.id
        ) AS tags FROM bookmarks WHERE url IS NOT NULL;
      CREATE VIRTUAL TABLE bookmarks_search USING fts5 (
        title, url, tags, content = '', contentless_delete = 1,
        tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
      );
      CREATE TRIGGER bookmarks_inserted AFTER INSERT ON bookmarks WHEN new.url IS NOT NULL BEGIN
        INSERT INTO bookmarks_search (rowid, title, url, tags)
          SELECT number, title, url, tags FROM bookmark_words WHERE number = new.number;
      END;
      CREATE TRIGGER bookmarks_changed AFTER UPDATE OF title, url ON bookmarks WHEN new.url IS NOT NULL BEGIN
        INSERT OR REPLACE INTO bookmarks_search (rowid, title, url, tags)
          SELECT number, title, url, tags FROM bookmark_words WHERE number = new.number;
      END;
      CREATE TRIGGER bookmarks_deleted AFTER DELETE ON bookmarks WHEN old.url IS NOT NULL BEGIN
        DELETE FROM bookmarks_search WHERE rowid = old.number;
      END;
      CREATE TRIGGER bookmark_tagged AFTER INSERT ON bookmark_tags BEGIN
        INSERT OR REPLACE INTO bookmarks_search (rowid, title, url, tags)
          SELECT bookmark_words.number, bookmark_words.title, bookmark_words.url, tags
          FROM bookmarks JOIN bookmark_words ON bookmark_words.number = bookmarks.number
          WHERE bookmarks.id = new.bookmark_id;
      END;
      CREATE TRIGGER bookmark_untagged AFTER DELETE ON bookmark_tags BEGIN
        INSERT OR REPLACE INTO bookmarks_search (rowid, title, url, tags)
          SELECT bookmark_words.number, bookmark_words.title, bookmark_words.url, tags
          FROM bookmarks JOIN bookmark_words ON bookmark_words.number = bookmarks.number
          WHERE bookmarks.id = old.bookmark_id;
      END;
    `,
  },
  {
    version: 7,
    what: 'what is known of sites: choices, permissions, and which are reached by HTTPS only',
    sql: `
      CREATE TABLE sites (
        site TEXT NOT NULL PRIMARY KEY,
        choices_json TEXT NOT NULL,
        changed_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX sites_by_time ON sites (changed_at);

      CREATE TABLE permissions (
        site TEXT NOT NULL,
        permission TEXT NOT NULL,
        is_allowed INTEGER NOT NULL,
        at INTEGER NOT NULL,
        expires_at INTEGER,
        PRIMARY KEY (site, permission)
      ) STRICT;
      CREATE INDEX permissions_by_time ON permissions (at DESC);

      CREATE TABLE hsts (
        host TEXT NOT NULL PRIMARY KEY,
        includes_subdomains INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX hsts_by_time ON hsts (seen_at DESC);
    `,
  },
  {
    version: 8,
    what: 'downloads, crashes, shared lists',
    sql: `
      CREATE TABLE downloads (
        id TEXT NOT NULL PRIMARY KEY,
        state TEXT NOT NULL,
        received INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        -- All of it; state, received and changed_at beside it are the later ones.
        record_json TEXT NOT NULL
      ) STRICT;
      CREATE INDEX downloads_by_start ON downloads (started_at DESC);

      CREATE TABLE crashes (
        id TEXT NOT NULL PRIMARY KEY,
        at INTEGER NOT NULL,
        record_json TEXT NOT NULL
      ) STRICT;
      CREATE INDEX crashes_by_time ON crashes (at DESC);

      CREATE TABLE shared_lists (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        revision INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        changed_by TEXT NOT NULL
      ) STRICT;
      CREATE TABLE shared_items (
        list_id TEXT NOT NULL REFERENCES shared_lists (id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        place TEXT NOT NULL,
        text TEXT NOT NULL,
        url TEXT,
        is_done INTEGER NOT NULL,
        is_removed INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        changed_by TEXT NOT NULL,
        PRIMARY KEY (list_id, id)
      ) STRICT;
      CREATE INDEX shared_items_by_revision ON shared_items (list_id, revision);
    `,
  },
  {
    version: 9,
    what: 'the open session as a journal with a snapshot, and sessions that are kept',
    sql: `
      -- What was open when the journal was last folded.
      CREATE TABLE session_parts (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        part_json TEXT NOT NULL,
        PRIMARY KEY (kind, id)
      ) STRICT;
      -- What changed since, in order. Only appended to, and emptied when it is folded.
      CREATE TABLE session_journal (sequence INTEGER PRIMARY KEY AUTOINCREMENT, change_json TEXT NOT NULL) STRICT;
      CREATE TABLE kept_sessions (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT,
        at INTEGER NOT NULL,
        windows INTEGER NOT NULL,
        tabs INTEGER NOT NULL,
        parts_json TEXT NOT NULL
      ) STRICT;
      CREATE INDEX kept_sessions_by_time ON kept_sessions (at DESC);

      INSERT INTO session_parts (kind, id, part_json) SELECT 'window', 'main', json_object(
        'kind', 'window', 'window', json_object(
          'id', 'main', 'bounds', NULL, 'isMaximized', json('false'), 'isFullScreen', json('false')))
        WHERE EXISTS (SELECT 1 FROM tabs);
      INSERT INTO session_parts (kind, id, part_json) SELECT DISTINCT 'group', group_name, json_object(
        'kind', 'group', 'group', json_object(
          'id', group_name, 'name', group_name, 'color', NULL, 'isCollapsed', json('false')))
        FROM tabs WHERE group_name IS NOT NULL;
      INSERT INTO session_parts (kind, id, part_json) SELECT 'tab', id, json_object(
        'kind', 'tab', 'tab', json_object(
          'id', id, 'windowId', 'main', 'groupId', group_name, 'url', url, 'title', title,
          'position', position, 'isActive', json(iif(is_active, 'true', 'false')),
          'isPinned', json('false'), 'isMuted', json('false'),
          'scroll', json_object('x', 0, 'y', 0), 'visited', json_array(), 'visitedIndex', 0, 'activeAt', 0))
        FROM tabs;
      DROP TABLE tabs;
    `,
  },
  {
    version: 10,
    what: 'when the file was last looked through',
    sql: 'CREATE TABLE care (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT;',
  },
]
