import type { PageEnd } from '../../contracts/browser.ts'

export interface MemoryPath {
  readonly line: string
  readonly area: string
  readonly limitY: number
  readonly endY: number
  /** How far back it reaches: "6 min". */
  readonly reachText: string
}

const width = 696
const ground = 105
const top = 22

/** A line through what a process held, the latest at the right edge; null where too little was measured for a line. */
export function memoryPath(memory: NonNullable<PageEnd['memory']>, at: number): MemoryPath | null {
  const { bytes, limitBytes, samples } = memory
  const points = [...samples.filter(sample => sample.at < at), { at, bytes }]
  const [first] = points
  if (first === undefined || points.length < 3) return null
  const reachMs = at - first.at
  const highest = Math.max(limitBytes, ...points.map(point => point.bytes))
  const y = (value: number): number => ground - (value / highest) * (ground - top)
  const drawn = points.map(
    point => `${(((point.at - first.at) / reachMs) * width).toFixed(1)} ${y(point.bytes).toFixed(1)}`,
  )
  const line = `M${drawn.join(' L')}`
  const seconds = Math.round(reachMs / 1_000)
  return {
    line,
    area: `${line} V${ground} H0 Z`,
    limitY: Number(y(limitBytes).toFixed(1)),
    endY: Number(y(bytes).toFixed(1)),
    reachText: seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`,
  }
}
