import type { RequestKind } from '../../contracts/network-filtering.ts'
import type { LoggedRequest } from '../../contracts/request-log.ts'
import { statusText } from './request-words.ts'

/** Kinds of requests as people group them. */
export const kindGroups = [
  { id: 'all', title: 'All', kinds: null },
  { id: 'pages', title: 'Pages', kinds: ['mainFrame', 'subFrame'] },
  { id: 'scripts', title: 'Scripts', kinds: ['script'] },
  { id: 'styles', title: 'Styles', kinds: ['stylesheet'] },
  { id: 'images', title: 'Images', kinds: ['image'] },
  { id: 'fonts', title: 'Fonts', kinds: ['font'] },
  { id: 'fetches', title: 'Fetches', kinds: ['xhr', 'webSocket'] },
  { id: 'media', title: 'Media', kinds: ['media', 'object'] },
  { id: 'other', title: 'Other', kinds: ['ping', 'cspReport', 'other'] },
] as const satisfies readonly { id: string; title: string; kinds: readonly RequestKind[] | null }[]
export type KindGroup = (typeof kindGroups)[number]['id']

export interface RequestFilter {
  /** All of them must stand in the address, the method, the status, the rule or who asked. */
  readonly words: string
  readonly group: KindGroup
  readonly isBlockedOnly: boolean
  /** Null for those of every tab. */
  readonly tabId: string | null
}

export const noFilter: RequestFilter = { words: '', group: 'all', isBlockedOnly: false, tabId: null }

export function filtered(rows: readonly LoggedRequest[], filter: RequestFilter): readonly LoggedRequest[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0 && filter.group === 'all' && !filter.isBlockedOnly && filter.tabId === null)
    return rows
  const kinds: readonly RequestKind[] | null = kindGroups.find(({ id }) => id === filter.group)?.kinds ?? null
  return rows.filter(row => {
    if (filter.tabId !== null && row.tabId !== filter.tabId) return false
    if (filter.isBlockedOnly && row.state !== 'blocked') return false
    if (kinds !== null && !kinds.includes(row.kind)) return false
    if (words.length === 0) return true
    const text = searchedText(row)
    return words.every(word => text.includes(word))
  })
}

function searchedText(row: LoggedRequest): string {
  const { filtering } = row
  const rule = filtering === null || filtering.kind === 'late' ? '' : `${filtering.rule} ${filtering.list}`
  return `${row.url} ${row.method} ${statusText(row)} ${row.mimeType ?? ''} ${row.initiator ?? ''} ${rule}`.toLowerCase()
}
