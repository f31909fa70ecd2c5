import type { PendingCall } from '../../../contracts/messages.ts'
import type { WhoIs } from './talkers.ts'

/** How much of its time a call has used. */
export function deadlineShare(call: Pick<PendingCall, 'ageMs' | 'deadlineMs'>): number {
  return call.deadlineMs === 0 ? 1 : call.ageMs / call.deadlineMs
}

/** Calls whose method or processes match the words, the nearest to its deadline first. */
export function waitingFirst(
  calls: readonly PendingCall[],
  words: string,
  who: WhoIs,
): readonly PendingCall[] {
  const wanted = words.trim().toLowerCase()
  return calls
    .filter(call =>
      `${call.method} ${call.from} ${call.to} ${who(call.from).name} ${who(call.to).name}`
        .toLowerCase()
        .includes(wanted),
    )
    .sort((one, other) => deadlineShare(other) - deadlineShare(one) || one.sentAt - other.sentAt)
}
