import { type AnsweringHost, AnsweringMachine } from './answering.ts'
import {
  errorFromWire,
  IpcError,
  MessageTooLargeError,
  ProcessTerminatedError,
  ValidationError,
} from './errors.ts'
import type { Identity } from './identity.ts'
import { Listeners } from './listeners.ts'
import { parseWireMessage, protocolVersion, type WireMessage } from './message.ts'
import { type Offence, OffenceRecord } from './offences.ts'
import type { OutgoingCall } from './outgoing-call.ts'
import { OutgoingCalls } from './outgoing-calls.ts'
import type { Port } from './port.ts'
import { approximateBytes, maxMessageBytes } from './size.ts'

/** The numbers of one connection. */
export interface ConnectionCounters {
  readonly messagesIn: number
  readonly messagesOut: number
  /** What the peer did that was refused. */
  readonly offences: number
  /** Answers to calls that had been given up. */
  readonly lateAnswers: number
  /** Calls from here that wait for an answer. */
  readonly inFlight: number
  /** Calls from there that are being answered. */
  readonly answering: number
}

/** One port to one peer, whose name main vouches for. */
export interface Connection extends Disposable {
  readonly peer: Identity
  readonly isOpen: boolean
  /** Why it was closed; null while it is open. */
  readonly closeReason: string | null
  readonly counters: ConnectionCounters
  /** Called once, after the calls in flight have failed. At once when it is closed already. */
  onClose(listener: (reason: string) => void): Disposable
  /** Says goodbye, closes the port and fails what is in flight with PROCESS_TERMINATED. */
  close(reason: string): void
}

/** What a connection needs of its endpoint. */
export interface ConnectionHost extends AnsweringHost {
  /** Hands an event to those who listen. */
  receiveEvent(peer: Identity, contract: string, event: string, payload: unknown): Offence | null
  /** @internal Sees each message as it passes, for recordings. */
  observe(direction: 'in' | 'out', peer: Identity, message: WireMessage): void
  counted(direction: 'in' | 'out'): void
}

/** @internal The endpoint's side of `Connection`. */
export class PortConnection implements Connection {
  readonly peer: Identity
  readonly #port: Port
  readonly #host: ConnectionHost
  readonly #outgoing = new OutgoingCalls()
  readonly #answering: AnsweringMachine
  readonly #offences = new OffenceRecord()
  readonly #closeListeners = new Listeners<[reason: string]>()
  #closeReason: string | null = null
  #messagesIn = 0
  #messagesOut = 0
  #lateAnswers = 0

  constructor(port: Port, peer: Identity, host: ConnectionHost) {
    this.peer = peer
    this.#port = port
    this.#host = host
    this.#answering = new AnsweringMachine(peer, host, {
      send: message => this.#post(message),
      offend: (offence, detail) => this.#offend(offence, detail),
    })
    port.onMessage(message => this.#receive(message))
    port.onClose(() => this.#end('the port closed'))
  }

  /** Begins to listen; apart from the constructor so that the endpoint knows the connection by then. */
  open(): void {
    this.#port.start()
    this.#post({ kind: 'hello', version: protocolVersion })
  }

  get isOpen(): boolean {
    return this.#closeReason === null
  }

  get closeReason(): string | null {
    return this.#closeReason
  }

  get counters(): ConnectionCounters {
    return {
      messagesIn: this.#messagesIn,
      messagesOut: this.#messagesOut,
      offences: this.#offences.total,
      lateAnswers: this.#lateAnswers,
      inFlight: this.#outgoing.size,
      answering: this.#answering.size,
    }
  }

  onClose(listener: (reason: string) => void): Disposable {
    if (this.#closeReason !== null) listener(this.#closeReason)
    return this.#closeListeners.add(listener)
  }

  /** Sends a call that the endpoint has prepared. */
  send(call: OutgoingCall): void {
    const id = this.#outgoing.add(call)
    const { contract, method, args } = call
    const deadlineMs = Math.max(0, call.startedAt + call.deadlineMs - this.#host.clock.now())
    const problem = this.#post({ kind: 'request', id, contract, method, args, deadlineMs })
    if (problem === null) return
    this.#outgoing.take(id)
    call.fail(problem, 'failed')
  }

  /** True when the call stood here; the peer is asked to stop its work. */
  abandon(call: OutgoingCall): boolean {
    if (!this.#outgoing.abandon(call)) return false
    this.#post({ kind: 'cancel', id: call.id })
    return true
  }

  /** Announces an event. A payload that cannot be copied is the announcer's mistake and is thrown. */
  announce(contract: string, event: string, payload: unknown): void {
    const problem = this.#post({ kind: 'event', contract, event, payload })
    if (problem !== null) throw problem
  }

  /** A contract is served from now on: answers what waited for it. */
  contractServed(contract: string): void {
    this.#answering.contractServed(contract)
  }

  close(reason: string): void {
    if (this.#closeReason !== null) return
    this.#post({ kind: 'goodbye', reason })
    this.#end(reason)
  }

  [Symbol.dispose](): void {
    this.close('no longer needed')
  }

  #end(reason: string): void {
    if (this.#closeReason !== null) return
    this.#closeReason = reason
    this.#port.close()
    this.#answering.abortAll(new ProcessTerminatedError(`${this.peer.id} is gone: ${reason}`))
    for (const call of this.#outgoing.drain()) {
      call.fail(new ProcessTerminatedError(`${this.peer.id} is gone: ${reason}`), 'failed')
    }
    this.#closeListeners.call(reason)
    this.#closeListeners.clear()
  }

  /** Null when it is on its way, else why it cannot be sent. */
  #post(message: WireMessage): IpcError | null {
    if (this.#closeReason !== null)
      return new ProcessTerminatedError(`${this.peer.id} is gone: ${this.#closeReason}`)
    // Refused here, where whoever made it can be told, rather than at the receiver.
    if (approximateBytes(message) > maxMessageBytes) {
      return new MessageTooLargeError(`More than ${maxMessageBytes} bytes`)
    }
    try {
      this.#port.post(message)
    } catch (error) {
      if (error instanceof IpcError) return error
      const reason = error instanceof Error ? error.message : String(error)
      return new ValidationError(`The message cannot be copied to another process: ${reason}`)
    }
    this.#messagesOut += 1
    this.#host.counted('out')
    this.#host.observe('out', this.peer, message)
    return null
  }

  #receive(raw: unknown): void {
    if (this.#closeReason !== null) return
    this.#messagesIn += 1
    this.#host.counted('in')
    try {
      const message = parseWireMessage(raw)
      if (message.kind === 'malformed') {
        this.#offend('malformed', message.reason)
        return
      }
      if (approximateBytes(raw) > maxMessageBytes) {
        this.#refuseLarge(message)
        return
      }
      this.#host.observe('in', this.peer, message)
      this.#dispatch(message)
    } catch (error) {
      // A listener of ours failed. That is no reason to bring down the process, nor the peer's fault.
      this.#host.log({ level: 'error', message: 'A listener failed', details: { peer: this.peer.id, error } })
    }
  }

  #dispatch(message: WireMessage): void {
    switch (message.kind) {
      case 'hello':
        if (message.version !== protocolVersion) {
          this.close(`speaks version ${message.version} of the protocol, not ${protocolVersion}`)
        }
        return
      case 'request':
        this.#answering.receive(message)
        return
      case 'cancel':
        this.#answering.cancel(message.id)
        return
      case 'response': {
        const call = this.#takeAnswered(message.id)
        call?.answer(message.result)
        return
      }
      case 'failure': {
        const call = this.#takeAnswered(message.id)
        const error = errorFromWire(message.error)
        call?.fail(error, error.code === 'CANCELLED' ? 'cancelled' : 'failed')
        return
      }
      case 'progress': {
        const call = this.#outgoing.get(message.id)
        if (call !== undefined) {
          if (!call.report(message.index, message.value)) this.#offend('badProgress', call.name)
        } else if (!this.#outgoing.isPast(message.id)) {
          this.#offend('unknownCall', `progress of call ${message.id}`)
        }
        return
      }
      case 'event': {
        const offence = this.#host.receiveEvent(this.peer, message.contract, message.event, message.payload)
        if (offence !== null) this.#offend(offence, `${message.contract}.${message.event}`)
        return
      }
      case 'goodbye':
        this.#end(`it said goodbye: ${message.reason}`)
        return
    }
  }

  #takeAnswered(id: number): OutgoingCall | null {
    const call = this.#outgoing.take(id)
    if (call === 'late') {
      this.#lateAnswers += 1
      return null
    }
    if (call === 'unknown') {
      this.#offend('unknownCall', `answer to call ${id}`)
      return null
    }
    return call
  }

  #refuseLarge(message: WireMessage): void {
    this.#offend('tooLarge', message.kind)
    const error = new MessageTooLargeError(`More than ${maxMessageBytes} bytes`)
    if (message.kind === 'request') this.#answering.refuse(message, error)
    if (message.kind === 'response') this.#takeAnswered(message.id)?.fail(error, 'failed')
  }

  #offend(offence: Offence, detail: string): void {
    const isEnough = this.#offences.add(offence, detail)
    this.#host.log({
      level: 'warning',
      message: 'Refused a message',
      details: { peer: this.peer.id, offence, detail },
    })
    if (isEnough) this.close(`too many offences, the last one ${this.#offences.last}`)
  }
}
