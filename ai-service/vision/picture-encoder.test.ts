import { expect, it } from 'vitest'
import { looksBytes } from '../../contracts/looks.ts'
import { ModelManager } from '../models/manager.ts'
import { shippedModels } from '../testing/models-folder.ts'
import { PictureEncoder } from './picture-encoder.ts'
import type { Picture } from './thumbnail.ts'

/** A page in a few fields of colour: a head, a card, and nothing else. */
function pageOf(head: number, ground: number, cardLeft: number, width = 256): Picture {
  const height = Math.round((width * 5) / 8)
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const across = x / width
      const down = y / height
      const isCard = across > cardLeft && across < cardLeft + 0.3 && down > 0.3 && down < 0.75
      const value = down < 0.12 ? head : isCard ? 255 : ground
      pixels.set([value, value, Math.min(255, value + 30), 255], (y * width + x) * 4)
    }
  }
  return { width, height, pixels, order: 'bgra' }
}

function likeness(left: Int8Array, right: Int8Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0) / (127 * 127)
}

it('puts pages of one design near each other, in windows of any size, and others apart', async () => {
  await using models = new ModelManager(shippedModels)
  const encoder = new PictureEncoder(models)
  const page = await encoder.look(pageOf(40, 230, 0.35))
  expect(page).toHaveLength(looksBytes)
  expect(likeness(page, page)).toBeCloseTo(1, 1)
  const larger = await encoder.look(pageOf(40, 230, 0.35, 400))
  const other = await encoder.look(pageOf(200, 30, 0.02))
  expect(likeness(page, larger)).toBeGreaterThan(0.9)
  expect(likeness(page, other)).toBeLessThan(0.5)
})
