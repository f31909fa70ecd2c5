import { looksBytes } from '../../contracts/looks.ts'
import { ModelUnavailableError } from '../models/errors.ts'
import type { ModelManager } from '../models/manager.ts'
import { wayOut } from '../models/manifest.ts'
import { type Picture, thumbnailHeight, thumbnailOf, thumbnailWidth } from './thumbnail.ts'

/** How pages look, as vectors: pages of one design are near each other, whatever they say. */
export class PictureEncoder {
  readonly #models: Pick<ModelManager, 'load'>

  constructor(models: Pick<ModelManager, 'load'>) {
    this.#models = models
  }

  /**
   * A vector of unit length times 127 for a screenshot. Rejects with ModelUnavailableError, and with RangeError for a
   * picture whose bytes do not fit its size.
   */
  async look(picture: Picture): Promise<Int8Array> {
    const thumbnail = thumbnailOf(picture)
    const { session, runtime } = await this.#models.load('vision')
    const input = new runtime.Tensor('float32', Float32Array.from(thumbnail), [
      1,
      3,
      thumbnailHeight,
      thumbnailWidth,
    ])
    const looks = (await session.run({ pictures: input })).looks?.data
    if (!(looks instanceof Float32Array) || looks.length !== looksBytes) {
      throw new ModelUnavailableError('RUNTIME_FAILED', `The vision model gave no vector. ${wayOut}`)
    }
    return Int8Array.from(looks, value => Math.round(value * 127))
  }
}
