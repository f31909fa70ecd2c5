import { historyLength } from './sample-history.ts'

const widthPx = 84
const heightPx = 16
/** Below this many percent everything is noise and stays near the ground. */
const leastTop = 10

export interface SparkPaths {
  readonly line: string
  readonly area: string
}

/**
 * Paths of a minute of readings. The newest stands at the right edge and a short history does not stretch, so that one
 * step to the left is always one second. The top is the highest reading of the minute, but at least a tenth of a core:
 * the shape is what the line is for, the number stands beside it.
 */
export function sparkPaths(readings: readonly (number | null)[]): SparkPaths {
  const top = Math.max(leastTop, ...readings.map(reading => reading ?? 0))
  const points = readings.map((reading, index) => {
    const x = widthPx - ((readings.length - 1 - index) * widthPx) / (historyLength - 1)
    const y = heightPx - 1 - ((reading ?? 0) / top) * (heightPx - 2)
    return `${x.toFixed(1)},${y.toFixed(1)}`
  })
  const [first] = points
  if (first === undefined || points.length < 2) return { line: '', area: '' }
  const line = `M${points.join(' L')}`
  return { line, area: `${line} L${widthPx},${heightPx} L${first.split(',')[0]},${heightPx} Z` }
}

/** CPU of the last minute. The numbers beside it say the same to a reader. */
export function Sparkline(props: {
  readings: readonly (number | null)[]
  tone?: 'warn' | 'off' | undefined
}) {
  const paths = sparkPaths(props.readings)
  return (
    <svg
      className="nx-spark"
      width={widthPx}
      height={heightPx}
      data-tone={paths.line === '' ? 'off' : props.tone}
      aria-hidden="true"
    >
      {paths.line === '' ? (
        <path d={`M0,${heightPx - 1} L${widthPx},${heightPx - 1}`} />
      ) : (
        <>
          <path className="a" d={paths.area} />
          <path d={paths.line} />
        </>
      )}
    </svg>
  )
}
