import type { Clock } from '../clock.ts'
import type { Contract } from '../contract.ts'
import { type Envelope, messagesIn } from '../envelope.ts'
import type { EndpointId } from '../identity.ts'
import { encodeValue } from './recorded-value.ts'
import { type MessageLine, type RecordingLine, recordingVersion } from './recording-line.ts'
import { Redactor } from './redactor.ts'

export interface RecorderOptions {
  /** Whose messages are recorded. */
  readonly endpoint: EndpointId
  /** What is said in contracts that are not named here is left out. */
  readonly contracts: readonly Contract[]
  readonly clock: Clock
  /** The recording ends by itself before it is larger. In bytes. */
  readonly maxBytes: number
  /** Redacts nothing. For a profile that was made for debugging. */
  readonly isWhole?: boolean
  /** Takes one line without its line end; false when it cannot just now, and the message is counted as lost. */
  readonly write: (line: string) => boolean
}

/** Room that is kept for saying what is missing and how it ended, in bytes. */
const reservedBytes = 500
const utf8 = new TextEncoder()

/**
 * Turns the messages that an endpoint sees into the lines of a recording, one message a line, without what is sensitive.
 * Give `observe` to the endpoint. Nothing that it is given makes it throw, except `write`.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #redactor: Redactor
  #bytes = 0
  #messages = 0
  #lost = 0
  #isOver = false

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#redactor = new Redactor(options.contracts)
    const { endpoint, clock, contracts, isWhole = false } = options
    this.#write({
      kind: 'header',
      format: 'nexus-recording',
      version: recordingVersion,
      endpoint,
      startedAt: clock.wallClock(),
      contracts: contracts.map(({ name }) => name),
      isWhole,
      about: isWhole
        ? 'All that Nexus processes said to each other, with what is sensitive: addresses, titles and text of pages.'
        : 'What Nexus processes said to each other. Whatever their contracts call sensitive was left out.',
    })
  }

  /** True once it has ended, by `end` or because it was full. */
  get isOver(): boolean {
    return this.#isOver
  }

  readonly observe = (envelope: Envelope): void => {
    if (this.#isOver) return
    for (const message of messagesIn(envelope)) {
      this.#record(this.#options.isWhole === true ? message : this.#redactor.redact(message))
    }
  }

  end(): void {
    this.#end('stopped')
  }

  #record(envelope: Envelope): void {
    if (this.#isOver) return
    const line = JSON.stringify(lineOf(envelope))
    const bytes = bytesOf(line)
    if (this.#bytes + bytes + reservedBytes > this.#options.maxBytes) {
      this.#end('full')
      return
    }
    if (!this.#tellLost() || !this.#writeLine(line, bytes)) this.#lost += 1
    else this.#messages += 1
  }

  #end(reason: 'stopped' | 'full'): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#tellLost()
    this.#write({ kind: 'end', reason, messages: this.#messages, at: this.#options.clock.wallClock() })
  }

  /** False when not even that can be written now. */
  #tellLost(): boolean {
    if (this.#lost === 0) return true
    if (!this.#write({ kind: 'gap', lost: this.#lost, at: this.#options.clock.wallClock() })) return false
    this.#lost = 0
    return true
  }

  #write(line: RecordingLine): boolean {
    const text = JSON.stringify(line)
    return this.#writeLine(text, bytesOf(text))
  }

  #writeLine(line: string, bytes: number): boolean {
    if (!this.#options.write(line)) return false
    this.#bytes += bytes
    return true
  }
}

/** What a person looks for comes first. */
function lineOf({
  id,
  sequence,
  type,
  source,
  target,
  method,
  args,
  response,
  ...rest
}: Envelope): MessageLine {
  return {
    kind: 'message',
    id,
    sequence,
    type: type === 'batch' ? 'notification' : type,
    source,
    target,
    method,
    args: args.map(encodeValue),
    response: response === null ? null : { ...response, result: encodeValue(response.result) },
    ...rest,
  }
}

/** With its line end. */
function bytesOf(line: string): number {
  return utf8.encode(line).length + 1
}
