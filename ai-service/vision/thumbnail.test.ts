import { expect, it } from 'vitest'
import { type Picture, thumbnailHeight, thumbnailOf, thumbnailWidth } from './thumbnail.ts'

const plane = thumbnailWidth * thumbnailHeight

function pictureOf(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): Picture {
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) pixels.set(colour(x, y), (y * width + x) * 4)
  }
  return { width, height, pixels, order: 'rgba' }
}

const pointOf = (thumbnail: Uint8Array, x: number, y: number): number[] =>
  [0, 1, 2].map(channel => thumbnail[channel * plane + y * thumbnailWidth + x] ?? -1)

it('averages the area of each point and keeps colours in planes', () => {
  const picture = pictureOf(128, 80, (x, y) => [
    x < 64 ? 200 : 0,
    y < 40 ? 100 : 0,
    (x + y) % 2 === 0 ? 255 : 0,
    255,
  ])
  const thumbnail = thumbnailOf(picture)
  expect([pointOf(thumbnail, 0, 0), pointOf(thumbnail, 63, 39), pointOf(thumbnail, 0, 39)]).toEqual([
    [200, 100, 128],
    [0, 0, 128],
    [200, 0, 128],
  ])
})

it('reads the bytes of a pixel in either order', () => {
  const picture = pictureOf(64, 40, () => [10, 20, 30, 255])
  expect(pointOf(thumbnailOf(picture), 5, 5)).toEqual([10, 20, 30])
  expect(pointOf(thumbnailOf({ ...picture, order: 'bgra' }), 5, 5)).toEqual([30, 20, 10])
})

it('looks at the upper part of a long picture only', () => {
  const long = pictureOf(64, 400, (_, y) => (y < 40 ? [50, 50, 50, 255] : [250, 250, 250, 255]))
  expect(new Set(thumbnailOf(long))).toEqual(new Set([50]))
})

it('takes pictures smaller than a thumbnail', () => {
  expect(new Set(thumbnailOf(pictureOf(1, 1, () => [7, 7, 7, 255])))).toEqual(new Set([7]))
  expect(thumbnailOf(pictureOf(63, 3, () => [7, 7, 7, 255]))).toHaveLength(plane * 3)
})

it('refuses a size that the bytes do not have', () => {
  const pixels = new Uint8Array(64)
  for (const [width, height] of [
    [4, 5],
    [0, 0],
    [-4, -4],
    [1.5, 10],
    [Number.NaN, 4],
    [65_536, 1],
  ] as const) {
    expect(() => thumbnailOf({ width, height, pixels, order: 'rgba' })).toThrow(RangeError)
  }
})
