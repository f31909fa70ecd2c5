import type { Bookmark } from '../../contracts/storage-library.ts'
import type { StorageClients } from '../storage/storage-client.ts'

export interface BookmarkKeeperOptions {
  readonly storage: Pick<
    StorageClients['library'],
    'addBookmark' | 'addFolder' | 'edit' | 'move' | 'ofUrl' | 'remove'
  >
  readonly makeId: () => string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A page that can be kept. */
export interface PageToKeep {
  readonly url: string
  readonly title: string
}

/** As much of a title as storage holds. */
const longestTitle = 2_000

/** Keeps pages as bookmarks and changes what is kept. Ids and times are made here: the UI is not asked for them. */
export class BookmarkKeeper {
  readonly #options: BookmarkKeeperOptions
  /** Where the last one was put, which is where the next one belongs, too. */
  #folderId = 'bar'

  constructor(options: BookmarkKeeperOptions) {
    this.#options = options
  }

  /** Keeps a page, once: what is kept of it already is given as it is. */
  async keep({ url, title }: PageToKeep): Promise<{ readonly bookmark: Bookmark; readonly isNew: boolean }> {
    const { storage } = this.#options
    const [known] = await storage.ofUrl({ url })
    if (known !== undefined) return { bookmark: known, isNew: false }
    const words = wellFormed(title.trim() === '' ? url : title)
    try {
      return { bookmark: await this.#add(url, words, this.#folderId), isNew: true }
    } catch (error) {
      // The folder may have been removed since.
      if (this.#folderId === 'bar') throw error
      this.#folderId = 'bar'
      return { bookmark: await this.#add(url, words, this.#folderId), isNew: true }
    }
  }

  async addFolder(parentId: string, title: string): Promise<{ readonly id: string }> {
    const { storage, makeId, now } = this.#options
    const { id } = await storage.addFolder({ id: makeId(), parentId, position: null, title, at: now() })
    return { id }
  }

  async edit(change: {
    readonly id: string
    readonly title?: string
    readonly url?: string
    readonly tags?: string[]
  }): Promise<void> {
    await this.#options.storage.edit({ ...change, at: this.#options.now() })
  }

  async move(ids: string[], parentId: string, position: number | null): Promise<void> {
    await this.#options.storage.move({ ids, parentId, position, at: this.#options.now() })
    if (ids.length === 1) this.#folderId = parentId
  }

  async remove(ids: string[]): Promise<{ readonly removalId: string; readonly removed: number }> {
    const removalId = this.#options.makeId()
    const { removed } = await this.#options.storage.remove({ ids, removalId })
    return { removalId, removed }
  }

  #add(url: string, title: string, parentId: string): Promise<Bookmark> {
    const { storage, makeId, now } = this.#options
    return storage.addBookmark({ id: makeId(), parentId, position: null, title, url, tags: [], at: now() })
  }
}

/** Cut where it leaves no half of a character behind. */
function wellFormed(title: string): string {
  return title.slice(0, longestTitle).toWellFormed()
}
