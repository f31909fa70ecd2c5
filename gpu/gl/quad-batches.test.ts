import { expect, test } from 'vitest'
import { plain } from '../scene/quads.ts'
import type { Quad, Texture } from '../scene/scene.ts'
import { QuadBatches } from './quad-batches.ts'
import { numbersOfQuad } from './quad-shaders.ts'

const box = { x: 1, y: 2, width: 3, height: 4 }
const bare = plain(box, [1, 0.5, 0.25, 1], 6)
const crop = { left: 0, top: 0, right: 1, bottom: 1 }
const picture = (id: string): Quad => ({
  ...bare,
  texture: { kind: 'picture', contextId: 'tabs', id, crop, isGrey: true, brightness: 0.8, opacity: 0.5 },
})
const glyphs = (page: number): Quad => ({ ...bare, texture: { kind: 'glyphs', page, crop } })
const nameOf = (texture: Texture | null): string | number | null =>
  texture === null ? null : texture.kind === 'picture' ? texture.id : texture.page

test('quads that need no more than one texture share a call, in their order', () => {
  const batches = new QuadBatches()
  batches.fill([bare, picture('a'), bare, picture('b'), glyphs(0), bare, glyphs(0), glyphs(1)])
  expect(batches.batches.map(({ texture, first, count }) => [nameOf(texture), first, count])).toEqual([
    ['a', 0, 3],
    ['b', 3, 1],
    [0, 4, 3],
    [1, 7, 1],
  ])
  batches.fill([bare])
  expect(batches.batches).toEqual([{ texture: null, first: 0, count: 1 }])
  batches.fill([])
  expect(batches.batches).toEqual([])
})

test('a quad is written as the shader reads it, however many there are', () => {
  const batches = new QuadBatches()
  batches.fill([...Array.from({ length: 400 }, () => bare), picture('a')])
  const numbers = [...batches.numbers.subarray(400 * numbersOfQuad, 401 * numbersOfQuad)]
  expect(numbers.map(one => Math.round(one * 100) / 100)).toEqual([
    1, 2, 3, 4, 0, 0, 1, 1, 1, 0.5, 0.25, 1, 0, 0, 0, 0, 6, 0, 1, 1, 1, 0.8, 0.5, 0,
  ])
})
