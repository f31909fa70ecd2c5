import type { AnsweringMachine } from './answering.ts'
import { isProtected } from './call-target.ts'
import { errorFromWire, PermissionDeniedError } from './errors.ts'
import { defaultQueueCapacity, type ReceiveWindow } from './flow.ts'
import type { Identity } from './identity.ts'
import {
  type FailureMessage,
  isCount,
  isDemand,
  isEvent,
  isFailure,
  isHello,
  isInputEnd,
  isItem,
  isNotification,
  isRequest,
  isResponse,
  kinds,
  maxReasonCharacters,
  millisecondsOf,
  parseWireError,
  protocolVersion,
  type ResponseMessage,
} from './message.ts'
import type { Offence } from './offences.ts'
import type { OutgoingCall } from './outgoing-call.ts'
import type { OutgoingCalls } from './outgoing-calls.ts'
import type { Protection } from './port.ts'
import type { ServedMethod } from './served-contract.ts'
import type { CallStreams } from './streams/call-streams.ts'

/** What receiving needs of the endpoint. */
export interface ReceiverHost {
  servedMethod(name: string): ServedMethod | null | undefined
  /** Hands an event to those who listen. */
  receiveEvent(peer: Identity, name: string, payload: unknown): Offence | null
  /** A call was answered: where its time went. */
  answered(call: OutgoingCall, arrivedAt: number, handlerMs: number): void
}

/** The parts of a connection that messages go to. */
export interface ReceiverParts {
  readonly peer: Identity
  readonly leavesMemory: boolean
  readonly host: ReceiverHost
  readonly window: ReceiveWindow
  readonly answering: AnsweringMachine
  readonly outgoing: OutgoingCalls
  readonly streams: CallStreams
  /** The peer takes more; false when it takes back what it had granted. */
  granted(upTo: number): boolean
  /** Has a request that waits for its turn let go then; false when it does not wait. */
  forget(id: number): boolean
  offend(offence: Offence, detail: string): void
  close(reason: string): void
  end(reason: string): void
}

/** Reads the messages of one peer and gives each to the part that it concerns. Believes nothing. */
export class Receiver {
  /** Where the names of the peer's calls in traces begin. */
  #traceSeed = 0
  /** Answers to calls that had been given up. */
  lateAnswers = 0
  readonly #parts: ReceiverParts

  constructor(parts: ReceiverParts) {
    this.#parts = parts
  }

  /** The name of a call of the peer's in traces; 0 where it says numbers that others would not take from here. */
  spanOf(id: number): number {
    const span = this.#traceSeed + id
    return Number.isSafeInteger(span) ? span : 0
  }

  /** The turn of a request has come that nobody waits for any more. */
  letGo(): void {
    this.#parts.window.done()
  }

  /** Deals with what must not wait, and counts the rest; false when there is nothing left to do. */
  admit(message: readonly unknown[]): boolean {
    switch (message[0]) {
      case kinds.request: {
        if (!isRequest(message)) return this.#refuse('malformed', 'request')
        if (!this.#parts.answering.isNew(message[1])) return false
        if (this.#parts.window.arrived()) return true
        this.#parts.answering.refuseFlood(message)
        return this.#refuse('overrun', message[2])
      }
      case kinds.notification:
        if (!isNotification(message)) return this.#refuse('malformed', 'notification')
        return this.#parts.window.arrived() || this.#refuse('overrun', message[1])
      case kinds.event:
        if (!isEvent(message)) return this.#refuse('malformed', 'event')
        return this.#parts.window.arrived() || this.#refuse('overrun', message[1])
      case kinds.cancel: {
        const [, id] = message
        if (!isCount(id)) return this.#refuse('malformed', 'cancel')
        if (!this.#parts.forget(id)) this.#parts.answering.cancel(id)
        return false
      }
      case kinds.credit: {
        const [, upTo] = message
        if (!isCount(upTo) || !this.#parts.granted(upTo)) return this.#refuse('malformed', 'credit')
        return false
      }
      default:
        return true
    }
  }

  /** Which of the messages that wait goes first. */
  rankOf(message: readonly unknown[]): 0 | 1 | 2 {
    const isNotice = message[0] === kinds.notification
    if (!isNotice && message[0] !== kinds.request) return 1
    const [name, extras] = isNotice ? [message[1], message[3]] : [message[2], message[5]]
    if (typeof extras === 'object' && extras !== null && 'priority' in extras) {
      if (extras.priority === 'h') return 0
      if (extras.priority === 'l') return 2
    }
    return this.#parts.host.servedMethod(String(name))?.rank ?? 1
  }

  dispatch(message: readonly unknown[], protection: Protection, arrivedAt: number): void {
    switch (message[0]) {
      case kinds.request:
        if (isRequest(message)) this.#parts.answering.request(message, protection, arrivedAt)
        return
      case kinds.notification:
        if (isNotification(message)) this.#parts.answering.notification(message, protection, arrivedAt)
        return
      case kinds.response:
        if (isResponse(message)) this.#answered(message, protection, arrivedAt)
        else this.#refuse('malformed', 'response')
        return
      case kinds.failure:
        if (isFailure(message)) this.#failed(message, arrivedAt)
        else this.#refuse('malformed', 'failure')
        return
      case kinds.event: {
        this.#parts.window.done()
        if (!isEvent(message)) return
        const offence = this.#parts.host.receiveEvent(this.#parts.peer, message[1], message[2])
        if (offence !== null) this.#parts.offend(offence, message[1])
        return
      }
      case kinds.progress:
      case kinds.item: {
        if (!isItem(message)) return void this.#refuse('malformed', 'item')
        const call = this.#parts.outgoing.get(message[1])
        if (call === undefined) {
          if (!this.#parts.outgoing.isPast(message[1]))
            this.#parts.offend('unknownCall', `item of call ${message[1]}`)
        } else if (!this.#parts.streams.received(call, message, arrivedAt)) {
          this.#parts.offend('badProgress', call.target.name)
        }
        return
      }
      case kinds.input:
        if (!isItem(message)) return void this.#refuse('malformed', 'input')
        if (!this.#parts.answering.streamItem(message[1], message[2], message[3]))
          this.#parts.offend('badProgress', 'input')
        return
      case kinds.itemDemand:
        if (isDemand(message)) this.#parts.answering.streamDemand(message[1], message[2])
        else this.#refuse('malformed', 'demand')
        return
      case kinds.inputDemand:
        if (isDemand(message)) this.#parts.streams.inputDemanded(message[1], message[2])
        else this.#refuse('malformed', 'demand')
        return
      case kinds.inputEnd:
        if (isInputEnd(message)) this.#parts.answering.streamInputEnd(message[1], message[2])
        else this.#refuse('malformed', 'end of input')
        return
      case kinds.hello:
        this.#greeted(message)
        return
      case kinds.goodbye:
        if (typeof message[1] !== 'string') return void this.#refuse('malformed', 'goodbye')
        this.#parts.end(`it said goodbye: ${message[1].slice(0, maxReasonCharacters)}`)
        return
      default:
        this.#refuse('malformed', 'unknown kind of message')
    }
  }

  #greeted(message: readonly unknown[]): void {
    if (!isHello(message)) return void this.#refuse('malformed', 'hello')
    const [, version, window, traceSeed] = message
    if (version !== protocolVersion) {
      this.#parts.close(`speaks version ${version} of the protocol, not ${protocolVersion}`)
      return
    }
    this.#traceSeed = traceSeed
    if (window > defaultQueueCapacity) this.#parts.granted(window)
  }

  #answered(message: ResponseMessage, protection: Protection, arrivedAt: number): void {
    const call = this.#takeAnswered(message[1])
    if (call === null) return
    if (this.#parts.leavesMemory && !isProtected(protection, call.target.protection)) {
      this.#parts.offend('unprotected', call.target.name)
      const needed = call.target.protection
      call.fail(new PermissionDeniedError(`The answer of ${call.target.name} was not ${needed}`), 'failed')
      return
    }
    this.#parts.host.answered(call, arrivedAt, millisecondsOf(message[4]))
    call.answer(message[2])
  }

  #failed(message: FailureMessage, arrivedAt: number): void {
    const wire = parseWireError(message[2])
    if (wire === null) return void this.#refuse('malformed', 'failure without an error')
    const call = this.#takeAnswered(message[1])
    if (call === null) return
    this.#parts.host.answered(call, arrivedAt, millisecondsOf(message[4]))
    const error = errorFromWire(wire)
    call.fail(error, error.code === 'CANCELLED' ? 'cancelled' : 'failed')
  }

  #takeAnswered(id: number): OutgoingCall | null {
    const call = this.#parts.outgoing.take(id)
    if (call === 'late') {
      this.lateAnswers += 1
      return null
    }
    if (call === 'unknown') {
      this.#parts.offend('unknownCall', `answer to call ${id}`)
      return null
    }
    this.#parts.streams.stop(id)
    return call
  }

  #refuse(offence: Offence, what: string): false {
    this.#parts.offend(offence, what)
    return false
  }
}
