import type { Bookmark, BookmarkFolder, BookmarkNode } from '../../contracts/storage-library.ts'

/** A folder as it is chosen from: with its place among the others. */
export interface FolderRow {
  readonly id: string
  readonly title: string
  /** 0 for a root. */
  readonly depth: number
}

export type BookmarkOrder = 'manual' | 'title' | 'latest' | 'site'

/** What the folders are called that are always there. */
export function rootTitle(id: string): string | null {
  switch (id) {
    case 'bar':
      return 'Favourites'
    case 'other':
      return 'Other bookmarks'
    default:
      return null
  }
}

export function folderTitle(title: string): string {
  return title.trim() === '' ? 'Folder without a name' : title
}

/** The address stands in for a name that is not there. */
export function bookmarkTitle({ title, url }: Pick<Bookmark, 'title' | 'url'>): string {
  return title.trim() === '' ? url.replace(/^https?:\/\/(?:www\.)?|\/$/g, '') : title
}

/** Bookmarks and folders by where they stand. */
export class BookmarkTree {
  readonly #children = new Map<string, BookmarkNode[]>()
  readonly #byId = new Map<string, BookmarkNode>()

  constructor(nodes: readonly BookmarkNode[]) {
    for (const node of nodes) {
      this.#byId.set(node.id, node)
      const siblings = this.#children.get(node.parentId)
      if (siblings === undefined) this.#children.set(node.parentId, [node])
      else siblings.push(node)
    }
    for (const siblings of this.#children.values()) {
      siblings.sort((one, other) => one.position - other.position)
    }
  }

  get(id: string): BookmarkNode | null {
    return this.#byId.get(id) ?? null
  }

  /** Whether a folder of this id can be shown. */
  hasFolder(id: string): boolean {
    return rootTitle(id) !== null || this.#byId.get(id)?.kind === 'folder'
  }

  children(folderId: string): readonly BookmarkNode[] {
    return this.#children.get(folderId) ?? []
  }

  folders(folderId: string): readonly BookmarkFolder[] {
    return this.children(folderId).filter(node => node.kind === 'folder')
  }

  /** Everything in a folder that can be opened, that of its folders too. */
  bookmarksBelow(folderId: string): readonly Bookmark[] {
    return this.children(folderId).flatMap(node =>
      node.kind === 'bookmark' ? [node] : this.bookmarksBelow(node.id),
    )
  }

  /** All folders in the order of the tree, for a list to choose from; without what lies in `except`. */
  folderRows(except: ReadonlySet<string> = new Set()): readonly FolderRow[] {
    const below = (id: string, title: string, depth: number): FolderRow[] =>
      except.has(id)
        ? []
        : [
            { id, title, depth },
            ...this.folders(id).flatMap(folder => below(folder.id, folderTitle(folder.title), depth + 1)),
          ]
    return ['bar', 'other'].flatMap(id => below(id, rootTitle(id) ?? id, 0))
  }
}

/** Folders come first, whatever the order, unless the person made one. */
export function sorted(nodes: readonly BookmarkNode[], order: BookmarkOrder): readonly BookmarkNode[] {
  if (order === 'manual') return nodes
  const folders = nodes.filter(node => node.kind === 'folder')
  const bookmarks = nodes.filter(node => node.kind === 'bookmark')
  const byTitle = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true })
  folders.sort((one, other) => byTitle(one.title, other.title))
  switch (order) {
    case 'title':
      bookmarks.sort((one, other) => byTitle(bookmarkTitle(one), bookmarkTitle(other)))
      break
    case 'latest':
      bookmarks.sort((one, other) => other.addedAt - one.addedAt)
      break
    case 'site':
      bookmarks.sort((one, other) => byTitle(hostOf(one.url), hostOf(other.url)))
      break
  }
  return [...folders, ...bookmarks]
}

/** Tags as they are typed, one after another with commas between them; each once. */
export function tagsOf(text: string): string[] {
  const tags = text
    .split(',')
    .map(tag => tag.trim().slice(0, 100))
    .filter(tag => tag !== '')
  return [...new Set(tags)].slice(0, 50)
}

function hostOf(url: string): string {
  return (URL.parse(url)?.hostname ?? url).replace(/^www\./, '')
}
