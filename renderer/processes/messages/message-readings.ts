import type { PairTraffic } from '../../../contracts/messages.ts'
import { countText, durationText, unknown } from '../readings.ts'

/** "0", "<0.1", "3.4", "412", "12.4 k" messages a second. */
export function rateText(perSecond: number): string {
  if (perSecond === 0) return '0'
  if (perSecond < 0.05) return '<0.1'
  return perSecond < 9.95 ? perSecond.toFixed(1) : countText(Math.round(perSecond))
}

/** "312 B", "4.1 kB", "12 MB": in thousands, as rates of data are. */
export function dataText(bytes: number): string {
  if (bytes === 0) return '0'
  for (const [unit, size] of dataUnits) {
    if (bytes >= size) {
      const amount = bytes / size
      return `${amount < 9.95 ? amount.toFixed(1) : Math.round(amount)} ${unit}`
    }
  }
  return `${Math.max(1, Math.round(bytes))} B`
}

const dataUnits: readonly (readonly [unit: string, size: number])[] = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
]

/** Milliseconds for a column that has the unit in its head. */
export function millisecondsText(milliseconds: number): string {
  if (milliseconds === 0) return '0'
  if (milliseconds < 0.05) return '<0.1'
  return milliseconds < 9.95 ? milliseconds.toFixed(1) : String(Math.round(milliseconds))
}

/** "0", "<0.1 %", "2.4 %", "31 %". */
export function shareText(share: number): string {
  if (share === 0) return '0'
  const percent = share * 100
  if (percent < 0.05) return '<0.1 %'
  return percent < 9.95 ? `${percent.toFixed(1)} %` : `${Math.round(percent)} %`
}

/** "0.4 / 12": on average and at most. */
export function queueText(average: number, most: number): string {
  if (most === 0) return '0'
  return `${average < 9.95 ? average.toFixed(1) : Math.round(average)} / ${Math.round(most)}`
}

/** "14:09:22", in the time of this computer. */
export function clockText(epochMs: number): string {
  return new Date(epochMs).toTimeString().slice(0, 8)
}

/** "now", "40 s", "12 min", "3 h". */
export function sinceText(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1000)
  if (seconds < 1) return 'now'
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
}

/** Where the time of a call goes; null where nothing has been timed. */
export interface TimeSplit {
  /** 0 to 1, together 1. */
  readonly queued: number
  readonly wire: number
  readonly handler: number
  readonly words: string
}

export function timeSplit(
  pair: Pick<PairTraffic, 'callCount' | 'queuedMs' | 'wireMs' | 'handlerMs'>,
): TimeSplit | null {
  const total = pair.queuedMs + pair.wireMs + pair.handlerMs
  if (total === 0 || pair.callCount === 0) return null
  return {
    queued: pair.queuedMs / total,
    wire: pair.wireMs / total,
    handler: pair.handlerMs / total,
    words: [
      `${durationText(pair.queuedMs)} queued`,
      `${durationText(pair.wireMs)} on the wire`,
      `${durationText(pair.handlerMs)} in the handler`,
    ].join(', '),
  }
}

/** A latency is known only once a call has been answered. */
export function latencyText(callCount: number, milliseconds: number): string {
  return callCount === 0 ? unknown : millisecondsText(milliseconds)
}

export interface TrafficTotals {
  readonly messagesPerSecond: number
  readonly bytesPerSecond: number
  readonly pendingCalls: number
}

export function totalsOf(pairs: readonly PairTraffic[]): TrafficTotals {
  return {
    messagesPerSecond: pairs.reduce((sum, pair) => sum + pair.messagesPerSecond, 0),
    bytesPerSecond: pairs.reduce((sum, pair) => sum + pair.bytesPerSecond, 0),
    pendingCalls: pairs.reduce((sum, pair) => sum + pair.pendingCalls, 0),
  }
}
