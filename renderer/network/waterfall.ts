import type { LoggedRequest } from '../../contracts/request-log.ts'

/** The time that the bars of some rows cover, in milliseconds since the epoch. */
export interface TimeScale {
  readonly from: number
  readonly to: number
}

/** Where the parts of a bar stand, in hundredths of its column. */
export interface Bar {
  readonly left: number
  readonly decided: number
  readonly waited: number
  readonly received: number
}

/** A scale is never shorter, so that a single quick request is not drawn as wide as the page. */
const shortestScaleMs = 100

/** Covers those rows, from the first that was made to the last that ended. */
export function scaleOf(rows: readonly LoggedRequest[]): TimeScale {
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (const { startedAt, totalMs, firstByteMs, decidedMs } of rows) {
    from = Math.min(from, startedAt)
    to = Math.max(to, startedAt + (totalMs ?? firstByteMs ?? decidedMs ?? 0))
  }
  if (from > to) return { from: 0, to: shortestScaleMs }
  return { from, to: Math.max(to, from + shortestScaleMs) }
}

export function barOf(row: LoggedRequest, { from, to }: TimeScale): Bar {
  const share = (milliseconds: number) => (100 * milliseconds) / (to - from)
  const decided = row.decidedMs ?? 0
  const firstByte = Math.max(decided, row.firstByteMs ?? row.totalMs ?? decided)
  const total = Math.max(firstByte, row.totalMs ?? firstByte)
  return {
    left: share(row.startedAt - from),
    decided: share(decided),
    waited: share(firstByte - decided),
    received: share(total - firstByte),
  }
}
