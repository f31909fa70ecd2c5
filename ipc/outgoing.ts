import { type IpcError, MessageTooLargeError, ValidationError } from './errors.ts'
import type { Group, ValueGroup } from './groups.ts'
import type { OutgoingCall } from './outgoing-call.ts'
import type { Protection } from './port.ts'
import { approximateBytes, maxMessageBytes } from './size.ts'

/** Where calls wait for their answers, and get their numbers. */
export interface Calls {
  add(call: OutgoingCall): void
}

/** Something that is to be posted: a call, an answer, an event. */
export interface Outgoing {
  readonly rank: 0 | 1 | 2
  readonly protection: Protection
  /** Whom it shares its words with, when such a one stands beside it in a packet; null when it stands alone. */
  readonly group: Group | null
  /** What it says of its own, within its group. Called instead of `toText`, and only where there is a group. */
  toPart(now: number, calls: Calls): string
  /** The message as JSON text; null when it has to be a list. Called once, when it goes out; a call joins `calls`. */
  toText(now: number, calls: Calls): string | null
  /** The message as a list, for what JSON cannot carry. Called instead of `toText` where that gave null. */
  toList(now: number, calls: Calls): readonly unknown[]
  /** It cannot be copied to another process, or the port refused it. */
  refuse(error: IpcError): void
}

/** Arguments that JSON cannot carry: they are copied as they are. */
export interface UnwrittenBody {
  readonly value: unknown
}

/**
 * Writes a value as JSON. Throws MESSAGE_TOO_LARGE, and VALIDATION_ERROR for what JSON cannot carry; so whoever made
 * it can be told, rather than the receiver.
 */
export function writeText(value: unknown): string {
  if (typeof value === 'number' && value - value === 0) return `${value}`
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch (cause) {
    throw uncopyable(cause)
  }
  if (text === undefined) throw uncopyable(new TypeError(`a ${typeof value} has no form as text`))
  if (text.length > maxMessageBytes) throw tooLarge()
  return text
}

/** Throws MESSAGE_TOO_LARGE for a value that is not to be copied. */
export function checkSize(value: unknown): void {
  if (approximateBytes(value) > maxMessageBytes) throw tooLarge()
}

export function tooLarge(): MessageTooLargeError {
  return new MessageTooLargeError(`More than ${maxMessageBytes} bytes`)
}

export function uncopyable(cause: unknown): ValidationError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ValidationError(`The message cannot be copied to another process: ${reason}`, { cause })
}

/** A message whose text is settled when it is made. Nobody hears of it when it cannot be sent. */
abstract class WrittenMessage implements Outgoing {
  abstract readonly group: Group | null
  readonly rank: 0 | 1 | 2
  readonly protection: Protection
  protected readonly text: string

  constructor(text: string, rank: 0 | 1 | 2, protection: Protection) {
    this.text = text
    this.rank = rank
    this.protection = protection
  }

  abstract toText(): string

  toPart(): string {
    return this.text
  }

  toList(): readonly unknown[] {
    return []
  }

  refuse(): void {}
}

/** A whole message as text. */
export class OutgoingText extends WrittenMessage {
  readonly group = null

  constructor(text: string, rank: 0 | 1 | 2 = 1, protection: Protection = 'none') {
    super(text, rank, protection)
  }

  toText(): string {
    return this.text
  }
}

/** What a message says of its own; it may share its words with its neighbours. */
export class OutgoingPart extends WrittenMessage {
  readonly group: ValueGroup

  constructor(group: ValueGroup, part: string, rank: 0 | 1 | 2, protection: Protection) {
    super(part, rank, protection)
    this.group = group
  }

  toText(): string {
    return `${this.group.single}${this.text}]`
  }
}

/** A message that JSON cannot carry. */
export class OutgoingList implements Outgoing {
  readonly group = null
  readonly rank: 0 | 1 | 2
  readonly protection: Protection
  readonly #list: readonly unknown[]
  readonly #onRefused: (error: IpcError) => void

  constructor(
    list: readonly unknown[],
    onRefused: (error: IpcError) => void = () => {},
    rank: 0 | 1 | 2 = 1,
    protection: Protection = 'none',
  ) {
    this.#list = list
    this.#onRefused = onRefused
    this.rank = rank
    this.protection = protection
  }

  toText(): null {
    return null
  }

  toPart(): string {
    return ''
  }

  toList(): readonly unknown[] {
    return this.#list
  }

  refuse(error: IpcError): void {
    this.#onRefused(error)
  }
}
