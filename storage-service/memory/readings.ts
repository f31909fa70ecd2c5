import type { PageMemory, Passage } from '../../contracts/memory.ts'
import { bytesOrNullOf, integerOf, textOf, textOrNullOf } from '../row.ts'
import type { SqlDatabase, SqlRow, SqlStatement } from '../sqlite-driver.ts'
import { dimensions } from '../vectors/vector-index.ts'
import { spacedOut } from './terms.ts'

/** What is kept at most; beyond it the pages read longest ago make room. */
export interface MemoryLimits {
  readonly passages: number
  readonly readings: number
}

export interface StoredPassage extends Passage {
  readonly id: number
  readonly vector: Uint8Array | null
}

/** One page that was read, without its passages. */
export interface Reading {
  readonly id: number
  readonly url: string
  readonly title: string
  readonly language: string
  readonly topic: string | null
  readonly keywords: readonly string[]
  readonly vector: Uint8Array | null
  readonly at: number
}

/** A passage with the page that it stands in. */
export interface PlacedPassage {
  readonly passage: Passage
  readonly reading: Pick<Reading, 'id' | 'url' | 'title' | 'at'>
}

const readingColumns = 'id, url, title, language, topic, keywords_json, vector, at'

/** The tables of what was read. Every method is one step; none opens a transaction. */
export class Readings {
  readonly #insert: SqlStatement
  readonly #refresh: SqlStatement
  readonly #insertPassage: SqlStatement
  readonly #byUrl: SqlStatement
  readonly #byId: SqlStatement
  readonly #passagesOf: SqlStatement
  readonly #placed: SqlStatement
  readonly #delete: SqlStatement
  readonly #oldest: SqlStatement
  readonly #counts: SqlStatement
  readonly #latest: SqlStatement

  constructor(database: SqlDatabase) {
    this.#insert = database.prepare(`
      INSERT INTO readings (url, title, language, topic, keywords_json, vector, at) VALUES (?, ?, ?, ?, ?, ?, ?)
      RETURNING id`)
    this.#refresh = database.prepare('UPDATE readings SET title = ?, at = ? WHERE id = ?')
    this.#insertPassage = database.prepare(`
      INSERT INTO passages (reading_id, paragraph, text, spaced, vector) VALUES (?, ?, ?, ?, ?) RETURNING id`)
    this.#byUrl = database.prepare(`SELECT ${readingColumns} FROM readings WHERE url = ?`)
    this.#byId = database.prepare(`SELECT ${readingColumns} FROM readings WHERE id = ?`)
    this.#passagesOf = database.prepare(
      'SELECT id, paragraph, text, vector FROM passages WHERE reading_id = ? ORDER BY id',
    )
    this.#placed = database.prepare(`
      SELECT passages.paragraph AS paragraph, passages.text AS text, readings.id AS reading_id, url, title, at
      FROM passages JOIN readings ON readings.id = passages.reading_id WHERE passages.id = ?`)
    this.#delete = database.prepare('DELETE FROM readings WHERE id = ?')
    this.#oldest = database.prepare('SELECT id FROM readings WHERE id <> ? ORDER BY at, id LIMIT 1')
    this.#latest = database.prepare(`
      SELECT ${readingColumns} FROM readings WHERE vector IS NOT NULL ORDER BY at DESC, id DESC LIMIT ?`)
    this.#counts = database.prepare(
      'SELECT (SELECT count(*) FROM passages) AS passages, (SELECT count(*) FROM readings) AS readings',
    )
  }

  /** Gives the ids of the reading and of its passages, in their order. */
  insert(page: PageMemory): { readonly id: number; readonly passageIds: readonly number[] } {
    const { url, title, language, topic, keywords, at } = page
    const vector = page.pageVector.length === dimensions ? page.pageVector : null
    const row = this.#insert.get(url, title, language, topic, JSON.stringify(keywords), vector, at)
    const id = integerOf(row ?? {}, 'id')
    return {
      id,
      passageIds: page.passages.map(({ paragraph, text }, index) => {
        const inserted = this.#insertPassage.get(id, paragraph, text, spacedOut(text), vectorAt(page, index))
        return integerOf(inserted ?? {}, 'id')
      }),
    }
  }

  refresh(id: number, title: string, at: number): void {
    this.#refresh.run(title, at, id)
  }

  find(url: string): Reading | null {
    return readingOrNull(this.#byUrl.get(url))
  }

  get(id: number): Reading | null {
    return readingOrNull(this.#byId.get(id))
  }

  /** Those that have a vector, the latest read first. */
  latest(limit: number): readonly Reading[] {
    return this.#latest.all(limit).flatMap(row => readingOrNull(row) ?? [])
  }

  /** In reading order. */
  passagesOf(id: number): readonly StoredPassage[] {
    return this.#passagesOf.all(id).map(row => ({
      id: integerOf(row, 'id'),
      paragraph: integerOf(row, 'paragraph'),
      text: textOf(row, 'text'),
      vector: bytesOrNullOf(row, 'vector'),
    }))
  }

  /** Null when it was deleted meanwhile. */
  placed(passageId: number): PlacedPassage | null {
    const row = this.#placed.get(passageId)
    if (row === undefined) return null
    return {
      passage: { paragraph: integerOf(row, 'paragraph'), text: textOf(row, 'text') },
      reading: {
        id: integerOf(row, 'reading_id'),
        url: textOf(row, 'url'),
        title: textOf(row, 'title'),
        at: integerOf(row, 'at'),
      },
    }
  }

  /** With its passages. */
  delete(id: number): void {
    this.#delete.run(id)
  }

  /** The one read longest ago, apart from `except`. */
  oldest(except: number): number | null {
    const row = this.#oldest.get(except)
    return row === undefined ? null : integerOf(row, 'id')
  }

  counts(): MemoryLimits {
    const row = this.#counts.get() ?? {}
    return { passages: integerOf(row, 'passages'), readings: integerOf(row, 'readings') }
  }
}

/** The vector of a passage; null when the page came without. */
export function vectorAt(page: PageMemory, index: number): Uint8Array | null {
  const vector = page.vectors.subarray(index * dimensions, (index + 1) * dimensions)
  return vector.length === dimensions ? vector : null
}

function readingOrNull(row: SqlRow | undefined): Reading | null {
  if (row === undefined) return null
  return {
    id: integerOf(row, 'id'),
    url: textOf(row, 'url'),
    title: textOf(row, 'title'),
    language: textOf(row, 'language'),
    topic: textOrNullOf(row, 'topic'),
    keywords: textsOf(textOf(row, 'keywords_json')),
    vector: bytesOrNullOf(row, 'vector'),
    at: integerOf(row, 'at'),
  }
}

function textsOf(json: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
  } catch {
    // Damaged in the file; the passages say what the page is about.
    return []
  }
}
