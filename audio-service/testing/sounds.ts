import { readFileSync } from 'node:fs'
import type { AudioFormat } from '../../contracts/audio.ts'
import { BrokenFileError } from '../files/broken-file.ts'
import { ByteReader } from '../files/byte-reader.ts'
import { decodeFile } from '../files/open-file.ts'

/** For tests: a sine of this amplitude. */
export function sine(
  hertz: number,
  { sampleRate, frames, amplitude = 1, phase = 0 }: SineShape,
): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(frames)
  for (let at = 0; at < frames; at += 1) {
    samples[at] = amplitude * Math.sin((2 * Math.PI * hertz * at) / sampleRate + phase)
  }
  return samples
}

export interface SineShape {
  readonly sampleRate: number
  readonly frames: number
  readonly amplitude?: number
  /** In radians. */
  readonly phase?: number
}

/** How far what differs from `expected` lies below it, in decibels; the edges do not count. */
export function signalToNoise(actual: Float32Array, expected: Float32Array, edge = 0): number {
  let signal = 0
  let noise = 0
  for (let at = edge; at < expected.length - edge; at += 1) {
    const wanted = expected[at] ?? 0
    signal += wanted ** 2
    noise += ((actual[at] ?? 0) - wanted) ** 2
  }
  return 10 * Math.log10(signal / noise)
}

/** A file of tests/fixtures/audio. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../tests/fixtures/audio/${name}`, import.meta.url)))
}

export const fixtureNames = [
  'deep.flac',
  'mono-cbr.mp3',
  'mono.oga',
  'six.ogg',
  'six.opus',
  'stereo.flac',
  'stereo.mp3',
  'stereo.ogg',
  'stereo.opus',
] as const

/** Pieces of one size, as files are read. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

export interface DecodedFile {
  readonly format: AudioFormat | null
  readonly channels: readonly Float32Array[]
  /** Why it ended early; null for a whole file. */
  readonly broken: BrokenFileError | null
}

/** Decodes in this thread. */
export async function decodeWhole(bytes: Uint8Array, pieceBytes = 65_536): Promise<DecodedFile> {
  const parts: (readonly Float32Array[])[] = []
  let format: AudioFormat | null = null
  let broken: BrokenFileError | null = null
  try {
    const reader = new ByteReader(inPieces(bytes, pieceBytes))
    for await (const decoded of decodeFile(reader, { totalBytes: bytes.length })) {
      if (decoded.kind === 'format') format = decoded.format
      else parts.push(decoded.channels)
    }
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error
    broken = error
  }
  return { format, channels: joinBlocks(parts), broken }
}

/** Everything that comes. */
export async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Blocks one after another. */
export function joinBlocks(blocks: readonly (readonly Float32Array[])[]): Float32Array[] {
  const [first] = blocks
  return (first ?? []).map((_, place) => {
    const pieces = blocks.map(block => block[place] ?? new Float32Array(0))
    const whole = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const piece of pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
  })
}

/** Bytes one after another; words of ASCII letters and little-endian numbers of so many bytes among them. */
export function bytesOf(
  ...parts: readonly (string | Uint8Array | readonly [value: number, bytes: number])[]
): Uint8Array {
  return Uint8Array.from(
    parts.flatMap(part => {
      if (typeof part === 'string') return [...part].map(letter => letter.charCodeAt(0))
      if (part instanceof Uint8Array) return [...part]
      const [value, count] = part as readonly [number, number]
      return Array.from({ length: count }, (_, place) => Math.floor(value / 256 ** place) % 256)
    }),
  )
}

/** Random numbers from 0 to 1 that are the same each time (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
