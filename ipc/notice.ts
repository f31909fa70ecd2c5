import type { IpcError } from './errors.ts'
import type { ValueGroup } from './groups.ts'
import type { Log } from './log.ts'
import type { kinds } from './message.ts'
import {
  checkSize,
  type Outgoing,
  OutgoingList,
  OutgoingPart,
  OutgoingText,
  uncopyable,
  writeText,
} from './outgoing.ts'
import type { Protection } from './port.ts'

/** An event or a notification as it is to be sent. */
export interface Notice {
  readonly kind: typeof kinds.event | typeof kinds.notification
  /** `contract.event` or `contract.method`. */
  readonly name: string
  readonly value: unknown
  /** Whether the contract says that it can travel as text. */
  readonly isText: boolean
  /** Of others that say the same. */
  readonly group: ValueGroup
  readonly rank: 0 | 1 | 2
  readonly protection: Protection
  /** The trace that it belongs to, if it was made within a call. */
  readonly trace: number | null
  readonly log: Log
}

/** Writes it, once for all who will get it. Throws MESSAGE_TOO_LARGE, or VALIDATION_ERROR for what cannot be written. */
export function notice({ kind, name, value, isText, group, rank, protection, trace, log }: Notice): Outgoing {
  const list = trace === null ? [kind, name, value] : [kind, name, value, { trace }]
  if (isText) {
    if (trace === null) return new OutgoingPart(group, writeText(value), rank, protection)
    // In a list it would become null, which may fit where it does not.
    if (value === undefined) throw uncopyable(new TypeError('there is nothing to send'))
    return new OutgoingText(writeText(list), rank, protection)
  }
  checkSize(value)
  const onRefused = (error: IpcError): void =>
    log({ level: 'error', message: `${name} cannot be sent`, details: { error } })
  return new OutgoingList(list, onRefused, rank, protection)
}
