import { AnswerWriter, type AnswerWriterHost } from './answer-writer.ts'
import { isProtected } from './call-target.ts'
import {
  CancelledError,
  type IpcError,
  PermissionDeniedError,
  QueueFullError,
  TargetUnavailableError,
  ValidationError,
} from './errors.ts'
import type { Identity } from './identity.ts'
import { IncomingCall, type IncomingCallLine } from './incoming-call.ts'
import { type NotificationMessage, parseExtras, type RequestExtras, type RequestMessage } from './message.ts'
import type { Offence } from './offences.ts'
import type { Outgoing } from './outgoing.ts'
import type { Protection } from './port.ts'
import type { Repeats } from './repeats.ts'
import type { ServedMethod } from './served-contract.ts'
import { AnswerStreams } from './streams/answer-streams.ts'

/** A process that has just been welcomed may serve its contracts a moment later. */
const patienceForServiceMs = 5_000

/** What answering needs of the endpoint. */
export interface AnsweringHost extends AnswerWriterHost {
  readonly repeats: Repeats
  /** `null` when nobody serves the contract (yet), `undefined` when the contract has no such method. */
  servedMethod(name: string): ServedMethod | null | undefined
}

/** What answering needs of its connection. */
export interface AnsweringLine {
  readonly leavesMemory: boolean
  answer(message: Outgoing): void
  offend(offence: Offence, detail: string): void
  /** A request or notification has been dealt with, and its place is free. */
  done(): void
  /** The name of a call in traces. */
  spanOf(id: number): number
}

/** A request as it waits or runs. */
interface Asked {
  readonly id: number
  readonly name: string
  readonly args: unknown
  readonly deadlineMs: number
  readonly extras: RequestExtras
  readonly protection: Protection
  readonly arrivedAt: number
}

/** Answers the calls that one peer makes: who may, with what, and what came of it. */
export class AnsweringMachine implements IncomingCallLine {
  readonly #peer: Identity
  readonly #host: AnsweringHost
  readonly #line: AnsweringLine
  readonly #streams: AnswerStreams
  readonly #writer: AnswerWriter
  readonly #running = new Map<number, IncomingCall>()
  /** Calls of contracts that nobody serves yet. */
  readonly #held = new Map<number, { readonly asked: Asked; readonly patience: Disposable }>()
  #lastId = 0

  constructor(peer: Identity, host: AnsweringHost, line: AnsweringLine) {
    this.#peer = peer
    this.#host = host
    this.#line = line
    this.#streams = new AnswerStreams(line)
    this.#writer = new AnswerWriter(peer, host, line)
  }

  get size(): number {
    return this.#running.size + this.#held.size
  }

  /** Numbers only count up; one that comes again would answer two calls with one. */
  isNew(id: number): boolean {
    if (id <= this.#lastId) {
      this.#line.offend('repeatedNumber', `call ${id}`)
      return false
    }
    this.#lastId = id
    return true
  }

  request(message: RequestMessage, protection: Protection, arrivedAt: number): void {
    const extras = this.#readExtras(message[5], 'a request')
    if (extras === null) return
    const [, id, name, args, deadlineMs] = message
    this.#begin({ id, name, args, deadlineMs, extras, protection, arrivedAt })
  }

  notification(message: NotificationMessage, protection: Protection, arrivedAt: number): void {
    const extras = this.#readExtras(message[3], 'a notification')
    if (extras === null) return
    const [, name, args] = message
    this.#begin({ id: 0, name, args, deadlineMs: Number.POSITIVE_INFINITY, extras, protection, arrivedAt })
  }

  /** Refuses a request that is not to be dealt with at all. */
  refuseFlood(message: RequestMessage): void {
    this.#writer.refusal(message[1], new QueueFullError('More was sent than was granted'))
  }

  cancel(id: number): void {
    const held = this.#held.get(id)
    if (held !== undefined) {
      held.patience[Symbol.dispose]()
      this.#held.delete(id)
      this.#line.done()
    }
    const call = this.#running.get(id)
    if (call === undefined) return
    this.#running.delete(id)
    this.#abort(call, new CancelledError('The caller cancelled'))
  }

  /** What concerns the streams of running calls; false when it fits none. */
  streamItem(id: number, index: number, value: unknown): boolean {
    return this.#streams.input(id, index, value)
  }

  streamDemand(id: number, upTo: number): void {
    this.#streams.demanded(id, upTo)
  }

  streamInputEnd(id: number, error: unknown): void {
    this.#streams.inputEnded(id, error)
  }

  contractServed(contract: string): void {
    for (const [id, { asked, patience }] of this.#held) {
      if (!asked.name.startsWith(`${contract}.`)) continue
      patience[Symbol.dispose]()
      this.#held.delete(id)
      this.#begin(asked)
    }
  }

  /** The peer is gone: nobody waits for what is running. */
  abortAll(makeReason: () => IpcError): void {
    for (const { patience } of this.#held.values()) patience[Symbol.dispose]()
    this.#held.clear()
    const calls = [...this.#running.values()]
    this.#running.clear()
    // An error costs more than closing a connection on which nothing runs.
    if (calls.length === 0) return
    const reason = makeReason()
    for (const call of calls) this.#abort(call, reason)
  }

  /** @internal */
  report(call: IncomingCall, index: number, value: unknown): void {
    this.#streams.report(call, index, value)
  }

  /** @internal */
  openInput(call: IncomingCall): AsyncIterable<never> {
    return this.#streams.openInput(call)
  }

  #readExtras(raw: unknown, whose: string): RequestExtras | null {
    const extras = parseExtras(raw)
    if (extras !== null) return extras
    this.#line.offend('malformed', `extras of ${whose}`)
    this.#line.done()
    return null
  }

  #begin(asked: Asked): void {
    const method = this.#host.servedMethod(asked.name)
    if (method === null) {
      this.#hold(asked)
      return
    }
    const problem = method === undefined ? noSuchMethod(asked.name) : this.#problemOf(asked, method)
    if (problem !== null) this.#refuse(asked, problem)
    else if (method !== undefined) this.#run(asked, method)
  }

  /** Why this peer may not call this method so; null when it may. */
  #problemOf({ id, name, args, protection }: Asked, method: ServedMethod): IpcError | null {
    if (!method.allows(this.#peer.role)) {
      this.#line.offend('denied', name)
      return new PermissionDeniedError(`${this.#peer.role} may not call ${name}`)
    }
    if (this.#line.leavesMemory && !isProtected(protection, method.protection)) {
      this.#line.offend('unprotected', name)
      return new PermissionDeniedError(`${name} has to be ${method.protection}`)
    }
    if (!method.args.check(args)) return new ValidationError(`${name}: ${method.args.explain(args, 'args')}`)
    const isOneWay = method.declaration.oneWay === true
    if (isOneWay === (id === 0)) return null
    return new ValidationError(
      `${name} ${isOneWay ? 'is only sent, not answered' : 'is answered, not only sent'}`,
    )
  }

  #hold(asked: Asked): void {
    // What nobody waits for is not kept either.
    if (asked.id === 0) {
      this.#line.done()
      return
    }
    const unserved = (): void => {
      this.#held.delete(asked.id)
      const contract = asked.name.slice(0, asked.name.indexOf('.'))
      this.#refuse(asked, new TargetUnavailableError(`${contract} is not served here`))
    }
    const patienceMs = Math.min(asked.deadlineMs, patienceForServiceMs)
    this.#held.set(asked.id, { asked, patience: this.#host.clock.after(patienceMs, unserved) })
  }

  #run(asked: Asked, method: ServedMethod): void {
    const startedAt = this.#host.clock.now()
    const { id, extras, arrivedAt } = asked
    const spanId = id === 0 ? 0 : this.#line.spanOf(id)
    const trace = { traceId: extras.trace ?? spanId, spanId }
    const deadlineAt = arrivedAt + asked.deadlineMs
    const call = new IncomingCall(this, id, this.#peer, method, trace, arrivedAt, startedAt, deadlineAt)
    if (extras.repeatKey !== undefined && isRepeatable(method)) {
      this.#runOnce(asked, call, extras.repeatKey)
      return
    }
    const isCancellable = id !== 0
    this.#handle(
      asked.args,
      call,
      isCancellable,
      result => this.#succeed(call, result),
      error => this.#fail(call, error),
    )
  }

  /** Work that may be asked for again is done once, and to its end: neither a cancel nor a lost connection stops it. */
  #runOnce(asked: Asked, call: IncomingCall, key: string): void {
    const tell = this.#host.repeats.begin(this.#peer.id, key, outcome => {
      if (outcome.kind === 'result') this.#succeed(call, outcome.value)
      else this.#fail(call, outcome.error)
    })
    if (tell === null) return
    this.#handle(
      asked.args,
      call,
      false,
      value => {
        tell({ kind: 'result', value })
        this.#succeed(call, value)
      },
      error => {
        tell({ kind: 'error', error })
        this.#fail(call, error)
      },
    )
  }

  #handle(
    args: unknown,
    call: IncomingCall,
    isCancellable: boolean,
    onResult: (value: unknown) => void,
    onError: (error: unknown) => void,
  ): void {
    try {
      const outcome = call.method.handle(args, call)
      if (outcome instanceof Promise) {
        if (isCancellable) this.#running.set(call.id, call)
        outcome.then(onResult, onError)
      } else if (call.method.declaration.item !== undefined) {
        if (isCancellable) this.#running.set(call.id, call)
        this.#streams.pump(call, outcome, onResult, onError)
      } else {
        onResult(outcome)
      }
    } catch (error) {
      onError(error)
    }
  }

  #succeed(call: IncomingCall, result: unknown): void {
    if (this.#isStillWanted(call)) this.#writer.result(call, result)
  }

  #fail(call: IncomingCall, error: unknown): void {
    if (this.#isStillWanted(call)) this.#writer.failure(call, error)
  }

  /** The handler is done, and its place is free; false when nobody waits for what it gives any more. */
  #isStillWanted(call: IncomingCall): boolean {
    this.#line.done()
    this.#streams.close(call.id)
    if (call.isOver) return false
    this.#running.delete(call.id)
    call.end()
    return true
  }

  #refuse(asked: Asked, error: IpcError): void {
    this.#line.done()
    this.#writer.refusal(asked.id, error)
  }

  #abort(call: IncomingCall, reason: IpcError): void {
    call.abort(reason)
    this.#streams.stop(call.id)
    this.#writer.aborted(call)
  }
}

/** What flows cannot be given once more, and has to be stopped when nobody reads or sends it any longer. */
function isRepeatable({ declaration }: ServedMethod): boolean {
  return declaration.item === undefined && declaration.input === undefined
}

function noSuchMethod(name: string): ValidationError {
  return new ValidationError(`There is no method ${name}`)
}
