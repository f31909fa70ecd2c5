/** Where a channel stands: how much of it is heard left and right when there are only those two. */
interface Place {
  readonly name:
    | 'left'
    | 'right'
    | 'centre'
    | 'low'
    | 'backLeft'
    | 'backRight'
    | 'back'
    | 'sideLeft'
    | 'sideRight'
  readonly left: number
  readonly right: number
}

const half = Math.SQRT1_2
const left: Place = { name: 'left', left: 1, right: 0 }
const right: Place = { name: 'right', left: 0, right: 1 }
const centre: Place = { name: 'centre', left: half, right: half }
/** Not heard in fewer channels, as ITU-R BS.775 has it. */
const low: Place = { name: 'low', left: 0, right: 0 }
const backLeft: Place = { name: 'backLeft', left: half, right: 0 }
const backRight: Place = { name: 'backRight', left: 0, right: half }
const back: Place = { name: 'back', left: 0.5, right: 0.5 }
const sideLeft: Place = { name: 'sideLeft', left: half, right: 0 }
const sideRight: Place = { name: 'sideRight', left: 0, right: half }

/** By how many channels there are, in the order of WAVE. */
const layouts: readonly (readonly Place[])[] = [
  [],
  [centre],
  [left, right],
  [left, right, centre],
  [left, right, backLeft, backRight],
  [left, right, centre, backLeft, backRight],
  [left, right, centre, low, backLeft, backRight],
  [left, right, centre, low, back, sideLeft, sideRight],
  [left, right, centre, low, backLeft, backRight, sideLeft, sideRight],
]

/**
 * Changes the number of channels, by the coefficients of ITU-R BS.775 for fewer; what has a place of its own among more
 * keeps it. One channel is heard in full on both sides; two become one at half each. Nothing is made quieter
 * beyond that, so that the sum may exceed full scale: whoever plays it limits it.
 */
export function mixChannels(input: readonly Float32Array[], channels: number): readonly Float32Array[] {
  if (input.length === channels) return input
  const weights = weightsBetween(input.length, channels)
  const frames = input[0]?.length ?? 0
  return weights.map(row => {
    const output = new Float32Array(frames)
    for (const [place, weight] of row.entries()) {
      const channel = input[place]
      if (weight !== 0 && channel !== undefined) addScaled(output, channel, weight)
    }
    return output
  })
}

/** What each channel of the output takes of each channel of the input. */
function weightsBetween(from: number, to: number): readonly (readonly number[])[] {
  const sources = layouts[from] ?? []
  const targets = layouts[to] ?? []
  if (from === 1) return targets.map(({ name }) => [isFront(name, to) ? 1 : 0])
  if (to === 1) return [sources.map(source => (source.left + source.right) / 2)]
  return targets.map(target =>
    sources.map(source => {
      if (source.name === target.name) return 1
      if (targets.some(({ name }) => name === source.name)) return 0
      return target.name === 'left' ? source.left : target.name === 'right' ? source.right : 0
    }),
  )
}

function isFront(name: Place['name'], channels: number): boolean {
  return channels === 2 || channels === 4 ? name === 'left' || name === 'right' : name === 'centre'
}

function addScaled(output: Float32Array, input: Float32Array, weight: number): void {
  for (let at = 0; at < output.length; at += 1) output[at] = (output[at] ?? 0) + weight * (input[at] ?? 0)
}
