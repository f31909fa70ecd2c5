import type { FrameTimes } from '../../contracts/gpu-facts.ts'
import { ease } from '../scene/easing.ts'
import { percentiles } from './measurements.ts'

export type Phase = FrameTimes['phase']

/** `--t-3` of the design; leaving takes two thirds of entering. */
const durationMs: Readonly<Record<Phase, number>> = { opening: 220, closing: 147 }

/** An opening or closing movement: where it is at each frame, and how the frames followed one another. */
export class Movement {
  readonly phase: Phase
  readonly done = Promise.withResolvers<void>()
  readonly #from: number
  readonly #durationMs: number
  #startedAt: number | null = null
  readonly #frames: number[] = []

  /** `from` is where an earlier movement was when this one took its place. */
  constructor(phase: Phase, from: number, isReduced: boolean) {
    this.phase = phase
    this.#from = from
    const way = phase === 'opening' ? 1 - from : from
    this.#durationMs = isReduced ? 0 : durationMs[phase] * way
  }

  /** How far the surface is at this frame: 0 is the page alone, 1 the surface. */
  frame(now: number): number {
    this.#startedAt ??= now
    this.#frames.push(now)
    const time = this.#durationMs === 0 ? 1 : Math.min(1, (now - this.#startedAt) / this.#durationMs)
    const to = this.phase === 'opening' ? 1 : 0
    return this.#from + (to - this.#from) * ease(time)
  }

  isOver(now: number): boolean {
    return this.#startedAt !== null && now - this.#startedAt >= this.#durationMs
  }

  measure(): Pick<FrameTimes, 'frames' | 'durationMs' | 'framesPerSecond' | 'p50Ms' | 'p95Ms'> {
    const [first = 0, ...others] = this.#frames
    const between = others.map((at, index) => at - (index === 0 ? first : (others[index - 1] ?? 0)))
    const duration = (others.at(-1) ?? first) - first
    const { p50, p95 } = percentiles(between)
    return {
      frames: this.#frames.length,
      durationMs: duration,
      framesPerSecond: duration === 0 ? 0 : (between.length / duration) * 1_000,
      p50Ms: p50,
      p95Ms: p95,
    }
  }
}
