import type { MemoryReading, PressureLevel } from '../processes/pressure/pressure-level.ts'

export interface WarmFacts {
  /** The person's setting. */
  readonly isOn: boolean
  readonly level: PressureLevel
  readonly isOnBattery: boolean
  /** Null before the first one. */
  readonly reading: Pick<MemoryReading, 'totalBytes' | 'availableBytes'> | null
}

const gibibyte = 2 ** 30
/** Each costs some 20 MB of its own; where that is felt, none is kept. */
const smallMachineBytes = 3 * gibibyte
const fewestAvailableBytes = gibibyte
/** Here even a person who opens one tab after another finds one. */
const plentyBytes = 6 * gibibyte

/** How many pages wait for the next tab. Pure. */
export function warmCount({ isOn, level, isOnBattery, reading }: WarmFacts): 0 | 1 | 2 {
  if (!isOn || level !== 'none' || reading === null) return 0
  if (reading.totalBytes < smallMachineBytes || reading.availableBytes < fewestAvailableBytes) return 0
  return reading.availableBytes >= plentyBytes && !isOnBattery ? 2 : 1
}
