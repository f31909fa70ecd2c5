import type { TabEvent } from '../../controller/tab-model.ts'
import type { KnownProcess, ProcessBook } from '../book/known-process.ts'
import type { ActionHands } from './process-actions.ts'

export interface PageHandsOptions {
  readonly book: Pick<ProcessBook, 'onEntry'>
  readonly tell: (tabId: string, event: TabEvent) => void
  /** Ends the process of a tab's page by the engine's own means; false when the tab has no page. */
  readonly endPage: (tabId: string) => boolean
  readonly kill: (pid: number) => void
}

/** What is done to the processes of pages: through their tabs, so that each tab knows what became of it. */
export class PageHands implements ActionHands, Disposable {
  readonly #options: PageHandsOptions
  /** Processes that end so that their tabs can have another. */
  readonly #restarting = new Set<string>()
  readonly #listening: Disposable

  constructor(options: PageHandsOptions) {
    this.#options = options
    this.#listening = options.book.onEntry(({ processId, state }, process) => {
      if (state !== 'crashed' && state !== 'terminated') return
      if (this.#restarting.delete(processId) && state === 'crashed') this.#reload(process)
    })
  }

  end({ tabIds, pid }: KnownProcess): void {
    const ended = tabIds.filter(tabId => this.#options.endPage(tabId))
    // A spare page belongs to no tab, and a frame to one that has another process.
    if (ended.length === 0 && pid !== null) this.#options.kill(pid)
  }

  suspend({ tabIds }: KnownProcess): void {
    for (const tabId of tabIds) this.#options.tell(tabId, { type: 'freeze' })
  }

  resume({ tabIds }: KnownProcess): void {
    for (const tabId of tabIds) this.#options.tell(tabId, { type: 'unfreeze' })
  }

  restart(process: KnownProcess): void {
    if (process.state === 'crashed') this.#reload(process)
    else {
      this.#restarting.add(process.id)
      this.end(process)
    }
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]()
  }

  /** Not within the step that tells of the end: who else hears of it is to see the tab as it was. */
  #reload({ tabIds }: KnownProcess): void {
    setImmediate(() => {
      for (const tabId of tabIds) this.#options.tell(tabId, { type: 'reload' })
    })
  }
}
