import { mostBlockFrames } from '../../contracts/audio-pcm.ts'

/** Gathers what decoders give, a few samples or very many at once, into blocks of one length. */
export class BlockMaker {
  #blocks: Float32Array[] = []
  #filled = 0

  #take(): readonly Float32Array[] {
    const filled = this.#filled
    this.#filled = 0
    return this.#blocks.map(block => (filled === mostBlockFrames ? block : block.slice(0, filled)))
  }

  /** Takes samples and gives the blocks that are full now. */
  *add(channels: readonly Float32Array[]): Generator<readonly Float32Array[], void> {
    const frames = channels[0]?.length ?? 0
    for (let from = 0; from < frames; ) {
      if (this.#filled === 0) this.#blocks = channels.map(() => new Float32Array(mostBlockFrames))
      const count = Math.min(frames - from, mostBlockFrames - this.#filled)
      for (const [place, channel] of channels.entries()) {
        this.#blocks[place]?.set(channel.subarray(from, from + count), this.#filled)
      }
      this.#filled += count
      from += count
      if (this.#filled === mostBlockFrames) yield this.#take()
    }
  }

  /** The last block, which may be shorter. */
  *rest(): Generator<readonly Float32Array[], void> {
    if (this.#filled > 0) yield this.#take()
  }
}
