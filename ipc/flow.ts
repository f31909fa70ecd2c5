/** How many requests, notifications and events of one peer may be on their way, waiting or at work. */
export const defaultQueueCapacity = 1_000
/** Above this share of the capacity the sender is paused, below the other it goes on. */
const pauseShare = 0.8
const resumeShare = 0.2

/**
 * The receiving side of flow control. The peer may send as many messages in all as were granted to it; grants follow
 * what has been dealt with, and stop between the two watermarks, so that a slow receiver really holds its senders, in
 * whatever process they are. What is on its way and what waits here is never more than the capacity.
 */
export class ReceiveWindow {
  readonly #capacity: number
  readonly #grant: (upTo: number) => void
  #received = 0
  #occupied = 0
  #granted: number
  #isPaused = false

  /** Both sides take the capacity as granted at first; `grant` tells the peer of every further one. */
  constructor(capacity: number, grant: (upTo: number) => void) {
    this.#capacity = capacity
    this.#granted = capacity
    this.#grant = grant
  }

  /** Messages that have arrived and are not dealt with. */
  get occupied(): number {
    return this.#occupied
  }

  /** Whether the peer gets no further grants for now. */
  get isPaused(): boolean {
    return this.#isPaused
  }

  /** A message has come; false when the peer had no right to send it, and then it is not counted as waiting. */
  arrived(): boolean {
    if (this.#received >= this.#granted) return false
    this.#received += 1
    this.#occupied += 1
    if (this.#occupied >= this.#capacity * pauseShare) this.#isPaused = true
    return true
  }

  /** A message that had arrived has been dealt with. */
  done(): void {
    this.#occupied -= 1
    if (this.#isPaused && this.#occupied <= this.#capacity * resumeShare) this.#isPaused = false
    if (this.#isPaused || this.#granted - this.#received > this.#capacity / 2) return
    const granted = this.#received + this.#capacity - this.#occupied
    // A grant of a message or two is not worth a message.
    if (granted - this.#granted < this.#capacity / 4) return
    this.#granted = granted
    this.#grant(granted)
  }
}

/** The sending side: how many messages may still go. */
export class SendCredit {
  #granted: number
  #sent = 0

  constructor(granted: number) {
    this.#granted = granted
  }

  get available(): number {
    return this.#granted - this.#sent
  }

  /** One message goes out. */
  spend(): void {
    this.#sent += 1
  }

  /** Takes a grant of the peer; false for one that takes back what was granted, which no honest peer sends. */
  granted(upTo: number): boolean {
    if (upTo < this.#granted) return false
    this.#granted = upTo
    return true
  }
}

/** Tells once when what waits passes the upper watermark, and once when it has fallen below the lower one. */
export class Watermarks {
  readonly #high: number
  readonly #low: number
  readonly #onChange: (isPaused: boolean) => void
  #isPaused = false

  constructor(capacity: number, onChange: (isPaused: boolean) => void) {
    this.#high = capacity * pauseShare
    this.#low = capacity * resumeShare
    this.#onChange = onChange
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  at(size: number): void {
    if (this.#isPaused ? size > this.#low : size < this.#high) return
    this.#isPaused = !this.#isPaused
    this.#onChange(this.#isPaused)
  }
}
