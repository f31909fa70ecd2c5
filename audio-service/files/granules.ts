import type { Decoded } from './sound.ts'

/**
 * Cuts what the decoder of an Ogg stream gives to the length that its pages tell (RFC 7845, section 4; Vorbis I
 * specification, appendix A): frames at the beginning that only warm the decoder up, and padding at the end.
 */
export class GranuleTrim {
  #toSkip: number
  #position: number | null = null

  /** `skip` frames at the beginning are not sound. */
  constructor(skip: number) {
    this.#toSkip = skip
  }

  /**
   * What of the sound of one page's packets is to be heard. `granule` counts frames, skipped ones too, to the end of
   * the page.
   */
  trim(
    sounds: readonly (readonly Float32Array[])[],
    granule: number | null,
    isLast: boolean,
  ): readonly Decoded[] {
    let frames = 0
    for (const [first] of sounds) frames += first?.length ?? 0
    // A stream that was cut out of another one begins to count in the middle.
    if (this.#position === null && granule !== null)
      this.#position = isLast ? 0 : Math.max(0, granule - frames)
    const before = this.#position ?? 0
    const keep = isLast && granule !== null ? Math.max(0, Math.min(frames, granule - before)) : frames
    this.#position = before + frames
    const kept: Decoded[] = []
    let left = keep
    for (const channels of sounds) {
      const length = channels[0]?.length ?? 0
      const from = Math.min(this.#toSkip, length)
      const to = Math.min(length, left)
      this.#toSkip -= from
      left -= to
      if (to > from)
        kept.push({ kind: 'samples', channels: channels.map(channel => channel.subarray(from, to)) })
    }
    return kept
  }
}
