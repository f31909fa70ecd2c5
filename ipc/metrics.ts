import type { EndpointId } from './identity.ts'
import { LatencyHistogram } from './metrics/latency-histogram.ts'

/** How a call ended, for the counters. */
export type CallOutcome = 'answered' | 'failed' | 'timedOut' | 'cancelled'

/** The numbers of one method with one peer, in one direction. Times in milliseconds. */
export interface CallStatistics {
  readonly peer: EndpointId
  readonly contract: string
  readonly method: string
  readonly calls: number
  readonly errors: number
  readonly timeouts: number
  readonly cancelled: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

class MethodNumbers {
  errors = 0
  timeouts = 0
  cancelled = 0
  readonly latency = new LatencyHistogram()

  record(outcome: CallOutcome, milliseconds: number): void {
    this.latency.record(milliseconds)
    switch (outcome) {
      case 'answered':
        return
      case 'failed':
        this.errors += 1
        return
      case 'timedOut':
        this.timeouts += 1
        return
      case 'cancelled':
        this.cancelled += 1
        return
    }
  }
}

/** Peers come and go; numbers of the longest gone make room. */
const maxPeers = 500

/** Counts calls by peer and method. One for each direction. */
export class CallMetrics {
  readonly #peers = new Map<EndpointId, Map<string, Map<string, MethodNumbers>>>()

  record(
    peer: EndpointId,
    contract: string,
    method: string,
    outcome: CallOutcome,
    milliseconds: number,
  ): void {
    const contracts = this.#contractsOf(peer)
    let methods = contracts.get(contract)
    if (methods === undefined) {
      methods = new Map()
      contracts.set(contract, methods)
    }
    let numbers = methods.get(method)
    if (numbers === undefined) {
      numbers = new MethodNumbers()
      methods.set(method, numbers)
    }
    numbers.record(outcome, milliseconds)
  }

  snapshot(): readonly CallStatistics[] {
    const all: CallStatistics[] = []
    for (const [peer, contracts] of this.#peers) {
      for (const [contract, methods] of contracts) {
        for (const [method, { latency, errors, timeouts, cancelled }] of methods) {
          all.push({
            peer,
            contract,
            method,
            calls: latency.count,
            errors,
            timeouts,
            cancelled,
            p50Ms: latency.percentile(0.5),
            p95Ms: latency.percentile(0.95),
            p99Ms: latency.percentile(0.99),
            maxMs: latency.maxMs,
          })
        }
      }
    }
    return all
  }

  #contractsOf(peer: EndpointId): Map<string, Map<string, MethodNumbers>> {
    const known = this.#peers.get(peer)
    if (known !== undefined) return known
    const made = new Map<string, Map<string, MethodNumbers>>()
    this.#peers.set(peer, made)
    if (this.#peers.size > maxPeers) {
      const oldest = this.#peers.keys().next()
      if (oldest.done !== true) this.#peers.delete(oldest.value)
    }
    return made
  }
}
