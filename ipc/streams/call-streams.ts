import { errorToWire } from '../errors.ts'
import { type ItemMessage, kinds } from '../message.ts'
import { type Outgoing, OutgoingText } from '../outgoing.ts'
import type { OutgoingCall } from '../outgoing-call.ts'
import { isTextSchema } from '../text-schema.ts'
import { checkerOf } from '../validation.ts'
import { itemMessage } from './answer-streams.ts'
import { OutgoingStream } from './outgoing-stream.ts'

interface Line {
  answer(message: Outgoing): void
}

/** The streams of the calls that were made to one peer: reports and items from it, and input for it. */
export class CallStreams {
  readonly #line: Line
  readonly #callOf: (id: number) => OutgoingCall | undefined
  /** How many reports have come, by call. */
  readonly #reports = new Map<number, number>()
  readonly #inputs = new Map<number, OutgoingStream>()

  constructor(line: Line, callOf: (id: number) => OutgoingCall | undefined) {
    this.#line = line
    this.#callOf = callOf
  }

  /** Takes a report or an item; false when it is out of order, was not asked for, or does not fit the contract. */
  received(call: OutgoingCall, message: ItemMessage, arrivedAt: number): boolean {
    const [kind, id, index, value] = message
    const { declaration } = call.target
    if (kind === kinds.progress) {
      const expected = (this.#reports.get(id) ?? 0) + 1
      const schema = declaration.progress
      if (index !== expected || schema === undefined || !checkerOf(schema).check(value)) return false
      this.#reports.set(id, index)
      call.extras?.onProgress?.(value)
      return true
    }
    const schema = declaration.item
    const items = call.extras?.items
    if (schema === undefined || items === undefined || !checkerOf(schema).check(value)) return false
    if (!items.push(index, value)) return false
    call.heard(arrivedAt)
    return true
  }

  /** Asks for items of a call's answer. */
  demand(call: OutgoingCall, upTo: number): void {
    if (call.id !== 0) this.#line.answer(new OutgoingText(`[${kinds.itemDemand},${call.id},${upTo}]`))
  }

  /** The other side takes input: begins to send it, or goes on. */
  inputDemanded(id: number, upTo: number): void {
    const running = this.#inputs.get(id)
    if (running !== undefined) {
      running.demanded(upTo)
      return
    }
    const call = this.#callOf(id)
    const source = call?.extras?.input
    const schema = call?.target.declaration.input
    if (call === undefined || source === undefined || schema === undefined) return
    const isText = isTextSchema(schema)
    const line = {
      item: (index: number, value: unknown) =>
        this.#line.answer(itemMessage(kinds.input, id, index, value, isText, call)),
      end: () => this.#endInput(id, null),
      fail: (error: unknown) => this.#endInput(id, error),
    }
    this.#inputs.set(id, new OutgoingStream(source, line, upTo))
  }

  /** The call is over. */
  stop(id: number): void {
    if (this.#reports.size > 0) this.#reports.delete(id)
    if (this.#inputs.size === 0) return
    this.#inputs.get(id)?.stop()
    this.#inputs.delete(id)
  }

  /** The connection is over. */
  close(): void {
    for (const input of this.#inputs.values()) input.stop()
    this.#inputs.clear()
    this.#reports.clear()
  }

  #endInput(id: number, error: unknown): void {
    const wire = error === null ? null : errorToWire(error, 'The stream of the caller broke off', false)
    this.#line.answer(new OutgoingText(`[${kinds.inputEnd},${id},${JSON.stringify(wire)}]`))
  }
}
