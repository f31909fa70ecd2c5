import { readFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import type { MemoryReading, MemoryStalls } from './pressure-level.ts'

/**
 * Reads what the system says of its memory. libuv knows of bounds of containers (`process.availableMemory`,
 * `process.constrainedMemory`); stalls are told by Linux alone. Elsewhere the level follows from free memory only, which
 * on macOS leaves out what could be compressed: levels come earlier there.
 */
export async function readMemory(): Promise<MemoryReading> {
  const stalls = process.platform === 'linux' ? await readStalls() : null
  const bound = process.constrainedMemory()
  const total = totalmem()
  return {
    // Where nothing is bounded, this is 0 or larger than the machine.
    totalBytes: bound > 0 && bound < total ? bound : total,
    availableBytes: process.availableMemory(),
    stalls,
  }
}

async function readStalls(): Promise<MemoryStalls | null> {
  return readFile('/proc/pressure/memory', 'utf8').then(parseStalls, () => null)
}

/** Of the text of /proc/pressure/memory; null when it is none. */
export function parseStalls(text: string): MemoryStalls | null {
  const some = averageOf(text, 'some')
  const full = averageOf(text, 'full')
  return some === null || full === null ? null : { somePercent: some, fullPercent: full }
}

function averageOf(text: string, who: 'some' | 'full'): number | null {
  const found = new RegExp(`^${who} avg10=(\\d+(?:\\.\\d+)?)`, 'm').exec(text)?.[1]
  return found === undefined ? null : Number(found)
}
