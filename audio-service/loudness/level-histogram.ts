import { loudnessOf } from './level.ts'

const lowest = -70
const highest = 10
/** Hundredths of a LU: gates fall between them. */
const stepsOfUnit = 100
const steps = (highest - lowest) * stepsOfUnit

/** How often each level was there. Takes 128 kB, however long it goes on. Levels of -70 LUFS and less do not count. */
export class LevelHistogram {
  readonly #counts = new Float64Array(steps)
  readonly #energies = new Float64Array(steps)

  /** Counts a block by its weighted mean square. */
  add(energy: number): void {
    const loudness = loudnessOf(energy)
    if (loudness === null || loudness <= lowest) return
    const step = stepOf(loudness)
    this.#counts[step] = (this.#counts[step] ?? 0) + 1
    this.#energies[step] = (this.#energies[step] ?? 0) + energy
  }

  /** The mean of all blocks that are louder than the mean of all less `gate` LU; null when there is none. */
  gatedLoudness(gate: number): number | null {
    const ungated = this.#mean(0)
    if (ungated === null) return null
    return loudnessOf(this.#mean(this.#gateStep(ungated, gate)) ?? 0)
  }

  /**
   * How far the level below which `high` of the blocks lie is above that of `low`, in LU, of those that the gate
   * leaves. 0 when there are none.
   */
  spread(gate: number, low: number, high: number): number {
    const ungated = this.#mean(0)
    if (ungated === null) return 0
    const from = this.#gateStep(ungated, gate)
    const total = this.#counts.subarray(from).reduce((sum, count) => sum + count, 0)
    return (this.#quantile(from, total * high) - this.#quantile(from, total * low)) / stepsOfUnit
  }

  #mean(from: number): number | null {
    let count = 0
    let energy = 0
    for (let step = from; step < steps; step += 1) {
      count += this.#counts[step] ?? 0
      energy += this.#energies[step] ?? 0
    }
    return count === 0 ? null : energy / count
  }

  #gateStep(energy: number, gate: number): number {
    const loudness = loudnessOf(energy)
    return loudness === null ? 0 : stepOf(loudness - gate)
  }

  #quantile(from: number, wanted: number): number {
    let count = 0
    for (let step = from; step < steps; step += 1) {
      count += this.#counts[step] ?? 0
      if (count >= wanted && count > 0) return step
    }
    return steps
  }
}

function stepOf(loudness: number): number {
  return Math.max(0, Math.min(steps - 1, Math.floor((loudness - lowest) * stepsOfUnit)))
}
