import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { type Marker, markerBytes, markerStart, readMarker } from '../fixtures/marked-sites.ts'
import { descendants } from './nexus.ts'

/** A process of pages, and the markers that lie in its memory, each once. */
export interface SearchedProcess {
  readonly pid: number
  readonly markers: readonly Marker[]
}

const mebibyte = 1024 * 1024
const chunkBytes = 8 * mebibyte
const pageBytes = 4096

/** Looks for markers in all that the renderers below a process may write, or share. Needs root, on Linux. */
export function searchRenderers(mainPid: number): SearchedProcess[] {
  return renderersBelow(mainPid).map(pid => ({ pid, markers: markersIn(pid) }))
}

/** The command line of each process of the engine below ours. */
export function commandLinesBelow(mainPid: number): readonly string[] {
  return descendants(mainPid)
    .map(commandLine)
    .filter(line => line !== '')
}

function renderersBelow(mainPid: number): number[] {
  return descendants(mainPid).filter(pid => commandLine(pid).includes('--type=renderer'))
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

interface Region {
  readonly start: number
  readonly end: number
}

/** Nothing of a process that ended while it was looked at; who expects its markers elsewhere misses them there. */
function markersIn(pid: number): Marker[] {
  try {
    return markersInLiving(pid)
  } catch (error) {
    const hasEnded = error instanceof Error && 'code' in error && /^(ESRCH|ENOENT)$/.test(String(error.code))
    if (hasEnded) return []
    throw error
  }
}

function markersInLiving(pid: number): Marker[] {
  const found = new Map<string, Marker>()
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const present = openSync(`/proc/${pid}/pagemap`, 'r')
  try {
    for (const region of regionsOf(pid)) {
      for (const part of presentParts(present, region)) searchPart(memory, part, found)
    }
  } finally {
    closeSync(memory)
    closeSync(present)
  }
  return [...found.values()]
}

/** What may hold a page's data: nothing that is mapped from a file on disk, and nothing that cannot be read. */
function regionsOf(pid: number): Region[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap(line => {
      const parts = /^([0-9a-f]+)-([0-9a-f]+) r(\S\S\S) \S+ \S+ (\d+)\s*(.*)$/.exec(line)
      if (parts === null) return []
      const [, start = '', end = '', , , name = ''] = parts
      const isFile = name.startsWith('/') && !/^\/(memfd:|dev\/shm\/)|\(deleted\)$/.test(name)
      return isFile || name === '[vvar]' || name === '[vsyscall]'
        ? []
        : [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }]
    })
}

/** The engine reserves far more than it uses: what was never written to is passed over. */
function* presentParts(pagemap: number, { start, end }: Region): Generator<Region> {
  const entries = Buffer.alloc((chunkBytes / pageBytes) * 8)
  for (let from = start; from < end; from += chunkBytes) {
    const pages = Math.min(chunkBytes, end - from) / pageBytes
    const read = readQuietly(pagemap, entries, pages * 8, (from / pageBytes) * 8)
    let first = -1
    for (let page = 0; page <= pages; page += 1) {
      // The uppermost two bits: in memory, or swapped out.
      const isThere = page * 8 + 7 < read && ((entries[page * 8 + 7] ?? 0) & 0xc0) !== 0
      if (isThere && first === -1) first = page
      if (isThere || first === -1) continue
      yield { start: from + first * pageBytes, end: from + page * pageBytes }
      first = -1
    }
  }
}

function searchPart(memory: number, { start, end }: Region, found: Map<string, Marker>): void {
  const bytes = Buffer.alloc(end - start)
  const read = readQuietly(memory, bytes, bytes.length, start)
  const searched = bytes.subarray(0, read)
  for (let at = searched.indexOf(markerStart); at !== -1; at = searched.indexOf(markerStart, at + 1)) {
    const marker = readMarker(searched.toString('latin1', at, at + markerBytes))
    if (marker !== null) found.set(JSON.stringify(marker), marker)
  }
}

function readQuietly(file: number, into: Buffer, length: number, position: number): number {
  try {
    return readSync(file, into, 0, length, position)
  } catch {
    // It was given back meanwhile.
    return 0
  }
}
