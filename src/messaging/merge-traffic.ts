import { maxPairs, type PairTraffic, type PendingCall } from '../../contracts/messages.ts'
import type { CountedPair, EndpointTraffic } from '../../ipc/metrics/traffic.ts'

/** What one process counted, and which one that is. */
export interface TrafficReport {
  readonly reporter: string
  readonly traffic: EndpointTraffic
}

export interface MergedTraffic {
  /** The busiest first. */
  readonly pairs: readonly PairTraffic[]
  /** The oldest first. */
  readonly pendingCalls: readonly PendingCall[]
}

/**
 * Joins what main and the services counted: each direction of a pair once, as its caller saw it where the caller is
 * among those who report, else as the one that was called saw it. A process is believed only about pairs of its own.
 * `nameOf` turns the id of an endpoint into a name of the process tree. Pure.
 */
export function mergeTraffic(
  reports: readonly TrafficReport[],
  main: string,
  nameOf: (endpoint: string) => string,
): MergedTraffic {
  const merged = new Map<string, { readonly pair: CountedPair; readonly isOfCaller: boolean }>()
  for (const { reporter, traffic } of reports) {
    for (const pair of traffic.pairs) {
      const isOfCaller = pair.from === reporter
      if (!isOfCaller && pair.to !== reporter) continue
      const key = `${pair.from} ${pair.to}`
      if (isOfCaller || merged.get(key)?.isOfCaller !== true) merged.set(key, { pair, isOfCaller })
    }
  }
  const pairs = [...merged.values()]
    .map(({ pair }) => ({
      ...pair,
      from: nameOf(pair.from),
      to: nameOf(pair.to),
      isDirect: pair.from !== main && pair.to !== main,
    }))
    .sort((one, other) => other.messagesPerSecond - one.messagesPerSecond)
  const pendingCalls = reports
    .flatMap(({ reporter, traffic }) => traffic.pendingCalls.filter(({ from }) => from === reporter))
    .map(call => ({ ...call, from: nameOf(call.from), to: nameOf(call.to) }))
    .sort((one, other) => one.sentAt - other.sentAt)
  return { pairs: pairs.slice(0, maxPairs), pendingCalls }
}
