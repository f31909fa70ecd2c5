import { historyLength } from './sample-history.ts'

/** Below this many percent everything is noise and stays near the ground. */
const leastTop = 10
/** How far the ends of the path lie outside of the picture, so that its sides are not seen. */
const outsidePx = 3

export interface SparkSize {
  readonly widthPx: number
  readonly heightPx: number
}

/** In a row of the table. */
export const rowSpark: SparkSize = { widthPx: 84, heightPx: 16 }

/**
 * The path of a minute of readings. The newest stands at the right edge and a short history does not stretch, so that one
 * step to the left is always one second. The top is the highest reading of the minute, but at least a tenth of a core:
 * the shape is what the line is for, the number stands beside it. The path goes on below the picture, so that the same
 * one is drawn and filled. Empty for less than two readings; the same text for as long as nothing happens.
 */
export function sparkPath(readings: readonly (number | null)[], { widthPx, heightPx }: SparkSize): string {
  if (readings.length < 2) return ''
  const top = Math.max(leastTop, ...readings.map(reading => reading ?? 0))
  const ground = heightPx + outsidePx
  const stepPx = widthPx / (historyLength - 1)
  const yOf = (reading: number | null) => rounded(heightPx - 1 - ((reading ?? 0) / top) * (heightPx - 2))
  const firstX = rounded(widthPx - (readings.length - 1) * stepPx)
  const first = yOf(readings[0] ?? null)
  // a history that begins within the picture has a side, which is drawn
  let path = firstX > 0.5 ? `M${firstX},${ground}V${first}` : `M${-outsidePx},${ground}V${first}H${firstX}`
  let last = first
  let isFlat = false
  readings.forEach((reading, index) => {
    if (index === 0) return
    const y = yOf(reading)
    const x = rounded(widthPx - (readings.length - 1 - index) * stepPx)
    // a level stretch is one line, however long
    if (y === last) {
      isFlat = true
      return
    }
    if (isFlat) path += `H${rounded(x - stepPx)}`
    isFlat = false
    path += `L${x},${y}`
    last = y
  })
  return `${path}H${widthPx + outsidePx}V${ground}`
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10
}

export type SparkTone = 'warn' | 'off' | undefined

/** CPU of the last minute. The numbers beside it say the same to a reader. */
export function Sparkline(props: { path: string; size: SparkSize; tone: SparkTone }) {
  const { widthPx, heightPx } = props.size
  return (
    <svg
      className="nx-spark"
      width={widthPx}
      height={heightPx}
      data-tone={props.path === '' ? 'off' : props.tone}
      aria-hidden="true"
    >
      <path d={props.path === '' ? `M0,${heightPx - 1}H${widthPx}` : props.path} />
    </svg>
  )
}
