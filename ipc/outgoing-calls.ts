import type { OutgoingCall } from './outgoing-call.ts'

/** How many abandoned numbers are remembered, so that their late answers are told from forged ones. */
const maxAbandoned = 1_000
const fewestSlots = 64

/**
 * The calls of one connection that wait for an answer, by number. Numbers count up, so that a call nearly always has a
 * place to itself in a ring of twice as many places as calls; one that waits for so long that the numbers have come
 * round is kept aside.
 */
export class OutgoingCalls {
  #ring: (OutgoingCall | undefined)[] = []
  readonly #aside = new Map<number, OutgoingCall>()
  readonly #abandoned = new Set<number>()
  #size = 0
  #lastId = 0
  /** Numbers up to this one were abandoned so long ago that nobody remembers them one by one. */
  #forgottenUpTo = 0

  get size(): number {
    return this.#size
  }

  /** Gives the call its number and waits for its answer. */
  add(call: OutgoingCall): void {
    this.#lastId += 1
    call.id = this.#lastId
    this.#size += 1
    if (this.#size * 2 > this.#ring.length) this.#resize(Math.max(fewestSlots, this.#ring.length * 2))
    this.#place(call)
  }

  get(id: number): OutgoingCall | undefined {
    const call = this.#ring[id & (this.#ring.length - 1)]
    return call?.id === id ? call : this.#aside.get(id)
  }

  /** The call that this answer is for; or whether it comes late, or was never asked for. */
  take(id: number): OutgoingCall | 'late' | 'unknown' {
    const call = this.get(id)
    if (call !== undefined) {
      this.#remove(call)
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
    if (call.id === 0 || this.get(call.id) !== call) return false
    this.#remove(call)
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

  /** All of them, in no particular order. */
  *values(): Generator<OutgoingCall> {
    for (const call of this.#ring) if (call !== undefined) yield call
    yield* this.#aside.values()
  }

  /** Empties the table and gives what was in it, oldest first. */
  drain(): readonly OutgoingCall[] {
    const all = [...this.values()].sort((one, other) => one.id - other.id)
    this.#ring = []
    this.#aside.clear()
    this.#size = 0
    return all
  }

  #place(call: OutgoingCall): void {
    const slot = call.id & (this.#ring.length - 1)
    const resident = this.#ring[slot]
    if (resident !== undefined) this.#aside.set(resident.id, resident)
    this.#ring[slot] = call
  }

  #remove(call: OutgoingCall): void {
    this.#size -= 1
    const slot = call.id & (this.#ring.length - 1)
    if (this.#ring[slot] === call) this.#ring[slot] = undefined
    else this.#aside.delete(call.id)
    // A flood is over: its memory goes back.
    if (this.#size === 0 && this.#ring.length > 16 * fewestSlots) this.#ring = []
  }

  #resize(length: number): void {
    const all = [...this.values()].sort((one, other) => one.id - other.id)
    this.#ring = new Array<OutgoingCall | undefined>(length).fill(undefined)
    this.#aside.clear()
    for (const call of all) this.#place(call)
  }
}
