import type { ClearSpan, SiteDataKind, SiteUse } from '../../contracts/sites.ts'
import { sizeText } from '../downloads/download-words.ts'

/** In the order in which they are offered. */
export const dataKinds: readonly SiteDataKind[] = [
  'cookies',
  'localStorage',
  'indexedDb',
  'caches',
  'serviceWorkers',
  'history',
  'choices',
]

export function kindWords(kind: SiteDataKind): string {
  switch (kind) {
    case 'cookies':
      return 'Cookies'
    case 'localStorage':
      return 'Local storage'
    case 'indexedDb':
      return 'Databases'
    case 'caches':
      return 'Caches'
    case 'serviceWorkers':
      return 'Service workers'
    case 'history':
      return 'History and what was read'
    case 'choices':
      return 'Permissions and choices'
  }
}

export function spanWords(span: ClearSpan): string {
  switch (span) {
    case 'hour':
      return 'Last hour'
    case 'day':
      return 'Last day'
    case 'week':
      return 'Last week'
    case 'all':
      return 'All time'
  }
}

/** What a site keeps, without what it does not. */
export function useWords(use: SiteUse): string {
  const parts = [
    use.cookies === 0 ? '' : `${use.cookies === 1 ? '1 cookie' : `${use.cookies} cookies`}`,
    use.indexedDbBytes === 0 ? '' : `databases ${sizeText(use.indexedDbBytes)}`,
    use.cacheBytes === 0 ? '' : `caches ${sizeText(use.cacheBytes)}`,
    use.localStorageBytes === null || use.localStorageBytes === 0
      ? ''
      : `local storage ${sizeText(use.localStorageBytes)}`,
    use.storedBytes === 0 ? '' : `history and readings ${sizeText(use.storedBytes)}`,
    use.workers === 0 ? '' : 'a worker runs',
    use.permissions.length === 0 ? '' : countWords(use.permissions.length, 'permission'),
    use.choices.zoom === null ? '' : `zoom ${Math.round(use.choices.zoom * 100)} %`,
  ].filter(Boolean)
  return parts.length === 0 ? 'Nothing that can be measured' : parts.join(' · ')
}

function countWords(count: number, name: string): string {
  return count === 1 ? `1 ${name}` : `${count} ${name}s`
}

/** Above this a site is marked. The engine has no limit that an application could set for one site. */
export const noticedBytes = 500_000_000

export function totalBytes(use: SiteUse): number {
  return use.cookieBytes + use.indexedDbBytes + use.cacheBytes + (use.localStorageBytes ?? 0)
}

/** What came of clearing a span of time. */
export function clearedWords(cleared: readonly SiteDataKind[], left: readonly SiteDataKind[]): string {
  const list = (kinds: readonly SiteDataKind[]): string =>
    kinds.map((kind, index) => (index === 0 ? kindWords(kind) : kindWords(kind).toLowerCase())).join(', ')
  const done = cleared.length === 0 ? 'Nothing was cleared.' : `Cleared: ${list(cleared)}.`
  return left.length === 0
    ? done
    : `${done} Left alone: ${list(left)}. The engine does not know how old they are; clear them over all time.`
}
