import type { ProcessRow } from '../../contracts/processes.ts'
import { noReadings, ownReadings, type Readings, sumOf } from './row-readings.ts'

export interface BusiestPeer {
  readonly peer: string
  readonly p95Ms: number
}

/** A row of the grid: a process, or a heading that sums up several. */
export interface TreeItem {
  readonly id: string
  readonly process: ProcessRow | null
  readonly name: string
  readonly detail: string
  /** Of the process alone; nothing for a heading. */
  readonly own: Readings
  /** Of the process and of everything below it. */
  readonly total: Readings
  readonly children: readonly TreeItem[]
}

export type ProcessFilter = 'all' | 'sites' | 'services' | 'attention'

export const sitesGroupId = 'group:sites'
export const engineGroupId = 'group:engine'

/**
 * Builds the tree. Tabs and the engine's helpers each stand under a heading, so that what a person opened is apart from
 * what serves it. A row whose parent is missing stands at the top rather than vanish.
 */
export function processTree(
  rows: readonly ProcessRow[],
  busiestPeers: ReadonlyMap<string, BusiestPeer> = new Map(),
): TreeItem[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  const childrenOf = new Map<string | null, ProcessRow[]>()
  const tabs: ProcessRow[] = []
  const helpers: ProcessRow[] = []
  for (const row of rows) {
    const parent = row.parentId === row.id ? undefined : byId.get(row.parentId ?? '')
    if (row.kind === 'tab' && parent?.kind !== 'tab') tabs.push(row)
    else if (isHelper(row) && (parent === undefined || !isHelper(parent))) helpers.push(row)
    else childrenOf.set(parent?.id ?? null, [...(childrenOf.get(parent?.id ?? null) ?? []), row])
  }
  const itemOf = (row: ProcessRow): TreeItem => {
    const children = (childrenOf.get(row.id) ?? []).map(itemOf)
    return { ...leafOf(row, busiestPeers), total: totalOf(row, children, busiestPeers), children }
  }
  const roots = (childrenOf.get(null) ?? []).map(itemOf)
  const sites = new Set(tabs.map(row => row.site ?? row.name)).size
  if (tabs.length > 0) {
    roots.push(group(sitesGroupId, 'Sites', sites === 1 ? '1 site' : `${sites} sites`, tabs.map(itemOf)))
  }
  if (helpers.length > 0) {
    roots.push(group(engineGroupId, 'Engine', 'helpers of the browser engine', helpers.map(itemOf)))
  }
  return roots
}

/** Every process beside the others, in the order in which they began. */
export function flatItems(
  rows: readonly ProcessRow[],
  busiestPeers: ReadonlyMap<string, BusiestPeer> = new Map(),
): TreeItem[] {
  return rows.map(row => leafOf(row, busiestPeers))
}

/** Whether it belongs to the browser engine itself, as the GPU process does. */
export function isHelper(row: ProcessRow): boolean {
  return row.kind === 'gpu' || row.kind === 'engine'
}

function leafOf(row: ProcessRow, busiestPeers: ReadonlyMap<string, BusiestPeer>): TreeItem {
  const own = ownReadings(row, busiestPeers.get(row.id) ?? null)
  return { id: row.id, process: row, name: row.name, detail: row.detail, own, total: own, children: [] }
}

function totalOf(
  row: ProcessRow,
  children: readonly TreeItem[],
  busiestPeers: ReadonlyMap<string, BusiestPeer>,
): Readings {
  const own = ownReadings(row, busiestPeers.get(row.id) ?? null)
  return children.length === 0 ? own : sumOf([own, ...children.map(child => child.total)])
}

function group(id: string, name: string, detail: string, children: readonly TreeItem[]): TreeItem {
  const total = sumOf(children.map(child => child.total))
  return { id, process: null, name, detail, own: noReadings, total, children }
}

/** What is to be seen of the processes. */
export interface ProcessChoice {
  readonly filter: ProcessFilter
  /** Typed by the person: a part of a name, state, kind or pid. */
  readonly words: string
  /** Only these, such as those to which something happened in a span of time; null for all. */
  readonly ids: ReadonlySet<string> | null
}

/** Keeps what matches and what it hangs from, so that a row never loses its place. Sums stay those of all. */
export function filterTree(items: readonly TreeItem[], choice: ProcessChoice): TreeItem[] {
  const wanted = choice.words.trim().toLowerCase()
  const keep = (item: TreeItem): TreeItem | null => {
    const children = item.children.map(keep).filter(child => child !== null)
    const isMatch = item.process !== null && matches(item.process, choice, wanted)
    return isMatch || children.length > 0 ? { ...item, children } : null
  }
  if (choice.filter === 'all' && wanted === '' && choice.ids === null) return [...items]
  return items.map(keep).filter(item => item !== null)
}

function matches(row: ProcessRow, { filter, ids }: ProcessChoice, wanted: string): boolean {
  if (ids !== null && !ids.has(row.id)) return false
  const text = `${row.name} ${row.detail} ${row.state} ${row.kind} ${row.pid ?? ''}`.toLowerCase()
  if (!text.includes(wanted)) return false
  switch (filter) {
    case 'all':
      return true
    case 'sites':
      return row.kind === 'tab'
    case 'services':
      return row.kind !== 'tab' && !isHelper(row)
    case 'attention':
      return needsAttention(row)
  }
}

/** Stopped, given up, or near its memory limit. */
export function needsAttention(row: ProcessRow): boolean {
  if (row.state === 'crashed' || row.state === 'failed' || row.state === 'restarting') return true
  return (
    row.memoryBytes !== null && row.memoryLimitBytes !== null && row.memoryBytes > 0.8 * row.memoryLimitBytes
  )
}
