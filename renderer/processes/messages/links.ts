import type { PairTraffic } from '../../../contracts/messages.ts'
import { type AlertsByPair, type Health, healthOf, worst } from './health.ts'
import { pairKey, type WhoIs } from './talkers.ts'

/** One direction between two processes. Where several endpoints share a process, the sum of their pairs. */
export interface Lane {
  /** Ids of talkers. */
  readonly from: string
  readonly to: string
  readonly messagesPerSecond: number
  /** Of the slowest pair in it; null before the first answer. */
  readonly p95Ms: number | null
  readonly health: Health
  /** Whether main passes every message on. */
  readonly isRelayed: boolean
  readonly pairKeys: readonly string[]
}

/** Two processes that talk, in one direction or in both. */
export interface Link {
  readonly id: string
  readonly ends: readonly [string, string]
  readonly lanes: readonly Lane[]
  readonly health: Health
  readonly p95Ms: number | null
}

/** Sorted by their ends, so that the same processes give the same order whatever they say to each other. */
export function linksOf(pairs: readonly PairTraffic[], who: WhoIs, alerts: AlertsByPair): readonly Link[] {
  const lanes = new Map<string, Lane>()
  for (const pair of pairs) {
    const from = who(pair.from).id
    const to = who(pair.to).id
    if (from === to) continue
    const key = `${from} ${to}`
    const lane: Lane = {
      from,
      to,
      messagesPerSecond: pair.messagesPerSecond,
      p95Ms: pair.callCount === 0 ? null : pair.p95Ms,
      health: healthOf(pair, alerts),
      isRelayed: !pair.isDirect,
      pairKeys: [pairKey(pair)],
    }
    const known = lanes.get(key)
    lanes.set(key, known === undefined ? lane : joined(known, lane))
  }
  const byEnds = Map.groupBy(lanes.values(), lane => [lane.from, lane.to].sort().join(' '))
  return [...byEnds].sort(([one], [other]) => (one < other ? -1 : 1)).map(([id, own]) => linkOf(id, own))
}

function joined(one: Lane, other: Lane): Lane {
  return {
    ...one,
    messagesPerSecond: one.messagesPerSecond + other.messagesPerSecond,
    p95Ms: slowest(one.p95Ms, other.p95Ms),
    health: worst(one.health, other.health),
    isRelayed: one.isRelayed && other.isRelayed,
    pairKeys: [...one.pairKeys, ...other.pairKeys],
  }
}

function linkOf(id: string, lanes: readonly Lane[]): Link {
  const [first] = lanes
  if (first === undefined) throw new Error('A link has at least one direction')
  const ends: [string, string] = first.from < first.to ? [first.from, first.to] : [first.to, first.from]
  return {
    id,
    ends,
    lanes: [...lanes].sort((one, other) => (one.from < other.from ? -1 : 1)),
    health: lanes.map(lane => lane.health).reduce(worst),
    p95Ms: lanes.map(lane => lane.p95Ms).reduce(slowest),
  }
}

function slowest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.max(one, other)
}
