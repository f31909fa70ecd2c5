import { errorFromWire, type IpcError, ValidationError } from '../errors.ts'
import type { IncomingCall } from '../incoming-call.ts'
import { type ItemMessage, kinds, parseWireError } from '../message.ts'
import { type Outgoing, OutgoingList, OutgoingText, writeText } from '../outgoing.ts'
import { isTextSchema } from '../text-schema.ts'
import { checkerOf } from '../validation.ts'
import { IncomingStream, streamWindow } from './incoming-stream.ts'
import { OutgoingStream } from './outgoing-stream.ts'

interface Line {
  answer(message: Outgoing): void
}

interface Streams {
  readonly call: IncomingCall
  items: OutgoingStream | null
  input: IncomingStream<never> | null
}

/** The streams of the calls that one peer makes: items that handlers yield, and input that callers send. */
export class AnswerStreams {
  readonly #line: Line
  readonly #byCall = new Map<number, Streams>()

  constructor(line: Line) {
    this.#line = line
  }

  /** Sends what a handler yields. `onResult` is told what it returns. */
  pump(
    call: IncomingCall,
    items: unknown,
    onResult: (value: unknown) => void,
    onError: (error: unknown) => void,
  ): void {
    const { item: schema } = call.method.declaration
    if (schema === undefined || !isAsyncIterable(items)) {
      onError(new ValidationError(`${call.method.name} answered with something else than a stream`))
      return
    }
    const line = {
      item: (index: number, value: unknown) =>
        this.#send(kinds.item, call, index, value, isTextSchema(schema)),
      end: onResult,
      fail: onError,
    }
    this.#of(call).items = new OutgoingStream(items, line, streamWindow)
  }

  /** Progress of a call. What cannot be sent is the handler's mistake and is thrown to it. */
  report(call: IncomingCall, index: number, value: unknown): void {
    const schema = call.method.declaration.progress
    this.#send(kinds.progress, call, index, value, schema !== undefined && isTextSchema(schema))
  }

  /** The caller's stream, asked for when the handler begins to read. */
  openInput(call: IncomingCall): AsyncIterable<never> {
    const streams = this.#of(call)
    streams.input ??= new IncomingStream<never>(
      upTo => this.#demand(call.id, upTo),
      () => {},
      0,
    )
    return streams.input
  }

  /** Takes an item of a caller's stream; false when nobody asked for it or it does not fit. */
  input(id: number, index: number, value: unknown): boolean {
    const streams = this.#byCall.get(id)
    // A leftover of a call that is over.
    if (streams === undefined) return true
    const { input, call } = streams
    const schema = call.method.declaration.input
    if (input === null || schema === undefined || !checkerOf(schema).check(value)) return false
    // The schema has just said so.
    return input.push(index, value as never)
  }

  inputEnded(id: number, raw: unknown): void {
    const input = this.#byCall.get(id)?.input
    if (input === undefined || input === null) return
    const error = parseWireError(raw)
    if (error === null) input.end()
    else input.fail(errorFromWire(error))
  }

  demanded(id: number, upTo: number): void {
    this.#byCall.get(id)?.items?.demanded(upTo)
  }

  /** The caller does not wait any more. */
  stop(id: number): void {
    const streams = this.#byCall.get(id)
    streams?.items?.stop()
    this.close(id)
  }

  /** The call is over. */
  close(id: number): void {
    const streams = this.#byCall.get(id)
    if (streams === undefined) return
    this.#byCall.delete(id)
    streams.input?.end()
  }

  #of(call: IncomingCall): Streams {
    let streams = this.#byCall.get(call.id)
    if (streams === undefined) {
      streams = { call, items: null, input: null }
      this.#byCall.set(call.id, streams)
    }
    return streams
  }

  #demand(id: number, upTo: number): void {
    this.#line.answer(new OutgoingText(`[${kinds.inputDemand},${id},${upTo}]`))
  }

  #send(kind: ItemMessage[0], call: IncomingCall, index: number, value: unknown, isText: boolean): void {
    this.#line.answer(itemMessage(kind, call.id, index, value, isText, call.method))
  }
}

/** One item or report, ready to be sent. Throws for one that cannot be written. */
export function itemMessage(
  kind: ItemMessage[0],
  id: number,
  index: number,
  value: unknown,
  isText: boolean,
  { rank, protection }: Pick<Outgoing, 'rank' | 'protection'>,
  onRefused?: (error: IpcError) => void,
): Outgoing {
  return isText
    ? new OutgoingText(`[${kind},${id},${index},${writeText(value)}]`, rank, protection)
    : new OutgoingList([kind, id, index, value], onRefused, rank, protection)
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
