import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync, inflateRawSync, zstdDecompressSync } from 'node:zlib'

/** A file in which a marker was found, and how it was written there. */
export interface Trace {
  readonly file: string
  readonly as: string
}

/**
 * Reads every byte of every file below a folder and says where a marker stands: as text of one or two bytes a letter, in
 * any case, turned around, in base64 and hex; also inside what is compressed, wherever a known format begins. Free pages of
 * databases and logs are bytes like all others.
 */
export function tracesOf(folder: string, marker: string): Trace[] {
  const forms = formsOf(marker)
  const found: Trace[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(folder, file)
    if (name.toLowerCase().includes(marker.toLowerCase())) found.push({ file: name, as: 'its name' })
    const bytes = readFileSync(file)
    for (const [label, content] of [['raw', bytes] as const, ...unpacked(bytes, file)]) {
      const lowered = content.toString('latin1').toLowerCase()
      for (const [form, needle] of forms) {
        if (lowered.includes(needle)) found.push({ file: name, as: `${label}, ${form}` })
      }
    }
  }
  return found
}

function formsOf(marker: string): (readonly [form: string, needle: string])[] {
  const wide = Buffer.from(marker, 'utf16le')
  const bytes = Buffer.from(marker, 'latin1')
  // A base64 text depends on where in a group of three the marker begins; its inner letters do not depend on neighbours.
  const base64 = [0, 1, 2].map(shift =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  )
  return [
    ['utf-8', marker],
    ['utf-16', wide.toString('latin1')],
    ['turned around', [...marker].reverse().join('')],
    ['hex', bytes.toString('hex')],
    ...base64.map(text => ['base64', text] as const),
  ].map(([form, needle]) => [form ?? '', (needle ?? '').toLowerCase()] as const)
}

/** What decompresses, from every place where a known format begins. */
function unpacked(bytes: Buffer, file: string): [string, Buffer][] {
  const found: [string, Buffer][] = []
  const attempt = (label: string, work: () => Buffer): void => {
    try {
      found.push([label, work()])
    } catch {
      // It only looked like one.
    }
  }
  const starts = (magic: readonly number[]): number[] => {
    const places: number[] = []
    const needle = Buffer.from(magic)
    for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) places.push(at)
    return places.slice(0, 2_000)
  }
  for (const at of starts([0x1f, 0x8b, 0x08])) attempt('gzip', () => gunzipSync(bytes.subarray(at)))
  for (const at of starts([0x28, 0xb5, 0x2f, 0xfd]))
    attempt('zstd', () => zstdDecompressSync(bytes.subarray(at)))
  for (const at of starts([0x50, 0x4b, 0x03, 0x04])) {
    attempt('zip', () => {
      const nameBytes = bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
      return inflateRawSync(bytes.subarray(at + 30 + nameBytes))
    })
  }
  if (bytes.length < 1024 * 1024) attempt('brotli', () => brotliDecompressSync(bytes))
  if (/\.(?:ldb|log|sst)$/.test(file)) found.push(...snappyBlocks(bytes))
  return found
}

/** LevelDB keeps blocks in the snappy format: literal runs are copied as they stand, and copies refer to them. */
function snappyBlocks(bytes: Buffer): [string, Buffer][] {
  const found: [string, Buffer][] = []
  // Every table ends with a footer that names its index; blocks are tried from each place that could begin one.
  for (let at = 0; at < bytes.length; at += 1) {
    const block = snappyAt(bytes, at)
    if (block !== null) {
      found.push(['snappy', block.content])
      at += block.length - 1
    }
  }
  return found
}

function snappyAt(bytes: Buffer, start: number): { content: Buffer; length: number } | null {
  let at = start
  let expected = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at]
    if (byte === undefined || shift > 21) return null
    at += 1
    expected |= (byte & 0x7f) << shift
    if (byte < 0x80) break
  }
  if (expected < 64 || expected > 1024 * 1024) return null
  const content = Buffer.alloc(expected)
  let length = 0
  while (length < expected) {
    const tag = bytes[at]
    if (tag === undefined) return null
    at += 1
    if ((tag & 3) === 0) {
      let size = tag >> 2
      if (size >= 60) {
        const extra = size - 59
        if (at + extra > bytes.length) return null
        size = bytes.readUIntLE(at, extra)
        at += extra
      }
      size += 1
      if (length + size > expected || at + size > bytes.length) return null
      bytes.copy(content, length, at, at + size)
      at += size
      length += size
      continue
    }
    const [size, offset, used] = copyOf(bytes, tag, at)
    if (offset === 0 || offset > length || length + size > expected) return null
    at += used
    for (let index = 0; index < size; index += 1) {
      content[length] = content[length - offset] ?? 0
      length += 1
    }
  }
  return { content, length: at - start }
}

function copyOf(bytes: Buffer, tag: number, at: number): [size: number, offset: number, used: number] {
  switch (tag & 3) {
    case 1:
      return [((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | (bytes[at] ?? 0), 1]
    case 2:
      return [(tag >> 2) + 1, at + 2 > bytes.length ? 0 : bytes.readUInt16LE(at), 2]
    default:
      return [(tag >> 2) + 1, at + 4 > bytes.length ? 0 : bytes.readUInt32LE(at), 4]
  }
}
