import type { PairTraffic } from '../../contracts/messages.ts'
import type { Talker, WhoIs } from './messages/talkers.ts'

/** Another process that one exchanges messages with. */
export interface Peer {
  readonly talker: Talker
  /** In both directions together. */
  readonly messagesPerSecond: number
  /** Of the slower direction; null before the first answer. */
  readonly p95Ms: number | null
}

/** With whom a process talks, the busiest first. */
export function peersOf(rowId: string, pairs: readonly PairTraffic[], who: WhoIs): readonly Peer[] {
  const peers = new Map<string, Peer>()
  for (const pair of pairs) {
    const [from, to] = [who(pair.from), who(pair.to)]
    if (from.id === to.id) continue
    const talker = from.row?.id === rowId ? to : to.row?.id === rowId ? from : null
    if (talker === null) continue
    const known = peers.get(talker.id)
    const p95Ms = pair.callCount === 0 ? null : pair.p95Ms
    peers.set(talker.id, {
      talker,
      messagesPerSecond: (known?.messagesPerSecond ?? 0) + pair.messagesPerSecond,
      p95Ms: p95Ms === null ? (known?.p95Ms ?? null) : Math.max(p95Ms, known?.p95Ms ?? 0),
    })
  }
  return [...peers.values()].sort((one, other) => other.messagesPerSecond - one.messagesPerSecond)
}
