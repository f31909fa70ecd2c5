import { crc32 } from 'node:zlib'

/** What a download was when it began, by which its continuation is asked for. */
export interface Beginning {
  readonly kind: 'begin'
  /** Where it is to be. */
  readonly filePath: string
  readonly size: number | null
  readonly etag: string | null
  readonly lastModified: string | null
  readonly date: string | null
  readonly acceptsRanges: boolean
  readonly mimeType: string
}

/** So many bytes are on disk for good, and this is their SHA-256 in lower-case hex. */
export interface Mark {
  readonly kind: 'at'
  readonly offset: number
  readonly sha256: string
}

/** All is there. */
export interface Whole {
  readonly kind: 'whole'
  readonly size: number
  readonly sha256: string
}

/** It is being given this name; whether it has it, the disk tells. */
export interface Naming {
  readonly kind: 'naming'
  readonly filePath: string
}

export type JournalEntry = Beginning | Mark | Whole | Naming

/** What a journal tells after the process that wrote it has ended. */
export interface JournalState {
  readonly beginning: Beginning
  /** As they were written. */
  readonly marks: readonly Mark[]
  readonly whole: Whole | null
  readonly naming: Naming | null
  /** Where the last line ends that can be read. */
  readonly validBytes: number
}

/**
 * One line of the journal: a checksum and the entry. An entry is written only after the bytes it speaks of were forced
 * to the disk, so that whatever part of the journal is found is true.
 */
export function journalLine(entry: JournalEntry): string {
  const text = JSON.stringify(entry)
  return `${checksum(text)} ${text}\n`
}

/** Reads as far as the lines are whole; a torn or damaged line ends it. Null when not even the beginning is. */
export function readJournal(text: string): JournalState | null {
  let beginning: Beginning | null = null
  let whole: Whole | null = null
  let naming: Naming | null = null
  const marks: Mark[] = []
  let validBytes = 0
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = readLine(line)
    if (entry === null) break
    validBytes += Buffer.byteLength(line) + 1
    switch (entry.kind) {
      case 'begin':
        beginning = entry
        break
      case 'at':
        marks.push(entry)
        break
      case 'whole':
        whole = entry
        break
      case 'naming':
        naming = entry
    }
  }
  return beginning === null ? null : { beginning, marks, whole, naming, validBytes }
}

function readLine(line: string): JournalEntry | null {
  const text = line.slice(9)
  // Only ever written above: with its checksum right, it is what was written.
  return line.slice(0, 8) === checksum(text) && line[8] === ' ' ? (JSON.parse(text) as JournalEntry) : null
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
