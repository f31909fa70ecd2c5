import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Bitmap, emptyBitmap, resize } from './bitmap.ts'
import { decodePng } from './png.ts'

/** The same numbers at each run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const seeds = Array.from({ length: 30 }, (_, index) => index + 1)

describe('a picture of eight bits a sample', () => {
  // What has sixteen bits a sample is read pixel by pixel: the plain way, which the quick one must agree with.
  it.each(seeds)('reads like the same picture of sixteen, under any filters (seed %i)', seed => {
    const random = randomNumbers(seed)
    const [width, height] = [1 + random(40), 1 + random(12)]
    for (const samples of [3, 4]) {
      const lines = Array.from({ length: height }, () =>
        Array.from({ length: width * samples }, () => (random(3) === 0 ? random(256) : random(4) * 85)),
      )
      const filters = lines.map(() => random(5))
      const narrow = decodePng(png(width, samples, 8, lines, filters))
      // 257 times a byte is what rounds to that byte again.
      const wide = lines.map(line => line.flatMap(value => [value, value]))
      expect(narrow?.pixels).toEqual(decodePng(png(width, samples, 16, wide, filters))?.pixels)
      expect([...(narrow?.pixels ?? [])]).toEqual(
        lines.flatMap(line =>
          line.flatMap((value, at) => (at % samples === 2 && samples === 3 ? [value, 255] : value)),
        ),
      )
    }
  })

  it('is none when rows are missing', () => {
    const whole = png(2, 3, 8, [[1, 2, 3, 4, 5, 6]], [0])
    whole.writeUInt32BE(2, 20)
    expect(decodePng(whole)).toBe(null)
  })
})

describe('resize', () => {
  it.each(seeds)('gives each pixel the mean of what it covers, weighted by opacity (seed %i)', seed => {
    const random = randomNumbers(seed)
    const bitmap = emptyBitmap(1 + random(30), 1 + random(30))
    for (let at = 0; at < bitmap.pixels.length; at++)
      bitmap.pixels[at] = at % 4 === 3 ? random(3) * 127 : random(256)
    const [width, height] = [1 + random(40), 1 + random(40)]
    expect([...resize(bitmap, width, height).pixels]).toEqual(meansOf(bitmap, width, height))
  })
})

function meansOf({ width, height, pixels }: Bitmap, newWidth: number, newHeight: number): number[] {
  const span = (index: number, size: number, oldSize: number): number[] => {
    const from = Math.floor((index * oldSize) / size)
    const to = Math.max(from + 1, Math.floor(((index + 1) * oldSize) / size))
    return Array.from({ length: to - from }, (_, step) => from + step)
  }
  const lines = (count: number): number[] => [...Array(count).keys()]
  return lines(newHeight).flatMap(y =>
    lines(newWidth).flatMap(x => {
      const covered = span(y, newHeight, height).flatMap(row =>
        span(x, newWidth, width).map(column => [
          ...pixels.subarray((row * width + column) * 4).subarray(0, 4),
        ]),
      )
      const sum = (of: (pixel: number[]) => number): number =>
        covered.reduce((total, pixel) => total + of(pixel), 0)
      const opacity = sum(pixel => pixel[3] ?? 0)
      const colors = [0, 1, 2].map(channel =>
        opacity === 0 ? 0 : Math.round(sum(pixel => (pixel[channel] ?? 0) * (pixel[3] ?? 0)) / opacity),
      )
      return [...colors, Math.round(opacity / covered.length)]
    }),
  )
}

/** A picture in colour with the given bytes, each row stored under its filter. */
function png(width: number, samples: number, depth: number, lines: number[][], filters: number[]): Buffer {
  const header = Buffer.alloc(33)
  header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
  header.write('IHDR', 12)
  header.writeUInt32BE(width, 16)
  header.writeUInt32BE(lines.length, 20)
  header.set([depth, samples === 3 ? 2 : 6], 24)
  const pixelLength = (samples * depth) / 8
  const rows = lines.flatMap((line, y) => {
    const filter = filters[y] ?? 0
    const value = (row: number, at: number): number => (at < 0 ? 0 : (lines[row]?.[at] ?? 0))
    return [
      filter,
      ...line.map((byte, at) => {
        const [left, up, upLeft] = [
          value(y, at - pixelLength),
          value(y - 1, at),
          value(y - 1, at - pixelLength),
        ]
        return (byte - (prediction(left, up, upLeft)[filter] ?? 0)) & 0xff
      }),
    ]
  })
  const content = deflateSync(Buffer.from(rows))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([header, length, Buffer.from('IDAT'), content, Buffer.alloc(4)])
}

/** What each filter foretells of a byte. */
function prediction(left: number, up: number, upLeft: number): readonly number[] {
  const distance = (candidate: number): number => Math.abs(left + up - upLeft - candidate)
  const [nearest = 0] = [left, up, upLeft].toSorted((one, other) => distance(one) - distance(other))
  return [0, left, up, (left + up) >> 1, nearest]
}
