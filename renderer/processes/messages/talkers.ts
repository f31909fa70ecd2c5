import type { MessageAlert, MessageTraffic, PairTraffic } from '../../../contracts/messages.ts'
import type { ProcessKind, ProcessRow } from '../../../contracts/processes.ts'
import { type BusiestPeer, isHelper } from '../process-tree.ts'

/** A process as the message view draws it. Several endpoints can live in one: tabs of one site share a process. */
export interface Talker {
  /** Stays the same when the page's process is replaced, so that the graph does not move. */
  readonly id: string
  readonly name: string
  readonly kind: ProcessKind | 'outside'
  /** Null for what is not in the process tree: a command line, a tab that has just gone. */
  readonly row: ProcessRow | null
}

/** Finds the process behind an endpoint's id. */
export type WhoIs = (endpoint: string) => Talker

const tabPrefix = 'tab:'

export function whoIs(rows: readonly ProcessRow[]): WhoIs {
  const known = new Map<string, Talker>()
  for (const row of rows) {
    const talker = talkerOf(row)
    // the page itself stands before its frames, which carry the same tabs
    const endpoints = [row.id, ...row.tabIds.map(tabId => tabPrefix + tabId)]
    for (const endpoint of endpoints) if (!known.has(endpoint)) known.set(endpoint, talker)
  }
  return endpoint => {
    const talker = known.get(endpoint) ?? known.get(roleOf(endpoint)) ?? stranger(endpoint)
    known.set(endpoint, talker)
    return talker
  }
}

function talkerOf(row: ProcessRow): Talker {
  const [tabId] = row.tabIds
  const id = row.kind === 'tab' && tabId !== undefined ? tabPrefix + tabId : row.id
  return { id, name: row.name, kind: row.kind, row }
}

/** "chrome" of "chrome:1". */
function roleOf(endpoint: string): string {
  return endpoint.split(':', 1)[0] ?? endpoint
}

function stranger(endpoint: string): Talker {
  const at = (kind: Talker['kind'], name: string): Talker => ({ id: endpoint, name, kind, row: null })
  switch (roleOf(endpoint)) {
    case 'controller':
      return at('controller', 'Nexus core')
    case 'chrome':
      return at('chrome', 'Window')
    case 'tab':
      return at('tab', 'Tab')
    case 'cli':
      return at('outside', 'Command line')
    default:
      return at('outside', endpoint)
  }
}

/**
 * Everybody who talks, and everybody who could: the engine's own helpers do not speak this language and appear only when
 * they do. In the order of the process tree, then of the pairs.
 */
export function talkersOf(
  rows: readonly ProcessRow[],
  traffic: MessageTraffic,
  who: WhoIs,
): readonly Talker[] {
  const talkers = new Map<string, Talker>()
  const kindOf = new Map(rows.map(row => [row.id, row.kind]))
  for (const row of rows) {
    const isFrame = row.parentId !== null && kindOf.get(row.parentId) === 'tab'
    if (isHelper(row) || isFrame) continue
    const talker = who(row.id)
    talkers.set(talker.id, talker)
  }
  for (const pair of traffic.pairs) {
    for (const talker of [who(pair.from), who(pair.to)]) talkers.set(talker.id, talker)
  }
  return [...talkers.values()]
}

/** Names a direction of a pair. */
export function pairKey(pair: Pick<PairTraffic, 'from' | 'to'>): string {
  return `${pair.from} ${pair.to}`
}

/** What is wrong with each process, by the id of its row. An alert concerns both sides. */
export function alertsByRow(
  alerts: readonly MessageAlert[],
  who: WhoIs,
): ReadonlyMap<string, readonly MessageAlert[]> {
  const byRow = new Map<string, MessageAlert[]>()
  for (const alert of alerts) {
    const ids = new Set([who(alert.from).row?.id, who(alert.to).row?.id])
    for (const id of ids) if (id !== undefined) byRow.set(id, [...(byRow.get(id) ?? []), alert])
  }
  return byRow
}

/** 95th percentile in milliseconds between each process and the one it exchanges most with, by the id of its row. */
export function busiestPeers(pairs: readonly PairTraffic[], who: WhoIs): ReadonlyMap<string, BusiestPeer> {
  const busiest = new Map<string, BusiestPeer & { readonly rate: number }>()
  const offer = (talker: Talker, peer: Talker, pair: PairTraffic) => {
    const id = talker.row?.id
    if (id === undefined || pair.callCount === 0) return
    const known = busiest.get(id)
    if (known !== undefined && known.rate >= pair.messagesPerSecond) return
    busiest.set(id, { peer: peer.name, p95Ms: pair.p95Ms, rate: pair.messagesPerSecond })
  }
  for (const pair of pairs) {
    const from = who(pair.from)
    const to = who(pair.to)
    if (from.id === to.id) continue
    offer(from, to, pair)
    offer(to, from, pair)
  }
  return busiest
}
