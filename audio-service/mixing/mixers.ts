import { AudioBusyError, NoSuchMixerError } from '../errors.ts'
import { type MixerOptions, MixerSession } from './mixer-session.ts'

/** A mixer costs little; so many are only left behind by mistake. */
const mostMixers = 16

/** The mixers that are open. */
export class Mixers {
  readonly #open = new Map<number, MixerSession>()
  #last = 0

  open(options: MixerOptions): number {
    if (this.#open.size >= mostMixers) throw new AudioBusyError(`${mostMixers} mixers are open already`)
    this.#last += 1
    this.#open.set(this.#last, new MixerSession(options))
    return this.#last
  }

  find(id: number): MixerSession {
    const session = this.#open.get(id)
    if (session === undefined) throw new NoSuchMixerError(id)
    return session
  }

  /** One that is closed already may be closed again. */
  close(id: number): void {
    this.#open.get(id)?.close()
    this.#open.delete(id)
  }

  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.close(id)
  }

  [Symbol.iterator](): MapIterator<[number, MixerSession]> {
    return this.#open.entries()
  }
}
