import { useEffect, useState } from 'react'
import type { DownloadEntry } from '../../contracts/downloads-for-chrome.ts'
import type { BrowserLink } from '../system/browser-link.ts'

export interface DownloadsState {
  /** Where files go; empty while the controller has not answered. */
  readonly folder: string
  /** The latest first. */
  readonly entries: readonly DownloadEntry[]
  /** Those that were new or changed since the window stands. */
  readonly touched: ReadonlySet<string>
}

/** All downloads, as long as the window stands. */
export function useDownloads(link: BrowserLink): DownloadsState {
  const [folder, setFolder] = useState('')
  const [known, setKnown] = useState<ReadonlyMap<string, DownloadEntry>>(new Map())
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const downloads = link.area('downloads')
    const listening = new DisposableStack()
    listening.use(
      downloads.on('changed', entry => {
        setKnown(before => new Map(before).set(entry.id, entry))
        setTouched(before => (before.has(entry.id) ? before : new Set(before).add(entry.id)))
      }),
    )
    listening.use(
      downloads.on('removed', ({ ids }) => {
        setKnown(before => new Map([...before].filter(([id]) => !ids.includes(id))))
      }),
    )
    downloads.list({}).then(
      first => {
        setFolder(first.folder)
        // What came as an event meanwhile is newer.
        setKnown(before => new Map([...first.entries.map(entry => [entry.id, entry] as const), ...before]))
      },
      () => {},
    )
    return () => listening.dispose()
  }, [link])
  const entries = [...known.values()].toSorted((one, other) => other.startedAt - one.startedAt)
  return { folder, entries, touched }
}
