import type { AudioFormat, DecodeOutcome, EncodeFormat } from '../../contracts/audio.ts'
import type { Tags } from '../files/sound.ts'
import type { Shape } from '../resampling/converter.ts'

/** Work for a thread that knows codecs. */
export type CodecJob =
  | { readonly kind: 'decode'; readonly totalBytes: number | null; readonly convertTo: Shape | null }
  | { readonly kind: 'probe'; readonly tail: Uint8Array; readonly totalBytes: number | null }
  | {
      readonly kind: 'encode'
      readonly to: EncodeFormat
      readonly shape: Shape
      readonly tags: Tags
      /** Tells one Ogg stream from others that it may be laid beside. */
      readonly serial: number
    }

/** What comes out on the way. */
export type JobOutput =
  | { readonly kind: 'format'; readonly format: AudioFormat }
  | { readonly kind: 'block'; readonly channels: readonly Float32Array[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** How it ends. */
export type JobResult =
  | DecodeOutcome
  | { readonly kind: 'probed'; readonly format: AudioFormat }
  | { readonly kind: 'encoded'; readonly frames: number; readonly bytes: number; readonly header: Uint8Array }
  /** Input that is no whole frames. */
  | { readonly kind: 'badBlock' }

/**
 * What is said to a thread. It is asked one thing at a time and answers it with one thing, so that whoever asks knows
 * how long each answer took.
 */
export type CodecRequest =
  | { readonly kind: 'begin'; readonly job: CodecJob }
  /** After `wants`; null says that there is no more. */
  | { readonly kind: 'input'; readonly bytes: Uint8Array | null }
  /** After `output`. */
  | { readonly kind: 'next' }
  /** After either: leave it. */
  | { readonly kind: 'stop' }

export type CodecAnswer =
  | { readonly kind: 'wants' }
  | { readonly kind: 'output'; readonly output: JobOutput }
  | { readonly kind: 'result'; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'stopped' }
