/** How loud a source is, and where it stands. */
export interface Setting {
  /** As a factor. */
  readonly gain: number
  /** -1 to 1. */
  readonly pan: number
}

/** Decibels as a factor; -120 and less is silence. */
export function factorOf(decibels: number): number {
  return decibels <= -120 ? 0 : 10 ** (decibels / 20)
}

/** A way from one setting to another, along straight lines, over so many frames. */
export class Fade {
  #from: Setting
  #to: Setting
  #frames = 0
  #done = 0

  constructor(setting: Setting) {
    this.#from = setting
    this.#to = setting
  }

  /** Goes from where it is now to `setting`, from the next frame on. */
  begin(setting: Setting, frames: number): void {
    this.#from = this.at(0)
    this.#to = setting
    this.#frames = frames
    this.#done = 0
  }

  /** Frames until it stands still. */
  get left(): number {
    return this.#frames - this.#done
  }

  /** Where it is so many frames from now. */
  at(frames: number): Setting {
    const done = this.#done + frames
    if (done >= this.#frames) return this.#to
    const share = done / this.#frames
    return {
      gain: this.#from.gain + (this.#to.gain - this.#from.gain) * share,
      pan: this.#from.pan + (this.#to.pan - this.#from.pan) * share,
    }
  }

  advance(frames: number): void {
    this.#done = Math.min(this.#frames, this.#done + frames)
  }
}
