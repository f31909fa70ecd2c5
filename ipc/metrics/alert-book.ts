import { backlogRule, callRules, clearsBelow } from './alert-rules.ts'
import { type CountedPair, type MessageAlert, type MethodTraffic, maxAlerts } from './traffic.ts'

/** Told once when an alert is raised and once when it is cleared. */
export type AlertChange = { readonly kind: 'raised' | 'cleared'; readonly alert: MessageAlert }

/** What a rule says of a method or a pair at one moment. */
interface Reading {
  readonly rule: MessageAlert['rule']
  readonly level: MessageAlert['level']
  readonly threshold: number
  readonly method: string | null
  readonly value: number
  /** Whether it rests on enough to raise an alert. */
  readonly isFounded: boolean
}

/**
 * Compares numbers with thresholds each time it is asked to, and remembers what is raised. An alert is raised once, on a
 * method where one is to blame, else on the pair; it is cleared when its value has fallen well below the threshold, or
 * when the pair is gone.
 */
export class AlertBook {
  readonly #onChange: (change: AlertChange) => void
  #raised: ReadonlyMap<string, MessageAlert> = new Map()

  constructor(onChange: (change: AlertChange) => void = () => {}) {
    this.#onChange = onChange
  }

  /** What is raised now, the oldest first. */
  get alerts(): readonly MessageAlert[] {
    return [...this.#raised.values()]
  }

  /** `now` is in milliseconds since the epoch. Gives what is raised now, the oldest first. */
  evaluate(pairs: readonly CountedPair[], now: number): readonly MessageAlert[] {
    const found = pairs.flatMap(pair => this.#alertsOf(pair, now))
    const before = this.#raised
    const known = found.filter(({ id }) => before.has(id))
    const room = Math.max(0, maxAlerts - known.length)
    const fresh = found.filter(({ id }) => !before.has(id)).slice(0, room)
    this.#raised = new Map([...known, ...fresh].sort((a, b) => a.since - b.since).map(one => [one.id, one]))
    for (const alert of fresh) this.#onChange({ kind: 'raised', alert })
    for (const alert of before.values()) {
      if (!this.#raised.has(alert.id)) this.#onChange({ kind: 'cleared', alert })
    }
    return this.alerts
  }

  #alertsOf(pair: CountedPair, now: number): readonly MessageAlert[] {
    const ofMethods = pair.methods.flatMap(numbers =>
      readingsOf(numbers, numbers.method).flatMap(reading => this.#alertOf(pair, reading, now) ?? []),
    )
    // The pair as a whole is to blame only where no method of its own is.
    const blamed = new Set(ofMethods.map(({ rule }) => rule))
    const { rule, level, threshold, read } = backlogRule
    const backlog = { rule, level, threshold, method: null, value: read(pair), isFounded: true }
    const ofPair = [...readingsOf(pair, null).filter(reading => !blamed.has(reading.rule)), backlog]
    return [...ofMethods, ...ofPair.flatMap(reading => this.#alertOf(pair, reading, now) ?? [])]
  }

  #alertOf({ from, to }: CountedPair, reading: Reading, now: number): MessageAlert | null {
    const { rule, level, threshold, method, value, isFounded } = reading
    // Most readings are far below: no name is made for them.
    if (value <= threshold * clearsBelow) return null
    const id = `${rule} ${from} ${to} ${method ?? ''}`.trimEnd()
    const raised = this.#raised.get(id)
    if (raised === undefined && !(isFounded && value > threshold)) return null
    return { id, rule, level, from, to, method, value, threshold, since: raised?.since ?? now }
  }
}

function readingsOf(numbers: Omit<MethodTraffic, 'method'>, method: string | null): readonly Reading[] {
  return callRules.map(({ rule, level, threshold, minSample, sampleOf, read }) => ({
    rule,
    level,
    threshold,
    method,
    value: read(numbers),
    isFounded: sampleOf(numbers) >= minSample,
  }))
}
