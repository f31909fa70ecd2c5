import type { AudioFormat, BrokenAudio, DecodedItem, DecodeOutcome } from '../contracts/audio.ts'
import { joinChannels } from '../contracts/audio-pcm.ts'
import { moved } from '../ipc/moving.ts'
import { CodecGaveUpError, type CodecThreads } from './codecs/codec-threads.ts'
import type { CodecJob, JobResult } from './codecs/job.ts'
import { BadBlockError, UnsupportedSoundError } from './errors.ts'

type Job<Kind extends CodecJob['kind']> = Omit<Extract<CodecJob, { kind: Kind }>, 'kind'>

/** What a job answers that is none of its own answers: a mistake of ours. */
class WrongAnswerError extends Error {
  override readonly name = 'WrongAnswerError'
}

/** Opus encoders for more channels exist; the library has none. */
const mostOpusChannels = 2

/** Decodes and encodes in threads, and counts. */
export class SoundFiles {
  readonly #threads: CodecThreads
  #decoding = 0
  #decoded = 0
  #broken = 0
  #encoding = 0

  constructor(threads: CodecThreads) {
    this.#threads = threads
  }

  get counts(): Record<'decoding' | 'decoded' | 'broken' | 'encoding' | 'threads' | 'threadsEnded', number> {
    return {
      decoding: this.#decoding,
      decoded: this.#decoded,
      broken: this.#broken,
      encoding: this.#encoding,
      threads: this.#threads.running,
      threadsEnded: this.#threads.ended,
    }
  }

  async *decode(
    job: Job<'decode'>,
    input: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<DecodedItem, DecodeOutcome, void> {
    this.#decoding += 1
    const fed = new CountedBytes(input)
    let frames = 0
    try {
      const running = this.#threads.run({ kind: 'decode', ...job }, fed)
      try {
        for (;;) {
          const next = await running.next()
          if (next.done === true) return this.#count(outcomeOf(next.value))
          if (next.value.kind === 'format') {
            yield next.value
          } else if (next.value.kind === 'block') {
            const { channels } = next.value
            const count = channels[0]?.length ?? 0
            yield { kind: 'block', firstFrame: frames, frames: count, samples: moved(joinChannels(channels)) }
            frames += count
          }
        }
      } finally {
        await running.return({ kind: 'badBlock' })
      }
    } catch (error) {
      if (!(error instanceof CodecGaveUpError)) throw error
      return this.#count(gaveUp(error, fed.beforeLast, frames))
    } finally {
      this.#decoding -= 1
    }
  }

  async probe(
    head: Uint8Array,
    job: Job<'probe'>,
  ): Promise<{ readonly kind: 'format'; readonly format: AudioFormat } | BrokenAudio> {
    try {
      const running = this.#threads.run({ kind: 'probe', ...job }, once(head))
      const { value } = await running.next()
      switch (value.kind) {
        case 'probed':
          return { kind: 'format', format: value.format }
        case 'broken':
          return value
        default:
          throw new WrongAnswerError(`A file was probed and answered ${value.kind}`)
      }
    } catch (error) {
      if (!(error instanceof CodecGaveUpError)) throw error
      return gaveUp(error, 0, 0)
    }
  }

  async *encode(
    job: Job<'encode'>,
    input: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array, { frames: number; bytes: number; header: Uint8Array }, void> {
    if (job.to.kind === 'opus' && job.shape.channels > mostOpusChannels) {
      throw new UnsupportedSoundError(`Opus is written with ${mostOpusChannels} channels at most`)
    }
    this.#encoding += 1
    const running = this.#threads.run({ kind: 'encode', ...job }, input)
    try {
      for (;;) {
        const next = await running.next()
        if (next.done !== true) {
          if (next.value.kind === 'bytes') yield moved(next.value.bytes)
          continue
        }
        const result = next.value
        switch (result.kind) {
          case 'encoded':
            return { frames: result.frames, bytes: result.bytes, header: result.header }
          case 'badBlock':
            throw new BadBlockError(job.shape.channels)
          default:
            throw new WrongAnswerError(`An encoder answered ${result.kind}`)
        }
      }
    } finally {
      this.#encoding -= 1
      await running.return({ kind: 'badBlock' })
    }
  }

  #count(outcome: DecodeOutcome): DecodeOutcome {
    if (outcome.kind === 'whole') this.#decoded += 1
    else this.#broken += 1
    return outcome
  }
}

function outcomeOf(result: JobResult): DecodeOutcome {
  switch (result.kind) {
    case 'whole':
    case 'broken':
      return result
    default:
      throw new WrongAnswerError(`A decoder answered ${result.kind}`)
  }
}

function gaveUp(error: CodecGaveUpError, byte: number, frames: number): BrokenAudio {
  return { kind: 'broken', cause: 'gaveUp', byte, frames, problem: error.message.slice(0, 500) }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes
}

/** Knows how far a file was read. */
class CountedBytes implements AsyncIterable<Uint8Array> {
  readonly #input: AsyncIterable<Uint8Array>
  #total = 0
  /** Where the piece began that was read last: damage that hangs a codec lies in it, or is seen with it. */
  beforeLast = 0

  constructor(input: AsyncIterable<Uint8Array>) {
    this.#input = input
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    for await (const bytes of this.#input) {
      this.beforeLast = this.#total
      this.#total += bytes.length
      yield bytes
    }
  }
}
