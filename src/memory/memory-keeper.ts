import type { IndexedAnalysis } from '../../contracts/ai.ts'
import type { Forgotten, MemoryAnswer, RelatedPage, Remembered } from '../../contracts/memory.ts'
import { vectorBytes } from '../../contracts/page-analysis.ts'
import type { Clock } from '../../ipc/clock.ts'
import { CancelledError, IpcError } from '../../ipc/errors.ts'
import type { AiClient } from '../analysis/ai-client.ts'
import type { StorageClient } from '../storage/storage-client.ts'
import { BackgroundReader, type SeenTab } from './background-reader.ts'
import { pageMemoryOf } from './page-memory.ts'

export interface MemoryKeeperOptions {
  readonly storage: StorageClient
  readonly ai: AiClient
  /** Makes the tab's document reachable for the AI process; false when the tab shows no page. */
  readonly connectTab: (tabId: string) => boolean
  /** False once the AI process was given up: then only a person starts it again. */
  readonly isAiThere: () => boolean
  /** Told of each page that was read while it was shown. */
  readonly onRead: (tabId: string, url: string) => void
  readonly isOnBattery: () => boolean
  /** Nothing is read in the background while the machine's memory is scarce: models take some hundred megabytes. */
  readonly isMemoryShort: () => boolean
  readonly clock: Clock
  readonly debug: (message: string) => void
}

/** Whoever asked may take the question back. */
interface Asking {
  readonly signal: AbortSignal
}

/** A person who types waits no longer for the meaning; the words have been found long since. */
const meaningPatienceMs = 3_000

/** What the browser remembers of pages: reads them, finds them, shows what is stored, forgets. */
export class MemoryKeeper implements Disposable {
  readonly #options: MemoryKeeperOptions
  readonly #reader: BackgroundReader

  constructor(options: MemoryKeeperOptions) {
    this.#options = options
    const { storage, clock, isAiThere, isOnBattery, isMemoryShort, debug } = options
    this.#reader = new BackgroundReader({
      clock,
      isOnBattery,
      debug,
      canRead: () => isAiThere() && !isMemoryShort(),
      read: async (tabId, signal) => {
        const found = await this.#read(tabId, signal)
        options.onRead(tabId, found.analysis.url)
        return found
      },
      lastReadAt: async url => (await storage.lastRead({ url })).at,
      save: (url, found) => this.#save(url, found),
    })
  }

  /** To be told whenever a tab, or which one is shown, has changed. */
  follow(tabs: readonly SeenTab[], shownTabId: string | null): void {
    this.#reader.follow(tabs, shownTabId)
  }

  /** Keeps what an analysis that a person asked for found. */
  async keep(url: string, found: IndexedAnalysis): Promise<void> {
    this.#reader.leaveAlone(url)
    await this.#save(url, found)
  }

  /** By words and by meaning; by words alone where the AI process does not answer, and the answer says so. */
  async search(query: string, limit: number, { signal }: Asking): Promise<MemoryAnswer> {
    const { vector, meaning } = await this.#meaningOf(query, signal)
    const pages = await this.#options.storage.searchPassages({ query, vector, limit }, { signal })
    return { pages, meaning }
  }

  related(url: string, limit: number, { signal }: Asking): Promise<RelatedPage[]> {
    return this.#options.storage.relatedPages({ url, pageVector: null, limit }, { signal })
  }

  readNext(url: string, limit: number, { signal }: Asking): Promise<RelatedPage[]> {
    return this.#options.storage.readNext({ url, pageVector: null, limit }, { signal })
  }

  remembered(url: string): Promise<Remembered> {
    return this.#options.storage.remembered({ url })
  }

  /** What was forgotten is not read again by itself while it is open. */
  forget(url: string, withHistory: boolean): Promise<Forgotten> {
    this.#reader.leaveAlone(url)
    return this.#options.storage.forgetPage({ url, withHistory })
  }

  /** The person has just taken back where they were. */
  leaveOpenPagesAlone(): void {
    this.#reader.leaveAllAlone()
  }

  forgetAll(withHistory: boolean): Promise<Forgotten> {
    this.leaveOpenPagesAlone()
    return this.#options.storage.forgetAll({ withHistory })
  }

  [Symbol.dispose](): void {
    this.#reader[Symbol.dispose]()
  }

  async #meaningOf(
    query: string,
    signal: AbortSignal,
  ): Promise<{ readonly vector: Uint8Array | null; readonly meaning: MemoryAnswer['meaning'] }> {
    if (query.trim() === '') return { vector: null, meaning: { kind: 'notNeeded' } }
    const { ai, isAiThere } = this.#options
    if (!isAiThere()) return unavailable('AI_UNAVAILABLE', 'The process that reads pages stopped too often.')
    const patience = AbortSignal.any([signal, AbortSignal.timeout(meaningPatienceMs)])
    try {
      const vector = await ai.run(
        client => client.embed({ texts: [query], isVisible: true }, { signal: patience }),
        { signal: patience },
      )
      if (vector.length === vectorBytes) return { vector, meaning: { kind: 'used' } }
      return unavailable('NO_VECTOR', 'The model gave no answer.')
    } catch (error) {
      if (signal.aborted) throw error
      if (patience.aborted) return unavailable('TIMEOUT', 'The process that reads pages is busy.')
      if (error instanceof IpcError) return unavailable(error.code, error.message.slice(0, 2_000))
      throw error
    }
  }

  /** Once: a page that kills who reads it must not use up the restarts of the AI process. */
  #read(tabId: string, signal: AbortSignal): Promise<IndexedAnalysis> {
    const { ai, connectTab } = this.#options
    let isTried = false
    return ai.run(client => client.analyzeTab({ tab: `tab:${tabId}`, isVisible: false }, { signal }), {
      signal,
      isInBackground: true,
      prepare: () => {
        if (isTried || !connectTab(tabId)) throw new CancelledError('The page was left alone.')
        isTried = true
      },
    })
  }

  async #save(url: string, { analysis, index }: IndexedAnalysis): Promise<void> {
    if (index === null) return
    const { storage, clock } = this.#options
    await storage.savePassages(pageMemoryOf(url, analysis, index, clock.wallClock()))
  }
}

function unavailable(
  code: string,
  message: string,
): { readonly vector: null; readonly meaning: MemoryAnswer['meaning'] } {
  return { vector: null, meaning: { kind: 'unavailable', code, message } }
}
