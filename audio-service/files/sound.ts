import type { AudioFormat } from '../../contracts/audio.ts'

/** What a decoder gives: the format first, once; then samples, one array for each channel, all of one length. */
export type Decoded =
  | { readonly kind: 'format'; readonly format: AudioFormat }
  | { readonly kind: 'samples'; readonly channels: readonly Float32Array[] }

/** What is told beside the file. */
export interface FileFacts {
  readonly totalBytes: number | null
}

/** What tags say; cheap ones only, where they stand before the sound. */
export interface Tags {
  readonly title: string | null
  readonly artist: string | null
}

export const noTags: Tags = { title: null, artist: null }

const mostTagCharacters = 1_000

/** Text of a tag as it may be shown: without control characters, bounded, null when nothing is left. */
export function tagText(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what has to go.
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim()
  return plain === '' ? null : plain.slice(0, mostTagCharacters)
}

export function isKnownRate(sampleRate: number): boolean {
  return sampleRate >= 1_000 && sampleRate <= 768_000
}
