import type { MessageAlert, MessageTraffic } from '../../../contracts/messages.ts'
import type { ProcessRow } from '../../../contracts/processes.ts'
import { alertsByPair } from './health.ts'
import { type Link, linksOf } from './links.ts'
import { type Talker, talkersOf, type WhoIs } from './talkers.ts'

/** What the graph draws. */
export interface MessageGraphModel {
  readonly talkers: readonly Talker[]
  readonly links: readonly Link[]
  readonly linksOf: ReadonlyMap<string, readonly Link[]>
  readonly alertsOf: ReadonlyMap<string, readonly MessageAlert[]>
  /** Processes that there was no room for; the table has them. */
  readonly leftOut: number
}

/** Beyond this, circles would be smaller than a pointer can hit. */
const mostTalkers = 80

/**
 * The graph of one sample. When there are too many processes, those with alerts stay, then the first of the process
 * tree: who stays does not depend on how busy somebody is, so that nobody blinks.
 */
export function graphModel(
  rows: readonly ProcessRow[],
  traffic: MessageTraffic,
  who: WhoIs,
): MessageGraphModel {
  const alertsOf = new Map<string, MessageAlert[]>()
  for (const alert of traffic.alerts) {
    for (const id of new Set([who(alert.from).id, who(alert.to).id])) {
      alertsOf.set(id, [...(alertsOf.get(id) ?? []), alert])
    }
  }
  const all = talkersOf(rows, traffic, who)
  const rank = (talker: Talker) => (talker.kind !== 'tab' ? 0 : alertsOf.has(talker.id) ? 1 : 2)
  const chosen = new Set(
    all.length <= mostTalkers
      ? all
      : [...all].sort((one, other) => rank(one) - rank(other)).slice(0, mostTalkers),
  )
  const talkers = all.filter(talker => chosen.has(talker))
  const ids = new Set(talkers.map(talker => talker.id))
  const links = linksOf(traffic.pairs, who, alertsByPair(traffic.alerts)).filter(link =>
    link.ends.every(end => ids.has(end)),
  )
  const byTalker = new Map<string, Link[]>()
  for (const link of links) {
    for (const end of link.ends) byTalker.set(end, [...(byTalker.get(end) ?? []), link])
  }
  return { talkers, links, linksOf: byTalker, alertsOf, leftOut: all.length - talkers.length }
}
