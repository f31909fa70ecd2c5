import { EventEmitter } from 'node:events'
import path from 'node:path'
import type { SaveDialogOptions } from 'electron'
import { UnsupportedApiError } from '../platform/unsupported.ts'
import { contentTypeOf } from './content-types.ts'

type DownloadState = 'progressing' | 'completed' | 'cancelled' | 'interrupted'

/** What carries a download out. */
interface DownloadCarrier {
  readonly canPause: boolean
  pause(): void
  resume(): void
  cancel(): void
}

interface DownloadStart {
  readonly url: string
  readonly fileName: string
  readonly initiatorOrigin: string
  readonly startTimeMs: number
}

/** A download, from `will-download` on. */
export class DownloadItem extends EventEmitter {
  readonly #start: DownloadStart
  readonly #carrier: DownloadCarrier
  readonly #now: () => number
  #state: DownloadState = 'progressing'
  #savePath = ''
  #receivedBytes = 0
  #totalBytes = 0
  #mimeType = ''
  #contentDisposition = ''
  #lastModified = ''
  #etag = ''
  #endTimeMs = 0
  #isPaused = false
  #saveDialogOptions: SaveDialogOptions = {}

  /** @internal */
  constructor(start: DownloadStart, carrier: DownloadCarrier, now: () => number) {
    super()
    this.#start = start
    this.#carrier = carrier
    this.#now = now
  }

  get savePath(): string {
    return this.#savePath
  }
  set savePath(savePath: string) {
    this.setSavePath(savePath)
  }
  /** Must be absolute. Without it the file goes to the session's download folder under its own name. */
  setSavePath(savePath: string): void {
    if (!path.isAbsolute(savePath)) throw new TypeError('The path must be absolute')
    this.#savePath = savePath
  }
  getSavePath(): string {
    return this.#savePath
  }
  setSaveDialogOptions(options: SaveDialogOptions): void {
    this.#saveDialogOptions = options
  }
  getSaveDialogOptions(): SaveDialogOptions {
    return this.#saveDialogOptions
  }

  pause(): void {
    if (this.#state !== 'progressing' || this.#isPaused) return
    if (!this.#carrier.canPause)
      throw new UnsupportedApiError('downloadItem.pause', 'DevTools cannot pause a download of a page')
    this.#isPaused = true
    this.#carrier.pause()
  }
  isPaused(): boolean {
    return this.#isPaused
  }
  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#carrier.resume()
  }
  canResume(): boolean {
    return this.#isPaused
  }
  cancel(): void {
    if (this.#state !== 'progressing') return
    this.#carrier.cancel()
    this.finish('cancelled')
  }

  getURL(): string {
    return this.#start.url
  }
  getURLChain(): string[] {
    return [this.#start.url]
  }
  getFilename(): string {
    return this.#start.fileName
  }
  getInitiatorOrigin(): string {
    return this.#start.initiatorOrigin
  }
  /** As the server said; for a download of a page, of which DevTools does not tell it, by the name of the file. */
  getMimeType(): string {
    return this.#mimeType || contentTypeOf(this.#start.fileName)
  }
  getContentDisposition(): string {
    return this.#contentDisposition
  }
  getLastModifiedTime(): string {
    return this.#lastModified
  }
  getETag(): string {
    return this.#etag
  }
  /** DevTools does not tell whether a person asked for the download. */
  hasUserGesture(): boolean {
    return false
  }
  getState(): DownloadState {
    return this.#state
  }
  getTotalBytes(): number {
    return this.#totalBytes
  }
  getReceivedBytes(): number {
    return this.#receivedBytes
  }
  getPercentComplete(): number {
    return this.#totalBytes > 0 ? Math.floor((this.#receivedBytes / this.#totalBytes) * 100) : -1
  }
  getCurrentBytesPerSecond(): number {
    const seconds = ((this.#endTimeMs || this.#now()) - this.#start.startTimeMs) / 1000
    return seconds > 0 ? Math.round(this.#receivedBytes / seconds) : 0
  }
  /** In seconds since 1970. */
  getStartTime(): number {
    return this.#start.startTimeMs / 1000
  }
  /** In seconds since 1970; 0 while it runs. */
  getEndTime(): number {
    return this.#endTimeMs / 1000
  }

  /** @internal */
  describe(headers: Headers): void {
    this.#mimeType = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim() ?? ''
    this.#contentDisposition = headers.get('content-disposition') ?? ''
    this.#lastModified = headers.get('last-modified') ?? ''
    this.#etag = headers.get('etag') ?? ''
    this.#totalBytes = Number(headers.get('content-length') ?? 0)
  }

  /** @internal */
  progress(receivedBytes: number, totalBytes: number): void {
    if (this.#state !== 'progressing') return
    this.#receivedBytes = receivedBytes
    this.#totalBytes = totalBytes
    this.emit('updated', {}, 'progressing')
  }

  /** @internal */
  finish(state: Exclude<DownloadState, 'progressing'>): void {
    if (this.#state !== 'progressing') return
    this.#state = state
    this.#endTimeMs = this.#now()
    if (state === 'interrupted') this.emit('updated', {}, 'interrupted')
    this.emit('done', {}, state)
  }
}
