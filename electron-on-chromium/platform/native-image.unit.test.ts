import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { nativeImage } from './native-image.ts'
import { decodePng, encodePng } from './png.ts'

/** Blue, green, red, alpha. */
const bitmapOf = (...pixels: readonly (readonly [number, number, number, number])[]) =>
  Buffer.from(pixels.flatMap(([red, green, blue, alpha]) => [blue, green, red, alpha]))

const red = [255, 0, 0, 255] as const
const green = [0, 255, 0, 255] as const
const clear = [0, 0, 0, 0] as const

// Made by ImageMagick, four by four: red, with green at (1, 2) and blue at (3, 3).
const [paletted, interlaced, grey16, bilevel] = [
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAMAAACeL25MAAAACVBMVEX/AAAA/wAAAP8tSs2KAAAAD0lEQVQI12NgQABGCMUEAAAeAAQX/W2GAAAAAElFTkSuQmCC',
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAFRlDm/AAAAIklEQVQI103IMQoAMAyAwEv//2c7FEJdFIWYsKJvPs7W6AISwQf/klU6/QAAAABJRU5ErkJggg==',
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAEEAAAAADcCh3hAAAAIUlEQVQI12M0K2BgYGBgYGBiYIAzGpcwMDAwMEKk7nADAC33A186Hka3AAAAAElFTkSuQmCC',
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAEAQAAAACBiqPTAAAADklEQVQI12NgAAIHBgEAANgAUXSz4+MAAAAASUVORK5CYII=',
]

describe('nativeImage', () => {
  it('keeps the pixels of a bitmap through PNG and back', () => {
    const bitmap = bitmapOf(red, green, clear, [10, 20, 30, 128])
    const image = nativeImage.createFromBitmap(bitmap, { width: 2, height: 2 })
    const again = nativeImage.createFromBuffer(image.toPNG())
    expect([again.getSize(), again.toBitmap()]).toEqual([{ width: 2, height: 2 }, bitmap])
    expect(nativeImage.createFromDataURL(image.toDataURL()).toBitmap()).toEqual(bitmap)
  })

  it.each([1, 2, 3, 4])('reads rows under filter %i', filter => {
    const plain = encodePng({
      width: 2,
      height: 2,
      pixels: Buffer.from([...red, ...green, ...clear, ...red]),
    })
    const filtered = refilter(plain, filter)
    expect(decodePng(filtered)?.pixels).toEqual(decodePng(plain)?.pixels)
  })

  it.each([
    ['with a palette', paletted, [255, 0, 0], [0, 255, 0], [0, 0, 255]],
    ['interlaced', interlaced, [255, 0, 0], [0, 255, 0], [0, 0, 255]],
    ['in 16 bit grey', grey16, [0x36, 0x36, 0x36], [0xb6, 0xb6, 0xb6], [0x12, 0x12, 0x12]],
    ['in black and white', bilevel, [0, 0, 0], [255, 255, 255], [255, 255, 255]],
  ])('reads a PNG %s', (_how, base64, ground, atOneTwo, atThreeThree) => {
    const bitmap = decodePng(Buffer.from(base64, 'base64'))
    const pixel = (x: number, y: number) => [
      ...(bitmap?.pixels.subarray((y * 4 + x) * 4, (y * 4 + x) * 4 + 4) ?? []),
    ]
    expect([pixel(0, 0), pixel(1, 2), pixel(3, 3)]).toEqual([
      [...ground, 255],
      [...atOneTwo, 255],
      [...atThreeThree, 255],
    ])
  })

  it('is empty for what is damaged, and never throws', () => {
    const png = encodePng({ width: 1, height: 1, pixels: Buffer.from(red) })
    expect(nativeImage.createFromBuffer(Buffer.from('no picture')).isEmpty()).toBe(true)
    expect(nativeImage.createFromDataURL('nonsense').isEmpty()).toBe(true)
    expect(decodePng(png.subarray(0, png.length - 20))).toBe(null)
    const cut = nativeImage.createFromBuffer(png.subarray(0, 40))
    expect([cut.getSize(), cut.toBitmap().length]).toEqual([{ width: 1, height: 1 }, 4])
  })

  it('crops and resizes', () => {
    const image = nativeImage.createFromBitmap(bitmapOf(red, red, green, green), { width: 4, height: 1 })
    expect(image.crop({ x: 1, y: 0, width: 2, height: 5 }).toBitmap()).toEqual(bitmapOf(red, green))
    expect(image.resize({ width: 2 }).toBitmap()).toEqual(bitmapOf(red, green))
    expect(image.resize({ width: 8, height: 2 }).getSize()).toEqual({ width: 8, height: 2 })
    expect(image.crop({ x: 9, y: 9, width: 1, height: 1 }).isEmpty()).toBe(true)
  })

  it('has a size in points for each scale factor', () => {
    const image = nativeImage.createFromBitmap(bitmapOf(red, red, red, red), {
      width: 2,
      height: 2,
      scaleFactor: 2,
    })
    expect([image.getSize(), image.getScaleFactors()]).toEqual([{ width: 1, height: 1 }, [2]])
    image.addRepresentation({
      scaleFactor: 1,
      dataURL: nativeImage.createFromBitmap(bitmapOf(red), { width: 1, height: 1 }).toDataURL(),
    })
    expect(image.getScaleFactors()).toEqual([2, 1])
  })
})

/** The same picture, its rows stored under another filter. */
function refilter(png: Buffer, filter: number): Buffer {
  const bitmap = decodePng(png)
  if (!bitmap) throw new Error('no picture')
  const { width, height, pixels } = bitmap
  const rows: number[] = []
  for (let y = 0; y < height; y++) {
    rows.push(filter)
    for (let at = 0; at < width * 4; at++) {
      const value = (row: number, index: number) =>
        row < 0 || index < 0 ? 0 : (pixels[row * width * 4 + index] ?? 0)
      const [left, up, upLeft] = [value(y, at - 4), value(y - 1, at), value(y - 1, at - 4)]
      const estimate = left + up - upLeft
      const nearest = [left, up, upLeft].reduce((best, candidate) =>
        Math.abs(estimate - candidate) < Math.abs(estimate - best) ? candidate : best,
      )
      const prediction = [0, left, up, (left + up) >> 1, nearest][filter] ?? 0
      rows.push((value(y, at) - prediction) & 0xff)
    }
  }
  const header = png.subarray(0, 33)
  const content = deflateSync(Buffer.from(rows))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([header, length, Buffer.from('IDAT'), content, Buffer.alloc(4), png.subarray(-12)])
}
