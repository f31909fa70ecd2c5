import type { DownloadItem, Event, WebContents } from 'electron'
import type { PageSessions } from '../security/page-sessions.ts'

/**
 * Knows from which pages a file comes that the engine itself saves: what a page made, or got as the answer to what it sent.
 * Others are fetched by the network process, which needs no page.
 */
export class PageDownloads {
  readonly #items = new Map<number, Set<DownloadItem>>()

  constructor(sessions: Pick<PageSessions, 'attach'>) {
    sessions.attach(({ session }) => {
      session.on('will-download', (event, item, contents) => this.#began(event, item, contents))
    })
  }

  isDownloading(webContentsId: number): boolean {
    return this.#items.has(webContentsId)
  }

  #began(event: Event, item: DownloadItem, contents: WebContents | undefined): void {
    // Taken over by those who were asked before.
    if (event.defaultPrevented || contents === undefined || contents.isDestroyed()) return
    const { id } = contents
    const items = this.#items.get(id) ?? new Set()
    this.#items.set(id, items.add(item))
    item.once('done', () => {
      items.delete(item)
      if (items.size === 0) this.#items.delete(id)
    })
  }
}
