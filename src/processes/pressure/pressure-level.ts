/** How scarce the machine's memory is. */
export type PressureLevel = 'none' | 'moderate' | 'critical'

/** What the system says of its memory at one moment. */
export interface MemoryReading {
  readonly totalBytes: number
  /** What can be had without swapping. Within a container that is bounded, what is left of its bound. */
  readonly availableBytes: number
  /** Null where the kernel does not count them (not Linux, or Linux before 4.20). */
  readonly stalls: MemoryStalls | null
}

/** Of the last ten seconds, how many percent somebody, or everybody, waited for memory (Linux PSI, "avg10"). */
export interface MemoryStalls {
  readonly somePercent: number
  readonly fullPercent: number
}

/**
 * Below 15 % of what there is, giving memory back costs less than the system's reclaiming; below 6 % it begins to swap
 * or to end processes (Windows says "low" at about 5 %, macOS "warning" at 10 to 15 %).
 */
const moderateShare = 0.15
const criticalShare = 0.06
/** On large machines a share alone would speak of scarcity with gigabytes to spare. */
const plentyBytes = 4 * 2 ** 30
const enoughBytes = 1 * 2 ** 30
/** systemd-oomd ends processes at 60 % full for half a minute; by then a person has long noticed. */
const moderateSomePercent = 20
const criticalFullPercent = 10

/** How scarce memory is by one reading. */
export function pressureLevel({ totalBytes, availableBytes, stalls }: MemoryReading): PressureLevel {
  const share = totalBytes > 0 ? availableBytes / totalBytes : 1
  const isCritical = share < criticalShare && availableBytes < enoughBytes
  if (isCritical || (stalls !== null && stalls.fullPercent >= criticalFullPercent)) return 'critical'
  const isModerate = share < moderateShare && availableBytes < plentyBytes
  if (isModerate || (stalls !== null && stalls.somePercent >= moderateSomePercent)) return 'moderate'
  return 'none'
}

const order: Readonly<Record<PressureLevel, number>> = { none: 0, moderate: 1, critical: 2 }

/** Whether `one` is scarcer than `other`. */
export function isWorse(one: PressureLevel, other: PressureLevel): boolean {
  return order[one] > order[other]
}
