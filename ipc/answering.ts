import { allowsRole } from './any-role.ts'
import type { Clock } from './clock.ts'
import { type Deadline, type Deadlines, deadlineOf } from './deadlines.ts'
import {
  CancelledError,
  errorToWire,
  type IpcError,
  PermissionDeniedError,
  QueueFullError,
  TargetUnavailableError,
  ValidationError,
} from './errors.ts'
import type { Identity } from './identity.ts'
import { IncomingCall } from './incoming-call.ts'
import type { Log } from './log.ts'
import type { WireMessage } from './message.ts'
import type { CallMetrics, CallOutcome } from './metrics.ts'
import type { Offence } from './offences.ts'
import type { ServedContract, ServedMethod } from './served-contract.ts'
import { checkerOf } from './validation.ts'

type Request = Extract<WireMessage, { kind: 'request' }>

/** How many calls of one peer may run or wait at a time. */
const maxConcurrentCalls = 1_000

/** A process that has just been welcomed may serve its contracts a moment later. */
const patienceForServiceMs = 5_000

/** What answering needs of the endpoint. */
export interface AnsweringHost {
  readonly clock: Clock
  readonly deadlines: Deadlines
  readonly log: Log
  readonly isDebugging: boolean
  readonly handled: CallMetrics
  served(contract: string): ServedContract | undefined
}

/** What answering needs of its connection. */
export interface AnsweringLine {
  /** Null when it is on its way, else why not. */
  send(message: WireMessage): IpcError | null
  offend(offence: Offence, detail: string): void
}

/** Answers the calls that one peer makes: who may, with what, and what came of it. */
export class AnsweringMachine {
  readonly #peer: Identity
  readonly #host: AnsweringHost
  readonly #line: AnsweringLine
  readonly #running = new Map<number, IncomingCall>()
  /** Calls of contracts that nobody serves yet. */
  readonly #held = new Map<number, { readonly request: Request; readonly deadline: Deadline }>()
  #lastId = 0
  /** Handlers at work, with those whose callers gave up: cancelling must not make room for more than the limit. */
  #atWork = 0

  constructor(peer: Identity, host: AnsweringHost, line: AnsweringLine) {
    this.#peer = peer
    this.#host = host
    this.#line = line
  }

  get size(): number {
    return this.#running.size + this.#held.size
  }

  receive(request: Request): void {
    // Numbers only count up; one that comes again would answer two calls with one.
    if (request.id <= this.#lastId) {
      this.#line.offend('repeatedNumber', `call ${request.id}`)
      return
    }
    this.#lastId = request.id
    if (this.#atWork + this.#held.size >= maxConcurrentCalls) {
      this.refuse(request, new QueueFullError(`${maxConcurrentCalls} calls are running already`))
      return
    }
    const served = this.#host.served(request.contract)
    if (served === undefined) this.#hold(request)
    else this.#start(request, served)
  }

  refuse(request: Request, error: IpcError): void {
    this.#lastId = Math.max(this.#lastId, request.id)
    this.#sendFailure(request.id, error, 0)
  }

  cancel(id: number): void {
    const held = this.#held.get(id)
    held?.deadline.remove()
    this.#held.delete(id)
    const call = this.#running.get(id)
    if (call === undefined) return
    this.#running.delete(id)
    call.abort(new CancelledError('The caller cancelled'))
    this.#record(call, 'cancelled')
  }

  /** Sends a report of progress to the caller. */
  report(id: number, index: number, value: unknown): void {
    this.#line.send({ kind: 'progress', id, index, value })
  }

  contractServed(contract: string): void {
    const served = this.#host.served(contract)
    if (served === undefined) return
    for (const [id, { request, deadline }] of this.#held) {
      if (request.contract !== contract) continue
      deadline.remove()
      this.#held.delete(id)
      this.#start(request, served)
    }
  }

  /** The peer is gone: nobody waits for what is running. */
  abortAll(reason: IpcError): void {
    for (const { deadline } of this.#held.values()) deadline.remove()
    this.#held.clear()
    const calls = [...this.#running.values()]
    this.#running.clear()
    for (const call of calls) {
      call.abort(reason)
      this.#record(call, 'cancelled')
    }
  }

  #hold(request: Request): void {
    const deadline = deadlineOf(() => {
      this.#held.delete(request.id)
      this.refuse(request, new TargetUnavailableError(`${request.contract} is not served here`))
    })
    this.#held.set(request.id, { request, deadline })
    const patienceMs = Math.min(request.deadlineMs, patienceForServiceMs)
    this.#host.deadlines.add(deadline, this.#host.clock.now() + patienceMs)
  }

  #start(request: Request, served: ServedContract): void {
    const name = `${request.contract}.${request.method}`
    const method = served.methods.get(request.method)
    if (method === undefined) {
      this.refuse(request, new ValidationError(`There is no method ${name}`))
      return
    }
    const { callers, args } = method.declaration
    if (!allowsRole(callers, this.#peer.role)) {
      this.refuse(request, new PermissionDeniedError(`${this.#peer.role} may not call ${name}`))
      this.#line.offend('denied', name)
      return
    }
    const checker = checkerOf(args)
    if (!checker.check(request.args)) {
      this.refuse(request, new ValidationError(`${name}: ${checker.explain(request.args, 'args')}`))
      return
    }
    this.#run(request, method)
  }

  #run(request: Request, method: ServedMethod): void {
    const now = this.#host.clock.now()
    const { id, contract } = request
    const call = new IncomingCall(
      {
        id,
        peer: this.#peer,
        contract,
        method: request.method,
        startedAt: now,
        deadlineAt: now + request.deadlineMs,
      },
      this,
    )
    this.#running.set(id, call)
    try {
      const outcome = method.handle(request.args, call)
      if (outcome instanceof Promise) {
        this.#atWork += 1
        outcome.then(
          result => {
            this.#atWork -= 1
            this.#succeed(call, result)
          },
          error => {
            this.#atWork -= 1
            this.#fail(call, error)
          },
        )
      } else {
        this.#succeed(call, outcome)
      }
    } catch (error) {
      this.#fail(call, error)
    }
  }

  #succeed(call: IncomingCall, result: unknown): void {
    if (call.isOver) return
    const durationMs = this.#host.clock.now() - call.startedAt
    const problem = this.#line.send({ kind: 'response', id: call.id, result, durationMs })
    if (problem !== null) {
      this.#fail(call, problem)
      return
    }
    this.#running.delete(call.id)
    call.end()
    this.#record(call, 'answered')
  }

  #fail(call: IncomingCall, error: unknown): void {
    if (call.isOver) return
    this.#running.delete(call.id)
    call.end()
    this.#record(call, 'failed')
    this.#sendFailure(
      call.id,
      error,
      this.#host.clock.now() - call.startedAt,
      `${call.contract}.${call.method}`,
    )
  }

  #sendFailure(id: number, error: unknown, durationMs: number, name = 'The call'): void {
    const safeMessage = `${name} failed in the other process`
    const wire = errorToWire(error, safeMessage, this.#host.isDebugging)
    if (wire.code === 'HANDLER_ERROR') {
      // The caller gets a safe message only, so the whole story is told here.
      this.#host.log({
        level: 'error',
        message: `A handler failed: ${name}`,
        details: { peer: this.#peer.id, error },
      })
    }
    this.#line.send({ kind: 'failure', id, error: wire, durationMs })
  }

  #record(call: IncomingCall, outcome: CallOutcome): void {
    const milliseconds = this.#host.clock.now() - call.startedAt
    this.#host.handled.record(this.#peer.id, call.contract, call.method, outcome, milliseconds)
  }
}
