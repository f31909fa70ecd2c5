import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { type Bitmap, emptyBitmap } from './bitmap.ts'
import { copyRows, unfilterRows } from './png-rows.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

interface Header {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colorType: number
  readonly isInterlaced: boolean
}

const channelsOfColorType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Larger pictures are not believed: their pixels would not fit into memory. */
const maximumPixels = 1 << 28

/** A header may promise much that does not follow. */
const maximumChunkBytes = 1 << 24

function isPng(data: Buffer): boolean {
  return data.subarray(0, 8).equals(signature)
}

/** Width and height without decoding; null for what is no PNG. */
export function pngSize(data: Buffer): { width: number; height: number } | null {
  const header = readHeader(data)
  return header && { width: header.width, height: header.height }
}

function readHeader(data: Buffer): Header | null {
  if (!isPng(data) || data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR') return null
  const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)]
  if (width === 0 || height === 0 || width * height > maximumPixels) return null
  return {
    width,
    height,
    depth: data[24] ?? 0,
    colorType: data[25] ?? 0,
    isInterlaced: data[28] === 1,
  }
}

/** null for what is no PNG, or a damaged one. */
export function decodePng(data: Buffer): Bitmap | null {
  try {
    return decode(data)
  } catch {
    return null
  }
}

function decode(data: Buffer): Bitmap | null {
  const header = readHeader(data)
  if (!header) return null
  const compressed: Buffer[] = []
  let palette = Buffer.alloc(0)
  let transparency = Buffer.alloc(0)
  for (let at = 8; at + 12 <= data.length; ) {
    const length = data.readUInt32BE(at)
    const type = data.toString('latin1', at + 4, at + 8)
    const content = data.subarray(at + 8, at + 8 + length)
    if (type === 'IDAT') compressed.push(content)
    else if (type === 'PLTE') palette = Buffer.from(content)
    else if (type === 'tRNS') transparency = Buffer.from(content)
    else if (type === 'IEND') break
    at += 12 + length
  }
  const { width, height, colorType } = header
  // The size is known: a buffer of that size spares the putting together of many small ones.
  const chunkSize = Math.max(64, Math.min(maximumChunkBytes, (width * 4 + 1) * height))
  const raw = inflateSync(Buffer.concat(compressed), { chunkSize })
  const bitmap = emptyBitmap(width, height)
  if (isPlain(header) && transparency.length === 0) {
    const pixelLength = colorType === 2 ? 3 : 4
    if (raw.length < (width * pixelLength + 1) * height) return null
    unfilterRows(raw, width * pixelLength, height, pixelLength)
    copyRows(raw, width, height, pixelLength, bitmap.pixels)
    return bitmap
  }
  const read = pixelReader(header, palette, transparency)
  let offset = 0
  for (const pass of passesOf(header)) {
    const bitsPerPixel = (channelsOfColorType[header.colorType] ?? 1) * header.depth
    const rowLength = Math.ceil((pass.width * bitsPerPixel) / 8)
    const bytesPerPixel = Math.max(1, bitsPerPixel >> 3)
    let previous: Buffer = Buffer.alloc(rowLength)
    for (let y = 0; y < pass.height; y++) {
      const row = Buffer.from(raw.subarray(offset + 1, offset + 1 + rowLength))
      if (row.length < rowLength) return null
      unfilter(raw[offset] ?? 0, row, previous, bytesPerPixel)
      offset += 1 + rowLength
      previous = row
      for (let x = 0; x < pass.width; x++) {
        const at = ((pass.y + y * pass.stepY) * header.width + pass.x + x * pass.stepX) * 4
        read(row, x, bitmap.pixels, at)
      }
    }
  }
  return bitmap
}

/** As pictures of pages are: eight bits a sample, in colour, row by row. */
function isPlain({ depth, colorType, isInterlaced }: Header): boolean {
  return depth === 8 && (colorType === 2 || colorType === 6) && !isInterlaced
}

interface Pass {
  readonly x: number
  readonly y: number
  readonly stepX: number
  readonly stepY: number
  readonly width: number
  readonly height: number
}

const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

function passesOf({ width, height, isInterlaced }: Header): Pass[] {
  if (!isInterlaced) return [{ x: 0, y: 0, stepX: 1, stepY: 1, width, height }]
  return adam7
    .map(([x, y, stepX, stepY]) => ({
      x,
      y,
      stepX,
      stepY,
      width: Math.ceil((width - x) / stepX),
      height: Math.ceil((height - y) / stepY),
    }))
    .filter(pass => pass.width > 0 && pass.height > 0)
}

function unfilter(filter: number, row: Buffer, previous: Buffer, bytesPerPixel: number): void {
  for (let at = 0; at < row.length; at++) {
    const left = at >= bytesPerPixel ? (row[at - bytesPerPixel] ?? 0) : 0
    const up = previous[at] ?? 0
    const upLeft = at >= bytesPerPixel ? (previous[at - bytesPerPixel] ?? 0) : 0
    row[at] = ((row[at] ?? 0) + predictionOf(filter, left, up, upLeft)) & 0xff
  }
}

function predictionOf(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4: {
      const estimate = left + up - upLeft
      const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map(value => Math.abs(estimate - value)) as [
        number,
        number,
        number,
      ]
      if (toLeft <= toUp && toLeft <= toUpLeft) return left
      return toUp <= toUpLeft ? up : upLeft
    }
    default:
      return 0
  }
}

type PixelReader = (row: Buffer, x: number, target: Buffer, at: number) => void

function pixelReader({ colorType, depth }: Header, palette: Buffer, transparency: Buffer): PixelReader {
  const channels = channelsOfColorType[colorType]
  if (channels === undefined) throw new Error(`no colour type ${colorType}`)
  const sample = (row: Buffer, index: number): number => {
    if (depth === 8) return row[index] ?? 0
    if (depth === 16) return row.readUInt16BE(index * 2)
    const bit = index * depth
    return ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)
  }
  const toByte = (value: number): number =>
    depth === 8 ? value : Math.round((value * 255) / ((1 << depth) - 1))
  const hasKey = transparency.length >= channels * 2
  return (row, x, target, at) => {
    const values = Array.from({ length: channels }, (_, channel) => sample(row, x * channels + channel))
    const [first = 0, second = 0, third = 0, fourth = 0] = values
    if (colorType === 3) {
      palette.copy(target, at, first * 3, first * 3 + 3)
      target[at + 3] = transparency[first] ?? 255
      return
    }
    const isGray = colorType === 0 || colorType === 4
    target[at] = toByte(first)
    target[at + 1] = toByte(isGray ? first : second)
    target[at + 2] = toByte(isGray ? first : third)
    if (colorType === 4) target[at + 3] = toByte(second)
    else if (colorType === 6) target[at + 3] = toByte(fourth)
    else
      target[at + 3] =
        hasKey && values.every((value, channel) => value === transparency.readUInt16BE(channel * 2)) ? 0 : 255
  }
}

/** Eight bits a channel, with alpha, not interlaced. */
export function encodePng({ width, height, pixels }: Bitmap): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (width * 4 + 1))
  for (let y = 0; y < height; y++)
    pixels.copy(rows, y * (width * 4 + 1) + 1, y * width * 4, (y + 1) * width * 4)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const result = Buffer.alloc(typed.length + 8)
  result.writeUInt32BE(content.length, 0)
  typed.copy(result, 4)
  result.writeUInt32BE(crc32(typed), typed.length + 4)
  return result
}
