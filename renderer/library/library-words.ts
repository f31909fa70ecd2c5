import type { BookmarkExport, BookmarkImport } from '../../contracts/library-for-chrome.ts'

/** "1 bookmark", "3 bookmarks". */
export function countWords(count: number, noun: 'bookmark' | 'tab' | 'entry' | 'folder' | 'page'): string {
  if (count === 1) return `1 ${noun}`
  return `${count.toLocaleString('en')} ${noun === 'entry' ? 'entries' : `${noun}s`}`
}

export interface SaidOfFile {
  readonly text: string
  readonly isProblem?: boolean
}

/** Null where the person changed their mind. */
export function importWords(came: BookmarkImport): SaidOfFile | null {
  switch (came.kind) {
    case 'notChosen':
      return null
    case 'failed':
      return { text: came.message, isProblem: true }
    case 'imported': {
      const skipped =
        came.skipped === 0
          ? ''
          : `; ${came.skipped} were known already, or were no addresses that Nexus opens`
      return {
        text: `${countWords(came.bookmarks, 'bookmark')} in ${countWords(came.folders, 'folder')} imported into "Imported"${skipped}`,
      }
    }
  }
}

export function exportWords(came: BookmarkExport): SaidOfFile | null {
  switch (came.kind) {
    case 'notChosen':
      return null
    case 'failed':
      return { text: came.message, isProblem: true }
    case 'exported':
      return { text: `${countWords(came.bookmarks, 'bookmark')} written to ${came.fileName}` }
  }
}
