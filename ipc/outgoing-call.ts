import type { CallTarget } from './call-target.ts'
import { type IpcError, ValidationError } from './errors.ts'
import type { Group } from './groups.ts'
import type { EndpointId } from './identity.ts'
import { kinds, type RequestExtras } from './message.ts'
import type { CallOutcome } from './metrics/method-meter.ts'
import type { Calls, Outgoing, UnwrittenBody } from './outgoing.ts'
import type { Protection } from './port.ts'
import type { IncomingStream } from './streams/incoming-stream.ts'

/** What a call needs of the endpoint that made it. */
export interface CallOwner {
  /** The caller cancelled, or the deadline passed: take it out of wherever it stands. */
  abandon(call: OutgoingCall, outcome: 'timedOut' | 'cancelled'): void
  settled(call: OutgoingCall, outcome: CallOutcome): void
}

/** What only some calls need, apart from the others so that these stay small. */
export interface CallExtras extends RequestExtras {
  readonly onProgress?: ((report: unknown) => void) | undefined
  readonly items?: IncomingStream<unknown> | undefined
  /** Read once the other side asks for items. */
  readonly input?: AsyncIterable<unknown> | Iterable<unknown> | undefined
  /** The longest silence of a stream, in milliseconds. */
  readonly silenceMs?: number | undefined
}

const nothing = (): void => {}
let captured: (value: unknown) => void = nothing
const capture = (resolve: (value: unknown) => void): void => {
  captured = resolve
}

/** One call from here to a peer, from the moment it is made until it is settled. Settles once. */
export class OutgoingCall implements Outgoing {
  readonly target: CallTarget
  readonly extras: CallExtras | null
  /** Time of the endpoint's clock. */
  readonly startedAt: number
  /** From there, in whole milliseconds. */
  deadlineMs: number
  /** The number on its port; 0 until it is sent. */
  id = 0
  /** Arguments, until they are sent; from then on the microseconds that it waited for that. */
  #body: UnwrittenBody | string | number
  #resolve: ((value: unknown) => void) | null

  /**
   * Makes a call and the promise of its result. A hundred thousand may wait, so a call is small: it does not hold the
   * promise, and what all calls of a method have in common is held by `target`.
   */
  static open(
    target: CallTarget,
    body: UnwrittenBody | string,
    startedAt: number,
    deadlineMs: number,
    extras: CallExtras | null,
  ): { readonly call: OutgoingCall; readonly result: Promise<unknown> } {
    const result = new Promise(capture)
    const call = new OutgoingCall(target, body, startedAt, deadlineMs, extras, captured)
    // What was captured holds the promise, and with it the result.
    captured = nothing
    return { call, result }
  }

  private constructor(
    target: CallTarget,
    body: UnwrittenBody | string,
    startedAt: number,
    deadlineMs: number,
    extras: CallExtras | null,
    resolve: (value: unknown) => void,
  ) {
    this.target = target
    this.#body = body
    this.startedAt = startedAt
    this.deadlineMs = Math.ceil(deadlineMs)
    this.extras = extras
    this.#resolve = resolve
  }

  /** Time of the endpoint's clock. */
  get deadlineAt(): number {
    return this.startedAt + this.deadlineMs
  }

  /** Microseconds between the call and its sending. */
  get queuedMicros(): number {
    return typeof this.#body === 'number' ? this.#body : 0
  }

  get peer(): EndpointId {
    return this.target.peer
  }

  get group(): Group | null {
    return this.extras === null && typeof this.#body === 'string' ? this.target.requestGroup : null
  }

  get rank(): 0 | 1 | 2 {
    const priority = this.extras?.priority
    if (priority === undefined) return this.target.rank
    return priority === 'h' ? 0 : 2
  }

  get protection(): Protection {
    return this.target.protection
  }

  toText(now: number, calls: Calls): string | null {
    const body = this.#body
    if (typeof body !== 'string') return null
    const deadlineMs = this.#leave(now, calls)
    const extras = this.#travelling()
    const tail = extras === null ? '' : `,${JSON.stringify(extras)}`
    const text = `[${kinds.request},${this.id},${this.target.nameText},${body},${deadlineMs}${tail}]`
    this.target.meter?.bytes(text.length)
    return text
  }

  toPart(now: number, calls: Calls): string {
    const body = this.#body
    const deadlineMs = this.#leave(now, calls)
    const part = `${this.id},${String(body)},${deadlineMs}`
    this.target.meter?.bytes(part.length)
    return part
  }

  toList(now: number, calls: Calls): readonly unknown[] {
    const body = this.#body
    this.#leave(now, calls)
    const args = typeof body === 'object' ? body.value : null
    const deadlineMs = Math.max(0, Math.ceil(this.deadlineAt - now))
    const extras = this.#travelling()
    const message = [kinds.request, this.id, this.target.name, args, deadlineMs]
    return extras === null ? message : [...message, extras]
  }

  /** An item of its stream has come: from here the silence is measured anew. */
  heard(now: number): void {
    this.deadlineMs = Math.ceil(now - this.startedAt + (this.extras?.silenceMs ?? 0))
  }

  refuse(error: IpcError): void {
    this.fail(error, 'failed')
  }

  /** Takes the answer; one that does not fit the contract fails the call. */
  answer(result: unknown): void {
    const { target } = this
    if (target.result.check(result)) {
      this.#finish('answered')?.(result)
      this.extras?.items?.end()
    } else {
      this.fail(
        new ValidationError(
          `${target.name} of ${target.peer} answered wrongly: ${target.result.explain(result, 'result')}`,
        ),
        'failed',
      )
    }
  }

  fail(error: IpcError, outcome: Exclude<CallOutcome, 'answered'>): void {
    // Resolving with a rejected promise rejects; so the call need not hold a second function.
    this.#finish(outcome)?.(Promise.reject(error))
    this.extras?.items?.fail(error)
  }

  /** It goes out: gets its number, and tells what is left of its caller's patience. */
  #leave(now: number, calls: Calls): number {
    calls.add(this)
    this.#body = Math.max(0, Math.round((now - this.startedAt) * 1_000))
    return Math.max(0, Math.ceil(this.deadlineAt - now))
  }

  #travelling(): RequestExtras | null {
    if (this.extras === null) return null
    const { trace, parent, priority, retry, repeatKey } = this.extras
    if ((trace ?? parent ?? priority ?? retry ?? repeatKey) === undefined) return null
    return {
      ...(trace === undefined ? {} : { trace }),
      ...(parent === undefined ? {} : { parent }),
      ...(priority === undefined ? {} : { priority }),
      ...(retry === undefined ? {} : { retry }),
      ...(repeatKey === undefined ? {} : { repeatKey }),
    }
  }

  #finish(outcome: CallOutcome): ((value: unknown) => void) | null {
    const resolve = this.#resolve
    if (resolve === null) return null
    this.#resolve = null
    this.target.owner.settled(this, outcome)
    return resolve
  }
}
