import type { DownloadEntry, DownloadEntryState } from '../../contracts/downloads-for-chrome.ts'
import type { DownloadRecord } from '../../contracts/storage-downloads.ts'
import { dangerWords, failureWords } from './failure-words.ts'

/** Of a record whose file is whole, but may do harm: it waits under its partial name. */
export const heldCode = 'HELD'
/** Of a record whose bytes the engine fetches: they cannot be had again. */
export const engineCode = 'ENGINE'

/** The engine's own download, for bytes that only the page could make. */
export interface EngineItem {
  pause(): void
  resume(): void
  cancel(): void
  canResume(): boolean
}

/** A download as main knows it: what is stored, and what is only true now. */
export interface KnownDownload {
  record: DownloadRecord
  readonly isPrivate: boolean
  /** Null where the network process fetches it. */
  readonly item: EngineItem | null
  bytesPerSecond: number
  pausedBy: 'person' | 'restart'
  /** When it was last written to the storage. */
  savedAt: number
}

export function isActive({ record }: KnownDownload): boolean {
  return record.state === 'waiting' || record.state === 'running'
}

export function isHeld({ record }: KnownDownload): boolean {
  return record.state === 'paused' && record.error?.code === heldCode
}

export function isOver({ record }: KnownDownload): boolean {
  return record.state === 'completed' || record.state === 'cancelled' || record.state === 'failed'
}

/** How a download looks to the person. */
export function entryOf(known: KnownDownload, isThere: (file: string) => boolean): DownloadEntry {
  const { record, item } = known
  const state = stateOf(known)
  const address = record.urls[0] ?? ''
  return {
    id: record.id,
    name: record.filePath.split(/[/\\]/).at(-1)?.slice(0, 500) || 'download',
    url: address,
    site: (hostOf(address) || hostOf(record.referrer ?? '')).slice(0, 500),
    mimeType: record.mimeType,
    state,
    size: record.size,
    received: record.received,
    sha256: record.checksum?.actual ?? null,
    canPause: isActive(known),
    canResume:
      item === null
        ? (state.kind === 'paused' || state.kind === 'failed') && record.error?.code !== engineCode
        : state.kind === 'paused' && item.canResume(),
    isThere: record.state !== 'completed' || isThere(record.filePath),
    isPrivate: known.isPrivate,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
  }
}

function stateOf(known: KnownDownload): DownloadEntryState {
  const { record, bytesPerSecond, pausedBy } = known
  switch (record.state) {
    case 'waiting':
      return { kind: 'waiting' }
    case 'running': {
      const left = record.size === null ? null : record.size - record.received
      const secondsLeft = left === null || bytesPerSecond === 0 ? null : Math.ceil(left / bytesPerSecond)
      return { kind: 'running', bytesPerSecond, secondsLeft }
    }
    case 'paused':
      if (isHeld(known)) return { kind: 'held', danger: dangerWords(record.error?.message ?? '') }
      return { kind: 'paused', by: pausedBy }
    case 'interrupted':
      return { kind: 'paused', by: 'restart' }
    case 'completed':
      return { kind: 'completed' }
    case 'cancelled':
      return { kind: 'cancelled' }
    case 'failed':
      return { kind: 'failed', reason: failureWords(record.error?.code ?? '', record.error?.message ?? '') }
  }
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? ''
}
