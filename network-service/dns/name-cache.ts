import type { Clock } from '../../ipc/clock.ts'
import type { FoundAddresses } from './name-source.ts'

/** Names kept at once; beyond that the one that was used longest ago goes. */
const mostNames = 2_000
/** Whatever an answer says, it holds no longer than this. */
const longestTtlSeconds = 24 * 3_600
/** That a name does not exist is believed for a shorter time: somebody may just be making it. */
const longestNegativeTtlSeconds = 300

interface Kept {
  readonly addresses: readonly string[]
  readonly expiresAt: number
}

/** What names were found to be, as long as that holds. A name that is being asked for is asked for once. */
export class NameCache {
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()
  readonly #asked = new Map<string, Promise<readonly string[]>>()
  #hits = 0
  #misses = 0
  #failures = 0
  /** Answers to what was asked before the cache was emptied are not kept. */
  #generation = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The addresses of a name, empty when there is no such name. */
  obtain(name: string, ask: () => Promise<FoundAddresses>): Promise<readonly string[]> {
    const kept = this.#kept.get(name)
    if (kept !== undefined && kept.expiresAt > this.#clock.now()) {
      this.#hits += 1
      this.#kept.delete(name)
      this.#kept.set(name, kept)
      return Promise.resolve(kept.addresses)
    }
    const asked = this.#asked.get(name)
    if (asked !== undefined) {
      this.#hits += 1
      return asked
    }
    this.#misses += 1
    const generation = this.#generation
    const asking = ask()
      .then(found => {
        if (generation === this.#generation) this.#keep(name, found)
        return found.addresses
      })
      .catch((error: unknown) => {
        this.#failures += 1
        throw error
      })
      .finally(() => {
        if (this.#asked.get(name) === asking) this.#asked.delete(name)
      })
    this.#asked.set(name, asking)
    return asking
  }

  clear(): void {
    this.#generation += 1
    this.#kept.clear()
    this.#asked.clear()
  }

  /** What is held now, used last first; `expiresAt` in milliseconds since the epoch. */
  entries(): readonly {
    readonly name: string
    readonly addresses: readonly string[]
    readonly expiresAt: number
  }[] {
    const now = this.#clock.now()
    const offset = this.#clock.wallClock() - now
    return [...this.#kept]
      .filter(([, { expiresAt }]) => expiresAt > now)
      .map(([name, { addresses, expiresAt }]) => ({
        name,
        addresses,
        expiresAt: Math.round(expiresAt + offset),
      }))
      .reverse()
  }

  get counts(): {
    readonly entries: number
    readonly hits: number
    readonly misses: number
    readonly failures: number
  } {
    return { entries: this.#kept.size, hits: this.#hits, misses: this.#misses, failures: this.#failures }
  }

  #keep(name: string, { addresses, ttlSeconds }: FoundAddresses): void {
    const longest = addresses.length === 0 ? longestNegativeTtlSeconds : longestTtlSeconds
    const seconds = Math.min(Math.max(ttlSeconds, 0), longest)
    this.#kept.delete(name)
    this.#kept.set(name, { addresses, expiresAt: this.#clock.now() + seconds * 1_000 })
    if (this.#kept.size <= mostNames) return
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined) this.#kept.delete(oldest)
  }
}
