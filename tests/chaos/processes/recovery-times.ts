import type { LifecycleEntry } from '../../../contracts/processes.ts'

/** How long it took one process to answer again, from when main saw its end. */
export interface Recovery {
  readonly kind: string
  readonly milliseconds: number
  /** It had run for a while before: no pause of the policy is in it. */
  readonly isFirst: boolean
}

/** So long a process must have run for its restarts to be counted anew. */
const stableMs = 60_000

/** Follows the lives of processes, across starts of the browser, and measures each way back. */
export class RecoveryTimes {
  readonly recoveries: Recovery[] = []
  /** When main saw the end of those that are away. */
  readonly #away = new Map<string, { at: number; isFirst: boolean }>()
  readonly #lastEnds = new Map<string, number>()

  /** In the order in which they happened. */
  follow(entries: readonly Pick<LifecycleEntry, 'at' | 'processId' | 'kind' | 'state'>[]): void {
    for (const { at, processId, kind, state } of entries) {
      switch (state) {
        case 'restarting':
          // Told after the end itself, as a rule.
          if (this.#away.has(processId)) break
          this.#ended(processId, at)
          break
        case 'crashed':
          this.#ended(processId, at)
          break
        case 'ready':
        case 'active':
        case 'idle': {
          const away = this.#away.get(processId)
          this.#away.delete(processId)
          if (away !== undefined) this.add(kind, at - away.at, away.isFirst)
          break
        }
        case 'failed':
        case 'terminated':
          this.#away.delete(processId)
          break
        case 'created':
        case 'suspended':
          break
      }
    }
  }

  #ended(processId: string, at: number): void {
    const last = this.#lastEnds.get(processId)
    this.#away.set(processId, { at, isFirst: last === undefined || at - last > stableMs })
    this.#lastEnds.set(processId, at)
  }

  /** All processes are others now. */
  forgetProcesses(): void {
    this.#away.clear()
    this.#lastEnds.clear()
  }

  /** Measured elsewhere. */
  add(kind: string, milliseconds: number, isFirst = true): void {
    this.recoveries.push({ kind, milliseconds, isFirst })
  }

  /** For each kind, first those without a pause of the policy. */
  percentiles(): readonly Percentiles[] {
    const groups = Map.groupBy(this.recoveries, ({ kind, isFirst }) => `${kind}${isFirst ? '' : ', again'}`)
    return [...groups]
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([name, found]) => {
        const sorted = found.map(one => one.milliseconds).toSorted((one, other) => one - other)
        const at = (share: number): number =>
          Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0)
        return { name, count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) }
      })
  }
}

export interface Percentiles {
  readonly name: string
  readonly count: number
  /** In milliseconds, as all that follow. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly longest: number
}

export function recoveryTable(rows: readonly Percentiles[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((cell, at) => (at === 0 ? `${cell}`.padEnd(24) : `${cell}`.padStart(8))).join('')
  return [
    line(['milliseconds', 'count', 'p50', 'p95', 'p99', 'longest']),
    ...rows.map(({ name, count, p50, p95, p99, longest }) => line([name, count, p50, p95, p99, longest])),
  ].join('\n')
}
