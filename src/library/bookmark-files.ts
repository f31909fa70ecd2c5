import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { BookmarkExport, BookmarkImport } from '../../contracts/library-for-chrome.ts'
import type { StorageClients } from '../storage/storage-client.ts'

export interface BookmarkFilesOptions {
  readonly storage: Pick<StorageClients['library'], 'addFolder' | 'importNetscape' | 'exportNetscape'>
  /** Asks the person for a file to read; null when none was chosen. */
  readonly chooseFile: () => Promise<string | null>
  /** Asks the person where to write to. */
  readonly choosePlace: (fileName: string) => Promise<string | null>
  readonly now: () => number
}

/** A document of a hundred thousand bookmarks takes a quarter of this. */
const largestFileBytes = 100 * 1024 * 1024
/** Always the same one, so that a document that is read twice is not kept twice. */
const importedFolder = { id: 'imported', title: 'Imported' } as const

/** Bookmarks from and to files in the Netscape format, which every browser reads and writes. */
export class BookmarkFiles {
  readonly #options: BookmarkFilesOptions

  constructor(options: BookmarkFilesOptions) {
    this.#options = options
  }

  /** All of a file or, when it cannot be read to its end, nothing. */
  async import(): Promise<BookmarkImport> {
    const { storage, chooseFile, now } = this.#options
    const file = await chooseFile()
    if (file === null) return { kind: 'notChosen' }
    try {
      const { size } = await stat(file)
      if (size > largestFileBytes) return failed('The file is too large to be a list of bookmarks.')
      const at = now()
      await storage.addFolder({ ...importedFolder, parentId: 'other', position: null, at })
      const found = await storage.importNetscape(
        { parentId: importedFolder.id, at },
        { input: createReadStream(file, { encoding: 'utf8' }) },
      )
      return { kind: 'imported', ...found }
    } catch (error) {
      return failed(`The bookmarks were not read. ${reasonOf(error)}`)
    }
  }

  /** The file is there whole or not at all; one that was there is replaced by the finished one. */
  async export(): Promise<BookmarkExport> {
    const { storage, choosePlace } = this.#options
    const file = await choosePlace('bookmarks.html')
    if (file === null) return { kind: 'notChosen' }
    const unfinished = `${file}.part`
    try {
      const pieces = storage.exportNetscape({ folderId: null })
      const handle = await open(unfinished, 'w', 0o600)
      try {
        for await (const piece of pieces) await handle.write(piece)
      } finally {
        await handle.close()
      }
      await rename(unfinished, file)
      const { bookmarks } = await pieces.result
      return { kind: 'exported', bookmarks, fileName: path.basename(file).slice(0, 1_000) }
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {})
      return failed(`The bookmarks were not written. ${reasonOf(error)}`)
    }
  }
}

function failed(message: string): { readonly kind: 'failed'; readonly message: string } {
  return { kind: 'failed', message: message.slice(0, 2_000) }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Try again.'
}
