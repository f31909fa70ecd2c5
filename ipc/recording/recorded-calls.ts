import { holdsRedacted } from './recorded-value.ts'
import type { RecordedMessage, RecordingEntry } from './recording-reader.ts'

/** A call as a recording tells it. */
export interface RecordedCall {
  /** Of its request, in the recording. */
  readonly line: number
  readonly id: string
  /** `contract.method`. */
  readonly method: string
  readonly args: unknown
  /** Why it cannot be made again; null when it can. */
  readonly obstacle: 'redacted' | 'stream' | null
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Null when the recording ends, or has a gap, before the answer; or when the caller gave up. */
  readonly response: RecordedMessage['response']
}

/** The calls that were made to `target`, in the order of their requests. */
export function callsTo(target: string, entries: Iterable<RecordingEntry>): readonly RecordedCall[] {
  const calls: RecordedCall[] = []
  /** Where the last call with this id stands. Numbers begin anew with each connection. */
  const places = new Map<string, number>()
  const change = (id: string, changes: Partial<RecordedCall>): void => {
    const place = places.get(id)
    const call = place === undefined ? undefined : calls[place]
    if (place !== undefined && call !== undefined) calls[place] = { ...call, ...changes }
  }
  for (const entry of entries) {
    if (entry.kind !== 'message') continue
    const { message, line } = entry
    const { id, type, method, args, timestamp, response } = message
    if (type === 'request' && message.target === target) {
      places.set(id, calls.length)
      const [only] = args
      calls.push({
        line,
        id,
        method,
        args: only,
        obstacle: holdsRedacted(only) ? 'redacted' : null,
        at: timestamp,
        response: null,
      })
    }
    if (type === 'response' && message.source === target) change(id, { response })
    if (method === 'nexus.input' && message.target === target) change(id, { obstacle: 'stream' })
  }
  return calls
}
