import * as Type from 'typebox'
import { defineContract, event, method } from '../contract.ts'
import { envelopeOf, type ObservedMessage } from '../envelope.ts'
import { endpointId } from '../identity.ts'
import { Recorder, type RecorderOptions } from '../recording/recorder.ts'
import { type RecordingEntry, RecordingReader } from '../recording/recording-reader.ts'
import { SimulatedClock } from '../simulated-clock.ts'

const common = { callers: ['controller'], deadlineMs: 1_000, idempotent: true }
const address = Type.String({ sensitive: true })
const libraryContract = defineContract('library', {
  methods: {
    count: method({ ...common, args: Type.Object({ shelf: Type.String() }), result: Type.Integer() }),
    find: method({
      ...common,
      args: Type.Object({ title: Type.String() }),
      result: Type.Object({ url: address, year: Type.Integer(), tookMs: Type.Number() }),
      progress: Type.Object({ url: address, searched: Type.Integer() }),
    }),
    open: method({
      ...common,
      args: Type.Object({ url: address, page: Type.Integer() }),
      result: Type.Null(),
    }),
    unlock: method({
      ...common,
      args: Type.Object({ password: Type.String() }),
      result: Type.Object({ key: Type.String() }),
      progress: Type.String(),
      sensitive: true,
    }),
  },
  events: { arrived: event({ payload: Type.Object({ url: address, at: Type.Integer() }), listeners: [] }) },
})

/** What no recording may hold. */
export const secret = 'correct horse battery staple'

/** For tests: the endpoint `controller` while it speaks with `library`, with a recorder that looks on. */
export class RecordedSession {
  readonly clock = new SimulatedClock()
  readonly lines: string[] = []
  readonly recorder: Recorder
  takesLines = true
  #sequence = 0

  constructor(options: Partial<RecorderOptions> = {}) {
    this.recorder = new Recorder({
      endpoint: endpointId('controller'),
      contracts: [libraryContract],
      clock: this.clock,
      maxBytes: 1_000_000,
      write: line => {
        if (this.takesLines) this.lines.push(line)
        return this.takesLines
      },
      ...options,
    })
  }

  out(message: ObservedMessage): void {
    this.#pass('controller', 'library', message)
  }

  in(message: ObservedMessage): void {
    this.#pass('library', 'controller', message)
  }

  request(id: number, name: string, args: unknown): void {
    const priority = 'normal'
    this.out({ kind: 'request', id, name, args, deadlineMs: 900, priority, retryCount: 0, traceId: 1 })
  }

  response(id: number, result: unknown): void {
    this.in({ kind: 'response', id, result, durationMs: 1 })
  }

  failure(id: number, code: string, message: string): void {
    const error = { code, message, retryable: false, stack: `at ${message}` }
    this.in({ kind: 'failure', id, error, durationMs: 1 })
  }

  get text(): string {
    return this.lines.join('\n')
  }

  entries(): readonly RecordingEntry[] {
    return entriesOf(this.lines)
  }

  #pass(source: string, target: string, message: ObservedMessage): void {
    this.#sequence += 1
    this.recorder.observe(
      envelopeOf(message, {
        source: endpointId(source),
        target: endpointId(target),
        sequence: this.#sequence,
        timestamp: this.clock.wallClock(),
        processId: 1,
        threadId: 0,
      }),
    )
  }
}

export function entriesOf(lines: readonly string[]): readonly RecordingEntry[] {
  const reader = new RecordingReader()
  return lines.flatMap(line => reader.read(line) ?? [])
}
