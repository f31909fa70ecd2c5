import type { Clock } from './clock.ts'
import { errorToWire, type IpcError } from './errors.ts'
import { responseGroup } from './groups.ts'
import type { Identity } from './identity.ts'
import type { IncomingCall } from './incoming-call.ts'
import type { Log } from './log.ts'
import { kinds } from './message.ts'
import type { CallOutcome, MethodMeter } from './metrics/method-meter.ts'
import { type Outgoing, OutgoingList, OutgoingPart, OutgoingText, writeText } from './outgoing.ts'
import type { Protection } from './port.ts'
import type { ServedMethod } from './served-contract.ts'
import type { SpanSink } from './tracing/span-sink.ts'

/** What writing answers needs of the endpoint. */
export interface AnswerWriterHost {
  readonly clock: Clock
  readonly log: Log
  readonly isDebugging: boolean
  readonly spans: SpanSink | null
  handledMeter(peer: Identity, method: ServedMethod): MethodMeter
}

interface Line {
  answer(message: Outgoing): void
}

/** Writes the answers to the calls of one peer, and counts what came of each. */
export class AnswerWriter {
  readonly #peer: Identity
  readonly #host: AnswerWriterHost
  readonly #line: Line
  readonly #meters = new Map<ServedMethod, MethodMeter>()

  constructor(peer: Identity, host: AnswerWriterHost, line: Line) {
    this.#peer = peer
    this.#host = host
    this.#line = line
  }

  /** One that cannot be written fails the call. */
  result(call: IncomingCall, result: unknown): void {
    const endedAt = this.#host.clock.now()
    const { method, id } = call
    if (id === 0) {
      this.#record(call, 'answered', endedAt)
      return
    }
    const waited = microsBetween(call.arrivedAt, call.startedAt)
    const handler = microsBetween(call.startedAt, endedAt)
    if (!method.isResultText) {
      const onRefused = (error: IpcError): void => this.#send(call, error, waited, handler)
      const list = [kinds.response, id, result, waited, handler]
      this.#line.answer(new OutgoingList(list, onRefused, method.rank, method.protection))
      this.#record(call, 'answered', endedAt)
      return
    }
    let text: string
    try {
      text = `${id},${writeText(result)},${waited},${handler}`
    } catch (error) {
      this.#record(call, 'failed', endedAt)
      this.#send(call, error, waited, handler)
      return
    }
    this.#line.answer(new OutgoingPart(responseGroup, text, method.rank, method.protection))
    this.#record(call, 'answered', endedAt, text.length)
  }

  failure(call: IncomingCall, error: unknown): void {
    const endedAt = this.#host.clock.now()
    this.#record(call, 'failed', endedAt)
    const waited = microsBetween(call.arrivedAt, call.startedAt)
    this.#send(call, error, waited, microsBetween(call.startedAt, endedAt))
  }

  /** Nobody waits for this one any more. */
  aborted(call: IncomingCall): void {
    this.#record(call, 'cancelled', this.#host.clock.now())
  }

  /** A call that no handler has seen. Nothing is said of a notification. */
  refusal(id: number, error: IpcError): void {
    if (id !== 0) this.#failure(id, error, 'The call', 0, 0, 'none')
  }

  #send(call: IncomingCall, error: unknown, waited: number, handler: number): void {
    const { method, id } = call
    this.#failure(id, error, method.name, waited, handler, method.protection)
  }

  #failure(
    id: number,
    error: unknown,
    name: string,
    waited: number,
    handler: number,
    protection: Protection,
  ): void {
    const wire = errorToWire(error, `${name} failed in the other process`, this.#host.isDebugging)
    if (wire.code === 'HANDLER_ERROR') {
      // The caller gets a safe message only, so the whole story is told here.
      this.#host.log({
        level: 'error',
        message: `A handler failed: ${name}`,
        details: { peer: this.#peer.id, error },
      })
    }
    if (id === 0) return
    const text = `[${kinds.failure},${id},${JSON.stringify(wire)},${waited},${handler}]`
    this.#line.answer(new OutgoingText(text, 1, protection))
  }

  #record(call: IncomingCall, outcome: CallOutcome, endedAt: number, characters = 0): void {
    const { method, startedAt, arrivedAt, traceId, spanId } = call
    const handlerMs = Math.max(0, endedAt - startedAt)
    const meter = this.#meterOf(method)
    meter.settled(outcome, handlerMs)
    meter.bytes(characters)
    const { spans } = this.#host
    if (spans === null || call.id === 0) return
    const waitedMs = Math.max(0, startedAt - arrivedAt)
    const peer = this.#peer.id
    spans.answered({ traceId, spanId, peer, method: method.name, arrivedAt, waitedMs, handlerMs, outcome })
  }

  #meterOf(method: ServedMethod): MethodMeter {
    let meter = this.#meters.get(method)
    if (meter === undefined) {
      meter = this.#host.handledMeter(this.#peer, method)
      this.#meters.set(method, meter)
    }
    return meter
  }
}

function microsBetween(from: number, to: number): number {
  return to > from ? Math.round((to - from) * 1_000) : 0
}
