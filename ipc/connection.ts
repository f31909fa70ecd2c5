import { type AnsweringHost, AnsweringMachine } from './answering.ts'
import { type IpcError, ProcessTerminatedError } from './errors.ts'
import { defaultQueueCapacity, ReceiveWindow } from './flow.ts'
import type { Identity } from './identity.ts'
import { Inbox } from './inbox.ts'
import { Listeners } from './listeners.ts'
import { kinds, maxReasonCharacters, protocolVersion } from './message.ts'
import type { LineMeters } from './metrics/call-book.ts'
import { type Offence, OffenceRecord } from './offences.ts'
import { Outbox } from './outbox.ts'
import { type Outgoing, OutgoingText } from './outgoing.ts'
import { OutgoingCall } from './outgoing-call.ts'
import { OutgoingCalls } from './outgoing-calls.ts'
import type { Packet, Port, Protection } from './port.ts'
import { Receiver, type ReceiverHost } from './receiver.ts'
import { approximateBytes } from './size.ts'
import { CallStreams } from './streams/call-streams.ts'
import type { Turns } from './turns.ts'

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
  /** Messages that wait here because the peer takes no more for now. */
  readonly waiting: number
}

/** One port to one peer, whose name main vouches for. */
export interface Connection extends Disposable {
  readonly peer: Identity
  readonly isOpen: boolean
  /** Why it was closed; null while it is open. */
  readonly closeReason: string | null
  /** Whether so much waits for the peer that whoever sends had better wait too (see `onPressure`). */
  readonly isPaused: boolean
  readonly counters: ConnectionCounters
  /** Called when what waits for the peer passes 80 % of the queue, and when it is below 20 % again. */
  onPressure(listener: (isPaused: boolean) => void): Disposable
  /** Called once, after the calls in flight have failed. At once when it is closed already. */
  onClose(listener: (reason: string) => void): Disposable
  /** Says goodbye, closes the port and fails what is in flight with PROCESS_TERMINATED. */
  close(reason: string): void
}

/** What a connection needs of its endpoint. */
export interface ConnectionHost extends AnsweringHost, ReceiverHost {
  readonly queueCapacity: number
  readonly turns: Turns
  /** Numbers for traces, one a connection. */
  readonly nextTraceSeed: () => number
  /** Sees each packet as it passes, for recordings; null while nobody looks. */
  observe:
    | ((direction: 'in' | 'out', peer: Identity, packet: unknown, spanOf: (id: number) => number) => void)
    | null
  counted(direction: 'in' | 'out', messages: number): void
}

/** @internal The endpoint's side of `Connection`. */
export class PortConnection implements Connection {
  readonly peer: Identity
  readonly #port: Port
  readonly #host: ConnectionHost
  readonly #meters: LineMeters
  readonly #outgoing = new OutgoingCalls()
  readonly #outbox: Outbox
  readonly #inbox: Inbox
  readonly #window: ReceiveWindow
  readonly #answering: AnsweringMachine
  readonly #receiver: Receiver
  readonly #streams: CallStreams
  readonly #offences = new OffenceRecord()
  readonly #closeListeners = new Listeners<[reason: string]>()
  readonly #pressureListeners = new Listeners<[isPaused: boolean]>()
  readonly #traceSeed: number
  #closeReason: string | null = null
  #messagesIn = 0
  #messagesOut = 0

  constructor(port: Port, peer: Identity, host: ConnectionHost, meters: LineMeters) {
    this.peer = peer
    this.#port = port
    this.#host = host
    this.#meters = meters
    this.#traceSeed = host.nextTraceSeed()
    const offend = (offence: Offence, detail: string): void => this.#offend(offence, detail)
    const line = { answer: (message: Outgoing) => this.#outbox.answer(message) }
    this.#outbox = new Outbox({
      port,
      capacity: host.queueCapacity,
      // What every peer takes before it has said anything; its hello may name more.
      credit: defaultQueueCapacity,
      now: () => host.clock.now(),
      inFlight: () => this.#outgoing.size,
      onPressure: isPaused => this.#pressureListeners.call(isPaused),
      calls: this.#outgoing,
      onRefused: (message, error) => {
        if (message instanceof OutgoingCall) this.#outgoing.take(message.id)
        message.refuse(error)
      },
      onPosted: (packet, messages) => this.#posted(packet, messages),
    })
    this.#window = new ReceiveWindow(host.queueCapacity, upTo =>
      this.#outbox.answer(new OutgoingText(`[${kinds.credit},${upTo}]`)),
    )
    this.#answering = new AnsweringMachine(peer, host, {
      ...line,
      leavesMemory: port.leavesMemory,
      offend,
      done: () => this.#window.done(),
      spanOf: id => this.#receiver.spanOf(id),
    })
    this.#streams = new CallStreams(line, id => this.#outgoing.get(id))
    this.#receiver = new Receiver({
      peer,
      leavesMemory: port.leavesMemory,
      host,
      window: this.#window,
      answering: this.#answering,
      outgoing: this.#outgoing,
      streams: this.#streams,
      granted: upTo => this.#outbox.granted(upTo),
      forget: id => this.#inbox.forget(id),
      offend,
      close: reason => this.close(reason),
      end: reason => this.#end(reason),
    })
    this.#inbox = new Inbox(
      {
        receiver: this.#receiver,
        offend,
        failed: error => this.#failed(error),
        turnEnded: () => this.#outbox.flush(),
      },
      host.turns,
    )
    port.onMessage((packet, protection) => this.#receive(packet, protection))
    port.onClose(() => this.#end('the port closed'))
  }

  /** Begins to listen; apart from the constructor so that the endpoint knows the connection by then. */
  open(): void {
    this.#port.start()
    this.#outbox.answer(
      new OutgoingText(`[${kinds.hello},${protocolVersion},${this.#host.queueCapacity},${this.#traceSeed}]`),
    )
    // Before anything else, because the names of calls in traces build on it.
    this.#outbox.flush()
  }

  get isOpen(): boolean {
    return this.#closeReason === null
  }

  get closeReason(): string | null {
    return this.#closeReason
  }

  get isPaused(): boolean {
    return this.#outbox.isPaused
  }

  get counters(): ConnectionCounters {
    return {
      messagesIn: this.#messagesIn,
      messagesOut: this.#messagesOut,
      offences: this.#offences.total,
      lateAnswers: this.#receiver.lateAnswers,
      inFlight: this.#outgoing.size,
      answering: this.#answering.size,
      waiting: this.#outbox.waiting,
    }
  }

  /** Calls that wait to be sent or answered, in no particular order. */
  calls(): readonly OutgoingCall[] {
    const waiting = [...this.#outbox.asks].filter(message => message instanceof OutgoingCall)
    return [...this.#outgoing.values(), ...waiting]
  }

  onPressure(listener: (isPaused: boolean) => void): Disposable {
    return this.#pressureListeners.add(listener)
  }

  onClose(listener: (reason: string) => void): Disposable {
    if (this.#closeReason !== null) listener(this.#closeReason)
    return this.#closeListeners.add(listener)
  }

  /** Asks for items of a call's stream. */
  demandItems(call: OutgoingCall, upTo: number): void {
    this.#streams.demand(call, upTo)
  }

  /** The name of a call of ours in traces. */
  spanOf(call: OutgoingCall): number {
    return this.#traceSeed + call.id
  }

  /** Sends a call that the endpoint has prepared; false when too many wait. */
  send(call: OutgoingCall, now: number): boolean {
    if (this.#closeReason !== null) {
      call.refuse(this.#goneError())
      return true
    }
    const isTaken = this.#outbox.call(call, now)
    if (this.#outbox.waiting > 0) this.#meters.sent.queued(this.#outbox.waiting)
    return isTaken
  }

  /** Takes a call back; the peer is asked to stop its work, unless the call has a key and will be repeated. */
  abandon(call: OutgoingCall): boolean {
    if (call.id === 0) return this.#outbox.remove(call)
    if (!this.#outgoing.abandon(call)) return false
    this.#streams.stop(call.id)
    if (call.extras?.repeatKey === undefined)
      this.#outbox.answer(new OutgoingText(`[${kinds.cancel},${call.id}]`))
    return true
  }

  /** Sends an event or a notification; false when too many wait. */
  tell(message: Outgoing): boolean {
    if (this.#closeReason !== null) return false
    const isTaken = this.#outbox.tell(message)
    if (this.#outbox.waiting > 0) this.#meters.sent.queued(this.#outbox.waiting)
    return isTaken
  }

  /** A contract is served from now on: answers what waited for it. */
  contractServed(contract: string): void {
    this.#answering.contractServed(contract)
  }

  close(reason: string): void {
    if (this.#closeReason !== null) return
    this.#outbox.answer(
      new OutgoingText(`[${kinds.goodbye},${JSON.stringify(reason.slice(0, maxReasonCharacters))}]`),
    )
    this.#outbox.flush()
    this.#end(reason)
  }

  [Symbol.dispose](): void {
    this.close('no longer needed')
  }

  #end(reason: string): void {
    if (this.#closeReason !== null) return
    this.#closeReason = reason
    const unsent = this.#outbox.close()
    this.#inbox.close()
    this.#port.close()
    this.#answering.abortAll(() => this.#goneError())
    for (const call of this.#outgoing.drain()) call.fail(this.#goneError(), 'failed')
    for (const message of unsent) message.refuse(this.#goneError())
    this.#streams.close()
    this.#closeListeners.call(reason)
    this.#closeListeners.clear()
    this.#pressureListeners.clear()
  }

  #goneError(): IpcError {
    return new ProcessTerminatedError(`${this.peer.id} is gone: ${this.#closeReason}`)
  }

  #posted(packet: Packet, messages: number): void {
    this.#messagesOut += messages
    this.#host.counted('out', messages)
    this.#meters.sent.moved(messages, lengthOf(packet))
    this.#host.observe?.('out', this.peer, packet, id => this.#traceSeed + id)
  }

  #receive(packet: unknown, protection: Protection): void {
    if (this.#closeReason !== null) return
    this.#outbox.gather()
    try {
      const messages = this.#inbox.open(packet)
      if (messages === null) return
      const now = this.#host.clock.now()
      this.#messagesIn += messages.length
      this.#meters.received.moved(messages.length, lengthOf(packet))
      this.#host.counted('in', messages.length)
      this.#host.observe?.('in', this.peer, packet, id => this.#receiver.spanOf(id))
      this.#inbox.receive(messages, protection, now)
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#outbox.flush()
    }
  }

  /** A listener of ours failed. That is no reason to bring down the process, nor the peer's fault. */
  #failed(error: unknown): void {
    this.#host.log({ level: 'error', message: 'A listener failed', details: { peer: this.peer.id, error } })
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

/** In characters, which are bytes for nearly all that is said; a list has no such form, so its size is estimated. */
function lengthOf(packet: unknown): number {
  return typeof packet === 'string' ? packet.length : approximateBytes(packet)
}
