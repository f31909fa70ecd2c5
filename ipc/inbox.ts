import { withoutGroups } from './groups.ts'
import { isRequest, kinds, type RequestMessage } from './message.ts'
import type { Offence } from './offences.ts'
import type { Protection } from './port.ts'
import { PriorityQueue } from './priority-queue.ts'
import type { Receiver } from './receiver.ts'
import { approximateBytes, maxMessageBytes } from './size.ts'
import type { Allowance, Turns, TurnTaker } from './turns.ts'

/** One message and the little around it. */
const maxPacketCharacters = maxMessageBytes + 100_000
/** No honest outbox packs so many. */
const maxMessagesPerPacket = 10_000

/**
 * Demands, cancels and reports of progress need no credit, so nothing else bounds how many of them may wait here. No honest
 * peer comes near; each takes some two hundred bytes.
 */
const maxWaitingMessages = 100_000

/** What the inbox needs of its connection. */
export interface InboxLine {
  readonly receiver: Receiver
  offend(offence: Offence, detail: string): void
  failed(error: unknown): void
  /** After messages were dealt with in a turn of their own. */
  turnEnded(): void
}

interface Waiting {
  readonly message: readonly unknown[]
  readonly protection: Protection
  readonly arrivedAt: number
}

/** Opens the packets of one peer, and has their messages dealt with in turn with those of other peers. */
export class Inbox implements TurnTaker {
  readonly #line: InboxLine
  readonly #turns: Turns
  readonly #allowance: Allowance
  readonly #waiting = new PriorityQueue<Waiting>(maxWaitingMessages)
  /** Numbers of the requests among them whose callers still wait. */
  readonly #awaited = new Set<number>()
  #isClosed = false

  constructor(line: InboxLine, turns: Turns) {
    this.#line = line
    this.#turns = turns
    this.#allowance = turns.allowance()
  }

  /** The messages in a packet; null for what is none, which is the peer's offence. */
  open(packet: unknown): readonly unknown[] | null {
    let messages: unknown = packet
    if (typeof packet === 'string') {
      if (packet.length > maxPacketCharacters) return this.#refuse('tooLarge', `${packet.length} characters`)
      try {
        messages = JSON.parse(packet)
      } catch {
        return this.#refuse('malformed', 'text that is no JSON')
      }
    } else if (approximateBytes(packet) > maxMessageBytes) {
      return this.#refuse('tooLarge', 'a list')
    }
    const single = Array.isArray(messages) ? withoutGroups(messages, maxMessagesPerPacket) : null
    return single ?? this.#refuse('malformed', 'not a list of messages')
  }

  /** Deals with as many as may be dealt with at once; the rest waits for its turn. */
  receive(messages: readonly unknown[], protection: Protection, arrivedAt: number): void {
    const { receiver } = this.#line
    let budget = this.#waiting.size > 0 ? 0 : this.#turns.spend(this.#allowance, messages.length)
    for (const message of messages) {
      if (this.#isClosed) return
      if (!Array.isArray(message)) {
        this.#line.offend('malformed', 'not a list')
        continue
      }
      if (this.#waiting.size >= maxWaitingMessages) {
        this.#line.offend('overrun', 'more messages than can wait')
        continue
      }
      if (!receiver.admit(message)) continue
      if (budget > 0) {
        budget -= 1
        this.#dispatch(message, protection, arrivedAt)
      } else {
        if (isAsked(message)) this.#awaited.add(message[1])
        this.#waiting.push({ message, protection, arrivedAt }, receiver.rankOf(message))
      }
    }
    if (this.#waiting.size > 0) this.#turns.wait(this)
  }

  takeTurn(messages: number): boolean {
    for (let taken = 0; taken < messages; taken += 1) {
      const next = this.#isClosed ? undefined : this.#waiting.shift()
      if (next === undefined) break
      if (isAsked(next.message) && !this.#awaited.delete(next.message[1])) this.#line.receiver.letGo()
      else this.#dispatch(next.message, next.protection, next.arrivedAt)
    }
    this.#line.turnEnded()
    return this.#waiting.size > 0
  }

  /**
   * Nobody waits for the answer to a request that waits here: it is let go when its turn comes, because looking for it
   * among all the others would be dear for whoever is sent many of both. False when it does not wait here.
   */
  forget(id: number): boolean {
    return this.#awaited.delete(id)
  }

  close(): void {
    this.#isClosed = true
    this.#waiting.drain()
    this.#awaited.clear()
  }

  #dispatch(message: readonly unknown[], protection: Protection, arrivedAt: number): void {
    try {
      this.#line.receiver.dispatch(message, protection, arrivedAt)
    } catch (error) {
      this.#line.failed(error)
    }
  }

  #refuse(offence: Offence, detail: string): null {
    this.#line.offend(offence, detail)
    return null
  }
}

/** Nothing else waits under this kind. */
function isAsked(message: readonly unknown[]): message is RequestMessage {
  return message[0] === kinds.request && isRequest(message)
}
