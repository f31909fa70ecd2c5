import { existsSync } from 'node:fs'
import path from 'node:path'
import type { DownloadItem } from 'electron'
import { dangerOf } from '../../contracts/file-danger.ts'
import { numberedName, partialSuffix, safeFileName } from '../../contracts/file-name.ts'
import type { DownloadRecord } from '../../contracts/storage-downloads.ts'
import { engineCode, heldCode } from './known-download.ts'

/** What a download of the engine tells. */
export type EngineProgress = (change: Partial<DownloadRecord>, bytesPerSecond: number) => void

/** Where a file of the engine goes: a name that is free, and the one under which it grows. */
export function engineFilePath(folder: string, suggestedName: string): string {
  const name = safeFileName(suggestedName) || 'download'
  for (let number = 0; ; number += 1) {
    const filePath = path.join(folder, numberedName(name, number))
    if (!existsSync(filePath) && !existsSync(`${filePath}${partialSuffix}`)) return filePath
  }
}

/**
 * Follows a download that only the engine can make: what a form sent, or a page put together. It grows under a partial
 * name and is given its own by `release` when it is whole, like those of the network process.
 */
export function followEngineDownload(
  item: DownloadItem,
  filePath: string,
  options: {
    readonly release: (partialPath: string, filePath: string) => Promise<string>
    readonly now: () => number
    readonly onProgress: EngineProgress
  },
): void {
  const { release, now, onProgress } = options
  const partialPath = `${filePath}${partialSuffix}`
  item.setSavePath(partialPath)
  const facts = (): Partial<DownloadRecord> => ({
    received: item.getReceivedBytes(),
    size: item.getTotalBytes() > 0 ? item.getTotalBytes() : null,
    mimeType: item.getMimeType().slice(0, 300),
  })
  item.on('updated', (_event, state) => {
    const isStopped = state === 'interrupted' || item.isPaused()
    onProgress({ ...facts(), state: isStopped ? 'paused' : 'running' }, item.getCurrentBytesPerSecond())
  })
  item.once('done', (_event, state) => {
    const ended = { ...facts(), endedAt: now() }
    if (state === 'cancelled') {
      onProgress({ ...ended, state: 'cancelled', received: 0, error: null }, 0)
      return
    }
    if (state === 'interrupted') {
      onProgress({ ...ended, state: 'failed', error: { code: engineCode, message: '' } }, 0)
      return
    }
    const whole = { ...ended, size: item.getReceivedBytes() }
    const danger = dangerOf(filePath, item.getMimeType())
    if (danger !== null) {
      onProgress({ ...whole, state: 'paused', partialPath, error: { code: heldCode, message: danger } }, 0)
      return
    }
    release(partialPath, filePath).then(
      released => onProgress({ ...whole, state: 'completed', filePath: released, error: null }, 0),
      (error: unknown) =>
        onProgress(
          {
            ...whole,
            state: 'failed',
            error: { code: 'FOLDER', message: error instanceof Error ? error.message : '' },
          },
          0,
        ),
    )
  })
}
