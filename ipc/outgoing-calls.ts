import type { OutgoingCall } from './outgoing-call.ts'

/** How many abandoned numbers are remembered, so that their late answers are told from forged ones. */
const maxAbandoned = 1_000

/** The calls of one connection that wait for an answer, by number. */
export class OutgoingCalls {
  readonly #waiting = new Map<number, OutgoingCall>()
  readonly #abandoned = new Set<number>()
  #lastId = 0
  /** Numbers up to this one were abandoned so long ago that nobody remembers them one by one. */
  #forgottenUpTo = 0

  get size(): number {
    return this.#waiting.size
  }

  add(call: OutgoingCall): number {
    this.#lastId += 1
    call.id = this.#lastId
    this.#waiting.set(call.id, call)
    return call.id
  }

  get(id: number): OutgoingCall | undefined {
    return this.#waiting.get(id)
  }

  /** The call that this answer is for; or whether it comes late, or was never asked for. */
  take(id: number): OutgoingCall | 'late' | 'unknown' {
    const call = this.#waiting.get(id)
    if (call !== undefined) {
      this.#waiting.delete(id)
      return call
    }
    if (this.#abandoned.delete(id)) return 'late'
    return this.isPast(id) ? 'late' : 'unknown'
  }

  /** Whether a report of progress for this number may be a leftover of a call that was given up. */
  isPast(id: number): boolean {
    return this.#abandoned.has(id) || id <= this.#forgottenUpTo
  }

  /** True when the call was still waiting here. */
  abandon(call: OutgoingCall): boolean {
    if (!this.#waiting.delete(call.id)) return false
    this.#abandoned.add(call.id)
    if (this.#abandoned.size > maxAbandoned) {
      const oldest = this.#abandoned.values().next()
      if (oldest.done !== true) {
        this.#abandoned.delete(oldest.value)
        this.#forgottenUpTo = Math.max(this.#forgottenUpTo, oldest.value)
      }
    }
    return true
  }

  /** Empties the table and gives what was in it. */
  drain(): readonly OutgoingCall[] {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    return all
  }
}
