import type { Shape } from '../resampling/converter.ts'
import { Leveller } from './leveller.ts'

/** More sources than anybody hears; each takes 260 kB. */
const mostSources = 256

/** One leveller for each source that is heard; those not heard for longest are forgotten first. */
export class Levellers {
  readonly #known = new Map<string, Leveller>()

  get size(): number {
    return this.#known.size
  }

  /** The one of a source; a new one when its samples have another shape now. */
  of(source: string, shape: Shape): Leveller {
    const known = this.#known.get(source)
    const isSame = known?.shape.sampleRate === shape.sampleRate && known.shape.channels === shape.channels
    const leveller = known !== undefined && isSame ? known : new Leveller(shape)
    // Behind the others, for it was heard last.
    this.#known.delete(source)
    this.#known.set(source, leveller)
    const [oldest] = this.#known.keys()
    if (this.#known.size > mostSources && oldest !== undefined) this.#known.delete(oldest)
    return leveller
  }

  forget(source: string): void {
    this.#known.delete(source)
  }
}
