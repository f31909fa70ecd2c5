import { mkdir } from 'node:fs/promises'
import type { DownloadProgress, DownloadStart } from '../../contracts/downloads.ts'
import { mostDownloads } from '../../contracts/downloads.ts'
import { QueueFullError } from '../../ipc/errors.ts'
import { Download, type DownloadTools } from './download.ts'

/** At once in all, and from one origin: more would only share the same line, and servers refuse them. */
const mostAtOnce = 8
const mostOfOrigin = 3

/** All downloads of this process: those that run, and those that wait for their turn. */
export class Downloads {
  readonly #tools: DownloadTools
  readonly #all = new Map<string, Download>()
  readonly #running = new Set<Download>()
  #isStopping = false

  constructor(tools: DownloadTools) {
    this.#tools = tools
  }

  get running(): DownloadProgress[] {
    return [...this.#all.values()].map(({ progress }) => progress)
  }

  async start(start: DownloadStart): Promise<void> {
    if (this.#all.has(start.id) || this.#isStopping) return
    if (this.#all.size >= mostDownloads) throw new QueueFullError('Too many downloads at once')
    const download = new Download(start, this.#tools)
    this.#all.set(start.id, download)
    // What is wrong with the folder is found when the file is made there.
    await mkdir(start.folder, { recursive: true }).catch(() => {})
    this.#tools.onProgress(download.progress)
    this.#startNext()
  }

  async interrupt(id: string, interruption: 'pause' | 'cancel'): Promise<void> {
    const download = this.#all.get(id)
    if (download === undefined) return
    await download.interrupt(interruption)
    this.#all.delete(id)
  }

  /** Puts everything on the disk, because the process is about to end. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all([...this.#all.values()].map(download => download.interrupt('stop')))
  }

  #startNext(): void {
    for (const download of this.#all.values()) {
      if (this.#isStopping || this.#running.size >= mostAtOnce) return
      if (download.progress.phase.kind !== 'waiting' || this.#running.has(download)) continue
      const ofOrigin = [...this.#running].filter(({ origin }) => origin === download.origin)
      if (ofOrigin.length >= mostOfOrigin) continue
      this.#running.add(download)
      void download.run().then(() => {
        this.#running.delete(download)
        this.#all.delete(download.id)
        this.#startNext()
      })
    }
  }
}
