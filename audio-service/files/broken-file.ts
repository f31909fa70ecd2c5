import type { BrokenAudio } from '../../contracts/audio.ts'

/** A file cannot be read on from `byte`. Its own fault, not that of the process. */
export class BrokenFileError extends Error {
  override readonly name = 'BrokenFileError'
  readonly reason: BrokenAudio['cause']
  readonly byte: number

  constructor(reason: BrokenAudio['cause'], byte: number, problem: string, options?: ErrorOptions) {
    super(problem, options)
    this.reason = reason
    this.byte = byte
  }

  static damaged(byte: number, problem: string, cause?: unknown): BrokenFileError {
    return new BrokenFileError('damaged', byte, problem, { cause })
  }

  static truncated(byte: number, part: string): BrokenFileError {
    return new BrokenFileError('truncated', byte, `The file ends within ${part}`)
  }

  static unsupported(byte: number, problem: string): BrokenFileError {
    return new BrokenFileError('unsupported', byte, problem)
  }

  /** As it is told to others. */
  toOutcome(frames: number): BrokenAudio {
    return {
      kind: 'broken',
      cause: this.reason,
      byte: this.byte,
      frames,
      problem: this.message.slice(0, 500),
    }
  }
}
