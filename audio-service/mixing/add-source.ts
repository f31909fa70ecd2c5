import type { Weights } from './panning.ts'

/** Adds a stretch of a source to the mix; its weights go from one set to another along straight lines. */
export interface Stretch {
  readonly input: readonly Float32Array[]
  /** Where it begins in the input. */
  readonly from: number
  /** Where it begins in the mix. */
  readonly at: number
  readonly frames: number
  readonly first: Weights
  readonly last: Weights
}

export function addStretch(mix: readonly Float32Array[], stretch: Stretch): void {
  const { input, first, last } = stretch
  const [left, right = left] = input
  const [mixLeft, mixRight] = mix
  if (left === undefined || right === undefined || mixLeft === undefined) return
  add(mixLeft, left, stretch, first.leftToLeft, last.leftToLeft)
  add(mixLeft, right, stretch, first.rightToLeft, last.rightToLeft)
  if (mixRight === undefined) return
  add(mixRight, left, stretch, first.leftToRight, last.leftToRight)
  add(mixRight, right, stretch, first.rightToRight, last.rightToRight)
}

function add(
  mix: Float32Array,
  input: Float32Array,
  { from, at, frames }: Stretch,
  first: number,
  last: number,
): void {
  if (first === 0 && last === 0) return
  // Views, so that the loops below run over plain indices.
  const source = input.subarray(from, from + frames)
  const target = mix.subarray(at, at + frames)
  if (first === last) {
    for (let frame = 0; frame < frames; frame += 1) {
      target[frame] = (target[frame] as number) + first * (source[frame] as number)
    }
    return
  }
  const step = (last - first) / frames
  for (let frame = 0; frame < frames; frame += 1) {
    target[frame] = (target[frame] as number) + (first + step * frame) * (source[frame] as number)
  }
}
