import { expect, it } from 'vitest'
import type { PageBlocks } from '../page-blocks.ts'
import { chooseRegion } from './region.ts'

/** Blocks in two boxes of one page: the first in box 1, the others in box 2. */
function pageOf(boxes: readonly number[]): PageBlocks {
  const container = (parent: number) => ({ parent, tag: 'DIV', hints: 0, depth: 1, signature: '' })
  return {
    blocks: boxes.map((box, index) => ({ text: `block ${index}`, linkCharacters: 0, container: box })),
    containers: [container(-1), container(0), container(0)],
    characters: 0,
    hiddenCharacters: 0,
    depth: 1,
    nodes: 0,
    isCut: false,
  }
}

it('keeps the likely blocks of the container that they are in', () => {
  const scores = Float32Array.of(0.3, 0.95, 0.05, 0.45, 0.9)
  expect(chooseRegion(pageOf([1, 2, 2, 2, 2]), scores, [50, 500, 500, 50, 500])).toEqual([1, 3, 4])
})

it('chooses the larger of two likely containers, and nothing unlikely outside of it', () => {
  const scores = Float32Array.of(0.7, 0.7, 0.1, 0.9, 0.9)
  expect(chooseRegion(pageOf([1, 1, 0, 2, 2]), scores, [40, 40, 4_000, 400, 400])).toEqual([3, 4])
})

it('chooses nothing where nothing is likely', () => {
  expect(chooseRegion(pageOf([1, 2]), Float32Array.of(0.01, 0.02), [100, 100])).toEqual([])
  expect(chooseRegion(pageOf([]), new Float32Array(), [])).toEqual([])
})
