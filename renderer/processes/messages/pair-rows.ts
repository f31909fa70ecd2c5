import type { MethodTraffic, PairTraffic } from '../../../contracts/messages.ts'
import type { ColumnSorting, GridColumn } from '../grid-column.ts'
import { type AlertsByPair, type Health, healthOf, isTroubled } from './health.ts'
import { pairKey, type Talker, type WhoIs } from './talkers.ts'

export type PairSort =
  | 'pair'
  | 'rate'
  | 'data'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'max'
  | 'queue'
  | 'drops'
  | 'errors'
  | 'timeouts'
  | 'retries'
  | 'pending'

/** Null keeps the order of the names. */
export type PairSorting = ColumnSorting<PairSort> | null

export type PairFilter = 'all' | 'attention'

const number = (id: PairSort, title: string, name: string): GridColumn<PairSort> => ({
  id,
  title,
  name,
  sort: id,
  isNumeric: true,
  room: 'any',
})

/** From left to right; the style sheet has a width for each. */
export const pairColumns: readonly GridColumn<PairSort>[] = [
  { id: 'pair', title: 'From, to', name: 'From, to', sort: 'pair', isNumeric: false, room: 'any' },
  number('rate', 'Msg/s', 'Messages per second'),
  number('data', 'Data/s', 'Data per second'),
  number('p50', 'p50 ms', 'Half of the calls took at most, in milliseconds'),
  number('p95', 'p95 ms', '95 of 100 calls took at most, in milliseconds'),
  number('p99', 'p99 ms', '99 of 100 calls took at most, in milliseconds'),
  number('max', 'Max ms', 'The slowest call took, in milliseconds'),
  {
    id: 'time',
    title: 'Where the time goes',
    name: 'Where the time of a call goes: waiting in the queue, on the wire, at work in the handler',
    parts: ['wait', 'wire', 'work'],
    sort: null,
    isNumeric: false,
    room: 'any',
  },
  number('pending', 'Open', 'Calls that wait for their answer'),
  number('queue', 'Queue', 'Messages queued, on average and at most'),
  number('errors', 'Errors', 'Share of calls that failed'),
  number('timeouts', 'Late', 'Share of calls that were not answered in time'),
  number('retries', 'Retries', 'Share of calls that were tried again'),
  number('drops', 'Drops', 'Messages that a full queue refused'),
]

/** A row of the grid: a direction of a pair, or one of its methods below it. */
export type PairGridRow = PairRow | MethodRow

interface RowPlace {
  readonly item: { readonly id: string }
  readonly parentId: string | null
  readonly isExpanded: boolean | null
  readonly position: number
  readonly setSize: number
}

export interface PairRow extends RowPlace {
  readonly kind: 'pair'
  readonly pair: PairTraffic
  readonly from: Talker
  readonly to: Talker
  readonly health: Health
}

export interface MethodRow extends RowPlace {
  readonly kind: 'method'
  readonly method: MethodTraffic
}

export interface PairView {
  readonly filter: PairFilter
  readonly words: string
  /** Only pairs that this process is part of; null for all. */
  readonly talkerId: string | null
  readonly sorting: PairSorting
  readonly openIds: ReadonlySet<string>
}

/** The pairs as rows from top to bottom, each followed by its methods where it is open. */
export function pairGridRows(
  pairs: readonly PairTraffic[],
  who: WhoIs,
  alerts: AlertsByPair,
  view: PairView,
): readonly PairGridRow[] {
  const wanted = view.words.trim().toLowerCase()
  const shown = pairs
    .map(pair => ({
      pair,
      id: pairKey(pair),
      from: who(pair.from),
      to: who(pair.to),
      health: healthOf(pair, alerts),
    }))
    .filter(
      ({ pair, from, to, health }) =>
        (view.talkerId === null || from.id === view.talkerId || to.id === view.talkerId) &&
        (view.filter === 'all' || isTroubled(health)) &&
        (wanted === '' || textOf(pair, from, to).includes(wanted)),
    )
    .sort(byName)
  const { sorting } = view
  if (sorting?.column === 'pair') {
    if (sorting.isDescending) shown.reverse()
  } else if (sorting !== null) {
    const { column, isDescending } = sorting
    const value = (pair: PairTraffic) => sortValue(pair, column) * (isDescending ? -1 : 1)
    shown.sort((one, other) => value(one.pair) - value(other.pair))
  }
  return shown.flatMap(({ pair, id, from, to, health }, index): PairGridRow[] => {
    const isExpanded = pair.methods.length === 0 ? null : view.openIds.has(id)
    const row: PairRow = {
      kind: 'pair',
      item: { id },
      parentId: null,
      isExpanded,
      position: index + 1,
      setSize: shown.length,
      pair,
      from,
      to,
      health,
    }
    return isExpanded ? [row, ...methodRows(id, pair.methods)] : [row]
  })
}

function methodRows(parentId: string, methods: readonly MethodTraffic[]): MethodRow[] {
  return [...methods]
    .sort((one, other) => one.method.localeCompare(other.method, 'en'))
    .map((method, index) => ({
      kind: 'method',
      item: { id: methodRowId(parentId, method.method) },
      parentId,
      isExpanded: null,
      position: index + 1,
      setSize: methods.length,
      method,
    }))
}

export function methodRowId(key: string, method: string): string {
  return `${key} ${method}`
}

function textOf(pair: PairTraffic, from: Talker, to: Talker): string {
  const methods = pair.methods.map(method => method.method).join(' ')
  return `${from.name} ${to.name} ${pair.from} ${pair.to} ${methods}`.toLowerCase()
}

interface Named {
  readonly id: string
  readonly from: Talker
  readonly to: Talker
}

function byName(one: Named, other: Named): number {
  return (
    one.from.name.localeCompare(other.from.name, 'en') ||
    one.to.name.localeCompare(other.to.name, 'en') ||
    (one.id < other.id ? -1 : 1)
  )
}

function sortValue(pair: PairTraffic, column: Exclude<PairSort, 'pair'>): number {
  switch (column) {
    case 'rate':
      return pair.messagesPerSecond
    case 'data':
      return pair.bytesPerSecond
    case 'p50':
      return pair.p50Ms
    case 'p95':
      return pair.p95Ms
    case 'p99':
      return pair.p99Ms
    case 'max':
      return pair.maxMs
    case 'queue':
      return pair.maxQueueSize
    case 'drops':
      return pair.dropCount
    case 'errors':
      return pair.errorRate
    case 'timeouts':
      return pair.timeoutRate
    case 'retries':
      return pair.retryRate
    case 'pending':
      return pair.pendingCalls
  }
}

/** The S key: slowest, busiest, and back to the order of the names. */
export function pairSortingAfter(sorting: PairSorting): PairSorting {
  switch (sorting?.column) {
    case 'p95':
      return { column: 'rate', isDescending: true }
    case 'rate':
      return null
    default:
      return { column: 'p95', isDescending: true }
  }
}
