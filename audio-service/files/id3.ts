import { type ByteReader, startsWith } from './byte-reader.ts'
import { noTags, type Tags, tagText } from './sound.ts'

const headerBytes = 10
/** Of a tag no more than this is looked at; pictures stand in it too, and title and artist mostly before them. */
const mostReadBytes = 65_536

/**
 * Takes the ID3v2 tags that stand at the beginning of a file, and gives title and artist (id3.org: id3v2-00,
 * id3v2.3.0, id3v2.4.0-structure). Malformed frames in them end the reading; the sound does not depend on them.
 */
export async function takeId3(reader: ByteReader): Promise<Tags> {
  let tags = noTags
  while ((await reader.has(headerBytes)) && startsWith(reader.peek(3), 'ID3')) {
    const header = reader.take(headerBytes).slice()
    const hasFooter = ((header[5] ?? 0) & 0x10) !== 0
    const size = syncSafe(header, 6)
    const part = Math.min(size, mostReadBytes)
    if (await reader.has(part)) {
      const found = readFrames(reader.take(part), header[3] ?? 0)
      tags = { title: tags.title ?? found.title, artist: tags.artist ?? found.artist }
      await reader.skip(size - part + (hasFooter ? headerBytes : 0), 'its ID3 tag')
    } else {
      await reader.skip(size, 'its ID3 tag')
    }
  }
  return tags
}

function readFrames(bytes: Uint8Array, version: number): Tags {
  let tags = noTags
  const isOld = version === 2
  const [nameLength, frameHeader] = isOld ? [3, 6] : [4, headerBytes]
  for (let at = 0; at + frameHeader <= bytes.length; ) {
    const size = isOld
      ? big(bytes, at + 3, 3)
      : version >= 4
        ? syncSafe(bytes, at + 4)
        : big(bytes, at + 4, 4)
    const name = String.fromCharCode(...bytes.subarray(at, at + nameLength))
    const from = at + frameHeader
    if (size === 0 || from + size > bytes.length) break
    const content = bytes.subarray(from, from + size)
    if (name === 'TIT2' || name === 'TT2') tags = { ...tags, title: tags.title ?? decodeText(content) }
    if (name === 'TPE1' || name === 'TP1') tags = { ...tags, artist: tags.artist ?? decodeText(content) }
    at = from + size
  }
  return tags
}

/** Seven bits of each byte, so that a size never looks like the beginning of a frame. */
function syncSafe(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let place = at; place < at + 4; place += 1) value = value * 128 + ((bytes[place] ?? 0) & 0x7f)
  return value
}

function big(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let place = at; place < at + count; place += 1) value = value * 256 + (bytes[place] ?? 0)
  return value
}

function decodeText(content: Uint8Array): string | null {
  const [encoding = 0] = content
  const label =
    encoding === 1 ? utf16Label(content) : (['latin1', '', 'utf-16be', 'utf-8'][encoding] ?? 'latin1')
  return tagText(new TextDecoder(label).decode(content.subarray(1)))
}

function utf16Label(content: Uint8Array): string {
  return content[1] === 0xfe ? 'utf-16be' : 'utf-16le'
}
