import type { Static } from 'typebox'
import { checkerOf } from '../validation.ts'
import { decodeValue, type Json } from './recorded-value.ts'
import { EndLine, GapLine, HeaderLine, MessageLine } from './recording-line.ts'

/** A message of a recording, its values as they were, with `redacted` where something was left out. */
export interface RecordedMessage extends Omit<MessageLine, 'kind' | 'args'> {
  readonly args: readonly unknown[]
}

/** What one line of a recording says. `line` counts from 1. */
export type RecordingEntry = { readonly line: number } & (
  | { readonly kind: 'header'; readonly header: Static<typeof HeaderLine> }
  | { readonly kind: 'message'; readonly message: RecordedMessage }
  | { readonly kind: 'gap'; readonly lost: number }
  | { readonly kind: 'end'; readonly reason: 'stopped' | 'full'; readonly messages: number }
  /** Not a line of a recording; the others may still be of use. */
  | { readonly kind: 'bad'; readonly reason: string }
)

const shapes = { header: HeaderLine, message: MessageLine, gap: GapLine, end: EndLine }
type Kind = keyof typeof shapes

/** Reads a recording line by line. Never throws, whatever the file holds. */
export class RecordingReader {
  #line = 0

  /** Null for an empty line. */
  read(text: string): RecordingEntry | null {
    this.#line += 1
    const line = this.#line
    if (text.trim() === '') return null
    const bad = (reason: string): RecordingEntry => ({ line, kind: 'bad', reason })
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return bad('not JSON; the file may have been cut off here')
    }
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
    if (line === 1 && kind !== 'header') return bad('not the beginning of a recording')
    switch (kind) {
      case 'header':
        if (line !== 1) return bad('a second beginning')
        return fits('header', value)
          ? { line, kind: 'header', header: value }
          : bad(explained('header', value))
      case 'message':
        return fits('message', value)
          ? { line, kind: 'message', message: messageOf(value) }
          : bad(explained('message', value))
      case 'gap':
        return fits('gap', value) ? { line, kind: 'gap', lost: value.lost } : bad(explained('gap', value))
      case 'end':
        return fits('end', value)
          ? { line, kind: 'end', reason: value.reason, messages: value.messages }
          : bad(explained('end', value))
      default:
        return bad('an unknown kind of line')
    }
  }
}

function fits<K extends Kind>(kind: K, value: unknown): value is Static<(typeof shapes)[K]> {
  return checkerOf(shapes[kind]).check(value)
}

function explained(kind: Kind, value: unknown): string {
  return checkerOf(shapes[kind]).explain(value, kind)
}

function messageOf({ kind: _, args, response, ...rest }: MessageLine): RecordedMessage {
  return {
    ...rest,
    // Both came out of JSON a moment ago.
    args: args.map(part => decodeValue(part as Json)),
    response: response === null ? null : { ...response, result: decodeValue(response.result as Json) },
  }
}
