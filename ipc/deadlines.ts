import type { Clock } from './clock.ts'

const slotMs = 16
const slots = 1_024

/** One moment to keep. Belongs to at most one `Deadlines`, and leaves it by `remove` or by falling due. */
export abstract class Deadline {
  /** @internal Links of the list it stands in; null while it stands in none. */
  _next: Deadline | null = null
  _previous: Deadline | null = null
  _tick = 0

  /** Called when the moment has come. */
  abstract expire(): void

  remove(): void {
    if (this._previous === null) return
    this._previous._next = this._next
    if (this._next !== null) this._next._previous = this._previous
    this._previous = null
    this._next = null
  }
}

/** A deadline that calls a function. */
export function deadlineOf(expire: () => void): Deadline {
  return new CallbackDeadline(expire)
}

class CallbackDeadline extends Deadline {
  readonly #expire: () => void

  constructor(expire: () => void) {
    super()
    this.#expire = expire
  }

  override expire(): void {
    this.#expire()
  }
}

/**
 * Many deadlines on one timer: a wheel of linked lists, because a timer for every call would cost more than the rest
 * of the call. A deadline falls due up to 16 ms late, never early.
 */
export class Deadlines implements Disposable {
  readonly #clock: Clock
  readonly #heads: Deadline[] = Array.from({ length: slots }, () => deadlineOf(() => {}))
  #timer: Disposable | null = null
  #armedTick = Number.POSITIVE_INFINITY
  /** All ticks up to this one are done. */
  #doneTick: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#doneTick = Math.floor(clock.now() / slotMs)
  }

  /** `at` is a time of the clock's `now`. */
  add(deadline: Deadline, at: number): void {
    const tick = Math.max(Math.ceil(at / slotMs), this.#doneTick + 1)
    const head = this.#headOf(tick)
    deadline._tick = tick
    deadline._previous = head
    deadline._next = head._next
    if (head._next !== null) head._next._previous = deadline
    head._next = deadline
    if (tick < this.#armedTick) this.#arm(tick)
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    this.#armedTick = Number.POSITIVE_INFINITY
  }

  #headOf(tick: number): Deadline {
    const head = this.#heads[tick % slots]
    if (head === undefined) throw new RangeError(`No slot for tick ${tick}`)
    return head
  }

  #arm(tick: number): void {
    this.#timer?.[Symbol.dispose]()
    this.#armedTick = tick
    this.#timer = this.#clock.after(Math.max(0, tick * slotMs - this.#clock.now()), () => this.#turn())
  }

  #turn(): void {
    this.#timer = null
    this.#armedTick = Number.POSITIVE_INFINITY
    const nowTick = Math.floor(this.#clock.now() / slotMs)
    // After a sleep of the machine the wheel has gone round many times; one round visits every slot.
    const from = Math.max(this.#doneTick + 1, nowTick - slots + 1)
    this.#doneTick = Math.max(this.#doneTick, nowTick)
    for (let tick = from; tick <= nowTick; tick += 1) this.#expireSlot(this.#headOf(tick), nowTick)
    this.#armNext(nowTick)
  }

  #expireSlot(head: Deadline, nowTick: number): void {
    const due: Deadline[] = []
    for (let entry = head._next; entry !== null; entry = entry._next) {
      if (entry._tick <= nowTick) due.push(entry)
    }
    for (const entry of due) entry.remove()
    for (const entry of due) entry.expire()
  }

  /** Wakes at the next slot that holds anything, even if that is for a later round: rare, and it needs no heap. */
  #armNext(nowTick: number): void {
    for (let tick = nowTick + 1; tick <= nowTick + slots; tick += 1) {
      if (tick >= this.#armedTick) return
      if (this.#headOf(tick)._next !== null) {
        this.#arm(tick)
        return
      }
    }
  }
}
