import type { Pace } from '../text/pace.ts'
import type { Bond } from './fuzzy-graph.ts'

/** x and y of each point, one after the other. */
export type Positions = Float32Array

/** Of the curve 1 / (1 + a d^2b), fitted to points that may come as near as 0.3 in a picture of unit spread. */
const curve = { a: 0.9922, b: 1.1123 }
const epochs = 300
/** Points that are pushed apart for each bond that is pulled. */
const pushes = 5
const longestStep = 4
const startSide = 10

/**
 * Moves bound points together and others apart, by the stochastic gradient of UMAP (see `fuzzy-graph.ts`, section 3.2).
 * `start` is changed in place. The same random numbers give the same picture.
 */
export async function layOut(
  start: Positions,
  bonds: readonly Bond[],
  random: () => number,
  pace: Pace,
): Promise<Positions> {
  const points = start.length / 2
  const strongest = bonds.reduce((most, { strength }) => Math.max(most, strength), 0)
  if (points < 2 || strongest === 0) return start
  // A weak bond is pulled in fewer epochs, so that each pull is alike.
  const every = Float32Array.from(bonds, ({ strength }) => strongest / strength)
  const due = Float32Array.from(every)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs
    for (const [index, { from, to }] of bonds.entries()) {
      if ((due[index] ?? 0) > epoch) continue
      due[index] = (due[index] ?? 0) + (every[index] ?? 1)
      pull(start, from, to, rate)
      for (let push = 0; push < pushes; push++) {
        const other = Math.floor(random() * points)
        if (other !== from) pushApart(start, from, other, rate)
      }
    }
    await pace.breathe()
  }
  return start
}

/**
 * The two directions in which the vectors differ most (power iteration on their covariance), so that what is far apart
 * begins far apart. A little noise keeps equal points from lying on one another.
 */
export async function startingPositions(
  vectors: readonly Int8Array[],
  random: () => number,
  pace: Pace,
): Promise<Positions> {
  const length = vectors[0]?.length ?? 0
  const mean = new Float64Array(length)
  for (const vector of vectors) {
    for (let at = 0; at < length; at++) mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0) / vectors.length
  }
  const positions: Positions = new Float32Array(vectors.length * 2)
  const directions: Float64Array[] = []
  for (const axis of [0, 1]) {
    const direction = await mainDirection(vectors, mean, directions, random, pace)
    directions.push(direction)
    let largest = 1e-9
    for (const [point, vector] of vectors.entries()) {
      const value = along(vector, mean, direction)
      positions[point * 2 + axis] = value
      largest = Math.max(largest, Math.abs(value))
    }
    for (let point = 0; point < vectors.length; point++) {
      const place = point * 2 + axis
      positions[place] = ((positions[place] ?? 0) / largest) * startSide + (random() - 0.5) * 0.01
    }
  }
  return positions
}

const powerSteps = 30

async function mainDirection(
  vectors: readonly Int8Array[],
  mean: Float64Array,
  found: readonly Float64Array[],
  random: () => number,
  pace: Pace,
): Promise<Float64Array> {
  let direction = normalised(Float64Array.from(mean, () => random() - 0.5))
  for (let step = 0; step < powerSteps; step++) {
    const next = new Float64Array(mean.length)
    for (const vector of vectors) {
      const weight = along(vector, mean, direction)
      for (let at = 0; at < next.length; at++)
        next[at] = (next[at] ?? 0) + weight * ((vector[at] ?? 0) - (mean[at] ?? 0))
    }
    for (const other of found) {
      let shared = 0
      for (let at = 0; at < next.length; at++) shared += (next[at] ?? 0) * (other[at] ?? 0)
      for (let at = 0; at < next.length; at++) next[at] = (next[at] ?? 0) - shared * (other[at] ?? 0)
    }
    direction = normalised(next)
    await pace.breathe()
  }
  return direction
}

function normalised(values: Float64Array): Float64Array {
  let squares = 0
  for (const value of values) squares += value * value
  return squares === 0 ? values : values.map(value => value / Math.sqrt(squares))
}

function along(vector: Int8Array, mean: Float64Array, direction: Float64Array): number {
  let sum = 0
  for (let at = 0; at < direction.length; at++)
    sum += ((vector[at] ?? 0) - (mean[at] ?? 0)) * (direction[at] ?? 0)
  return sum
}

function pull(positions: Positions, from: number, to: number, rate: number): void {
  const squared = squaredDistance(positions, from, to)
  if (squared === 0) return
  const { a, b } = curve
  const force = (-2 * a * b * squared ** (b - 1)) / (1 + a * squared ** b)
  move(positions, from, to, force * rate, true)
}

function pushApart(positions: Positions, from: number, other: number, rate: number): void {
  const squared = squaredDistance(positions, from, other)
  const { a, b } = curve
  const force = (2 * b) / ((0.001 + squared) * (1 + a * squared ** b))
  move(positions, from, other, force * rate, false)
}

function move(positions: Positions, from: number, to: number, force: number, both: boolean): void {
  for (const axis of [0, 1]) {
    const here = from * 2 + axis
    const there = to * 2 + axis
    const step = force * ((positions[here] ?? 0) - (positions[there] ?? 0))
    const bounded = Math.max(-longestStep, Math.min(longestStep, step))
    positions[here] = (positions[here] ?? 0) + bounded
    if (both) positions[there] = (positions[there] ?? 0) - bounded
  }
}

function squaredDistance(positions: Positions, from: number, to: number): number {
  const x = (positions[from * 2] ?? 0) - (positions[to * 2] ?? 0)
  const y = (positions[from * 2 + 1] ?? 0) - (positions[to * 2 + 1] ?? 0)
  return x * x + y * y
}
