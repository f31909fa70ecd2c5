import type { Clock } from '../../../ipc/clock.ts'
import type { HangPolicy } from './policies.ts'

export interface HeartbeatOptions {
  readonly clock: Clock
  readonly policy: HangPolicy
  /** Rejects when there was no answer within the time. */
  readonly ping: (withinMs: number) => Promise<unknown>
  readonly onHung: () => void
}

/** Listens to the heart of one process while it is told to, and says once when it has stopped. */
export class Heartbeat implements Disposable {
  readonly #options: HeartbeatOptions
  #timer: Disposable | null = null
  /** Grows with each beginning, so that an answer to an earlier one is not taken for the present one's. */
  #beginnings = 0

  constructor(options: HeartbeatOptions) {
    this.#options = options
  }

  /** Begins anew, as if nothing had been missed. */
  listen(): void {
    this.#beginnings += 1
    this.#beat(this.#beginnings, 0)
  }

  [Symbol.dispose](): void {
    this.#beginnings += 1
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  #beat(beginning: number, missed: number): void {
    const { clock, policy, ping, onHung } = this.#options
    if (policy.kind !== 'heartbeat') return
    this.#timer?.[Symbol.dispose]()
    this.#timer = clock.after(policy.everyMs, () => {
      ping(policy.everyMs).then(
        () => {
          if (beginning === this.#beginnings) this.#beat(beginning, 0)
        },
        () => {
          if (beginning !== this.#beginnings) return
          if (missed + 1 >= policy.missesAllowed) onHung()
          else this.#beat(beginning, missed + 1)
        },
      )
    })
  }
}
