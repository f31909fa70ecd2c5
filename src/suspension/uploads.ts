import type { OnBeforeRequestListenerDetails } from 'electron'
import type { Clock } from '../../ipc/clock.ts'
import type { RequestPart, RequestSource } from '../network/web-request.ts'

interface Upload {
  readonly webContentsId: number
  /** By when a body so small has been sent; Infinity for a large one. */
  readonly sentBy: number
}

/** A body up to this size is sent at once; who waits for the answer longer waits for news, not for an upload. */
const smallBytes = 65_536
const smallMs = 15_000
/** What a page never hears the end of is not counted for ever. */
const mostUploads = 1_000

/** Knows which pages send something now: requests with a body that nobody has begun to answer. */
export class Uploads {
  readonly part: RequestPart
  readonly #clock: Clock
  readonly #open = new Map<RequestSource, Map<number, Upload>>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.part = {
      name: 'uploads',
      decide: (request, source) => {
        this.#began(request, source)
        return null
      },
      onStarted: ({ id }, source) => this.#ended(id, source),
      onRedirected: ({ id }, source) => this.#ended(id, source),
      onCompleted: ({ id }, source) => this.#ended(id, source),
      onFailed: ({ id }, source) => this.#ended(id, source),
    }
  }

  isUploading(webContentsId: number): boolean {
    const now = this.#clock.now()
    for (const uploads of this.#open.values()) {
      for (const upload of uploads.values()) {
        if (upload.webContentsId === webContentsId && now < upload.sentBy) return true
      }
    }
    return false
  }

  #began(request: OnBeforeRequestListenerDetails, source: RequestSource): void {
    const { id, webContentsId, uploadData, resourceType } = request
    // A ping outlives its page, which is what it is for.
    if (webContentsId === undefined || uploadData === undefined || uploadData.length === 0) return
    if (resourceType === 'ping') return
    const isSmall =
      uploadData.every(({ file, blobUUID }) => !file && !blobUUID) &&
      uploadData.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0) <= smallBytes
    const uploads = this.#open.get(source) ?? new Map<number, Upload>()
    this.#open.set(source, uploads)
    uploads.set(id, { webContentsId, sentBy: isSmall ? this.#clock.now() + smallMs : Infinity })
    const [oldest] = uploads.keys()
    if (oldest !== undefined && uploads.size > mostUploads) uploads.delete(oldest)
  }

  #ended(id: number, source: RequestSource): void {
    const uploads = this.#open.get(source)
    uploads?.delete(id)
    if (uploads?.size === 0) this.#open.delete(source)
  }
}
