import type { ProcessRow } from '../../contracts/processes.ts'
import type { ColumnSorting } from './grid-column.ts'

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
  readonly cpuPercent: number | null
  readonly memoryBytes: number | null
  /** Whom it exchanges most messages with; null where that is not known. */
  readonly busiestPeer: BusiestPeer | null
  readonly children: readonly TreeItem[]
}

/** A visible row with its place in the tree, as ARIA counts it: from 1. */
export interface VisibleRow {
  readonly item: TreeItem
  readonly level: number
  readonly position: number
  readonly setSize: number
  readonly parentId: string | null
  /** Null for a row without children. */
  readonly isExpanded: boolean | null
}

export type SortColumn =
  | 'name'
  | 'state'
  | 'cpu'
  | 'memory'
  | 'messages'
  | 'p95'
  | 'restarts'
  | 'uptime'
  | 'pid'
/** Null keeps the order in which the processes began. */
export type Sorting = ColumnSorting<SortColumn> | null
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
  const ids = new Set(rows.map(row => row.id))
  const childrenOf = new Map<string | null, ProcessRow[]>()
  const tabs: ProcessRow[] = []
  const helpers: ProcessRow[] = []
  for (const row of rows) {
    const parentId =
      row.parentId !== null && ids.has(row.parentId) && row.parentId !== row.id ? row.parentId : null
    const parent = rows.find(candidate => candidate.id === parentId)
    if (row.kind === 'tab' && parent?.kind !== 'tab') tabs.push(row)
    else if (isHelper(row) && (parent === undefined || !isHelper(parent))) helpers.push(row)
    else childrenOf.set(parentId, [...(childrenOf.get(parentId) ?? []), row])
  }
  const itemOf = (row: ProcessRow): TreeItem => ({
    id: row.id,
    process: row,
    name: row.name,
    detail: row.detail,
    cpuPercent: row.cpuPercent,
    memoryBytes: row.memoryBytes,
    busiestPeer: busiestPeers.get(row.id) ?? null,
    children: (childrenOf.get(row.id) ?? []).map(itemOf),
  })
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

/** Whether it belongs to the browser engine itself, as the GPU process does. */
export function isHelper(row: ProcessRow): boolean {
  return row.kind === 'gpu' || row.kind === 'engine'
}

function group(id: string, name: string, detail: string, children: readonly TreeItem[]): TreeItem {
  return {
    id,
    process: null,
    name,
    detail,
    cpuPercent: sum(children.map(child => child.cpuPercent)),
    memoryBytes: sum(children.map(child => child.memoryBytes)),
    busiestPeer: null,
    children,
  }
}

/** Null only when nothing is known at all. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null)
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
}

/** Keeps what matches and what it hangs from, so that a row never loses its place. */
export function filterTree(items: readonly TreeItem[], filter: ProcessFilter, words: string): TreeItem[] {
  const wanted = words.trim().toLowerCase()
  const keep = (item: TreeItem): TreeItem | null => {
    const children = item.children.map(keep).filter(child => child !== null)
    const isMatch = item.process !== null && matches(item.process, filter, wanted)
    return isMatch || children.length > 0 ? { ...item, children } : null
  }
  if (filter === 'all' && wanted === '') return [...items]
  return items.map(keep).filter(item => item !== null)
}

function matches(row: ProcessRow, filter: ProcessFilter, wanted: string): boolean {
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

/** The tree as rows from top to bottom: sorted among siblings, without the children of closed rows. */
export function visibleRows(
  items: readonly TreeItem[],
  sorting: Sorting,
  closedIds: ReadonlySet<string>,
): VisibleRow[] {
  const rows: VisibleRow[] = []
  const walk = (siblings: readonly TreeItem[], level: number, parentId: string | null) => {
    const ordered =
      sorting === null ? siblings : [...siblings].sort((one, other) => compare(one, other, sorting))
    ordered.forEach((item, index) => {
      const isExpanded = item.children.length === 0 ? null : !closedIds.has(item.id)
      rows.push({ item, level, position: index + 1, setSize: siblings.length, parentId, isExpanded })
      if (isExpanded) walk(item.children, level + 1, item.id)
    })
  }
  walk(items, 1, null)
  return rows
}

function compare(one: TreeItem, other: TreeItem, sorting: NonNullable<Sorting>): number {
  const direction = sorting.isDescending ? -1 : 1
  const a = sortValue(one, sorting.column)
  const b = sortValue(other, sorting.column)
  // what is not known goes last, whichever way the column is sorted
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'string' || typeof b === 'string')
    return String(a).localeCompare(String(b), 'en') * direction
  return (a - b) * direction
}

function sortValue(item: TreeItem, column: SortColumn): string | number | null {
  switch (column) {
    case 'name':
      return item.name
    case 'state':
      return item.process?.state ?? null
    case 'cpu':
      return item.cpuPercent
    case 'memory':
      return item.memoryBytes
    case 'messages':
      return item.process === null ? null : item.process.messagesIn + item.process.messagesOut
    case 'p95':
      return item.busiestPeer?.p95Ms ?? null
    case 'restarts':
      return item.process?.restarts ?? null
    case 'uptime':
      return item.process?.uptimeMs ?? null
    case 'pid':
      return item.process?.pid ?? null
  }
}
