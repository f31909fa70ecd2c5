import type { AudioFormat } from '../../contracts/audio.ts'
import { BrokenFileError } from './broken-file.ts'
import { type ByteReader, startsWith } from './byte-reader.ts'
import { decodeFlac, probeFlac } from './flac.ts'
import { takeId3 } from './id3.ts'
import { decodeMpeg, isMpeg, probeMpeg } from './mpeg.ts'
import { decodeOgg, probeOgg } from './ogg.ts'
import { type Decoded, type FileFacts, noTags, type Tags } from './sound.ts'
import { decodeWav, probeWav } from './wav.ts'

/** Decodes a file of any format known here, told by its content. Throws `BrokenFileError`. */
export async function* decodeFile(reader: ByteReader, facts: FileFacts): AsyncGenerator<Decoded, void> {
  const { container, tags } = await recognise(reader)
  switch (container) {
    case 'wav':
      return yield* decodeWav(reader)
    case 'ogg':
      return yield* decodeOgg(reader)
    case 'flac':
      return yield* decodeFlac(reader, tags)
    case 'mpeg':
      return yield* decodeMpeg(reader, facts, tags)
  }
}

/** What a file says of itself; of its end only `tail` is looked at. Throws `BrokenFileError`. */
export async function probeFile(
  reader: ByteReader,
  tail: Uint8Array,
  facts: FileFacts,
): Promise<AudioFormat> {
  const { container, tags } = await recognise(reader)
  switch (container) {
    case 'wav':
      return await probeWav(reader)
    case 'ogg':
      return await probeOgg(reader, tail)
    case 'flac':
      return await probeFlac(reader, tags)
    case 'mpeg':
      return await probeMpeg(reader, facts, tags)
  }
}

async function recognise(reader: ByteReader): Promise<{ container: AudioFormat['container']; tags: Tags }> {
  await reader.has(12)
  const head = reader.peek(12)
  if (head.length === 0) throw new BrokenFileError('truncated', 0, 'The file is empty')
  if (['RIFF', 'RF64', 'BW64'].some(word => startsWith(head, word)) && startsWith(head, 'WAVE', 8)) {
    return { container: 'wav', tags: noTags }
  }
  if (startsWith(head, 'OggS')) return { container: 'ogg', tags: noTags }
  // Both of these are found behind tags too.
  const tags = await takeId3(reader)
  await reader.has(4)
  if (startsWith(reader.peek(4), 'fLaC')) return { container: 'flac', tags }
  if (await isMpeg(reader)) return { container: 'mpeg', tags }
  throw new BrokenFileError('unknownFormat', 0, 'It begins like no sound file that is known here')
}
