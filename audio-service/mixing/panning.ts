import type { Setting } from './fade.ts'

/** What of the left and right of a source goes to the left and right of the mix. */
export interface Weights {
  readonly leftToLeft: number
  readonly rightToLeft: number
  readonly leftToRight: number
  readonly rightToRight: number
}

/**
 * Equal power: what moves from one side to the other stays as loud. The rule of the Web Audio API's StereoPannerNode, for
 * sources of one and of two channels; a mono source stands at 0.71 on both sides.
 */
export function weightsOf({ gain, pan }: Setting, channels: 1 | 2): Weights {
  if (channels === 1) {
    const angle = ((pan + 1) / 2) * (Math.PI / 2)
    return {
      leftToLeft: gain * cosine(angle),
      rightToLeft: 0,
      leftToRight: gain * Math.sin(angle),
      rightToRight: 0,
    }
  }
  const isLeft = pan <= 0
  const angle = (isLeft ? pan + 1 : pan) * (Math.PI / 2)
  const [stays, moves] = [gain * cosine(angle), gain * Math.sin(angle)]
  return isLeft
    ? { leftToLeft: gain, rightToLeft: stays, leftToRight: 0, rightToRight: moves }
    : { leftToLeft: stays, rightToLeft: 0, leftToRight: moves, rightToRight: gain }
}

/** Exactly zero at a right angle, where rounding would let a trace of one side through to the other. */
function cosine(angle: number): number {
  return angle === Math.PI / 2 ? 0 : Math.cos(angle)
}
