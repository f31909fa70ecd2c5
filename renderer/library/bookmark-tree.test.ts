import { expect, test } from 'vitest'
import type { Bookmark, BookmarkFolder, BookmarkNode } from '../../contracts/storage-library.ts'
import { BookmarkTree, bookmarkTitle, sorted, tagsOf } from './bookmark-tree.ts'

const folder = (id: string, parentId: string, position = 0): BookmarkFolder => ({
  kind: 'folder',
  id,
  parentId,
  position,
  title: id,
  addedAt: 1,
  changedAt: 1,
})
const bookmark = (id: string, parentId: string, position = 0, url = `https://${id}.example/`): Bookmark => ({
  kind: 'bookmark',
  id,
  parentId,
  position,
  title: id,
  url,
  tags: [],
  addedAt: position,
  changedAt: 1,
})
const nodes: BookmarkNode[] = [
  bookmark('z', 'bar', 1),
  folder('sea', 'bar', 0),
  folder('charts', 'sea', 0),
  bookmark('deep', 'charts'),
  bookmark('tide', 'sea', 1),
]

test('knows what stands where, in the order of the positions', () => {
  const tree = new BookmarkTree(nodes)
  expect(tree.children('bar').map(({ id }) => id)).toEqual(['sea', 'z'])
  expect(tree.bookmarksBelow('sea').map(({ id }) => id)).toEqual(['deep', 'tide'])
  expect(tree.hasFolder('z')).toBe(false)
  expect(tree.folderRows().map(({ title, depth }) => `${depth} ${title}`)).toEqual([
    '0 Favourites',
    '1 sea',
    '2 charts',
    '0 Other bookmarks',
  ])
  expect(tree.folderRows(new Set(['sea'])).map(({ id }) => id)).toEqual(['bar', 'other'])
})

test('sorts by what was asked for, folders first, and leaves the order of the person alone', () => {
  const mixed = [
    bookmark('b', 'bar', 2, 'https://www.a.example/'),
    bookmark('a', 'bar', 1, 'https://z.example/'),
    folder('f', 'bar'),
  ]
  const ids = (order: Parameters<typeof sorted>[1]) => sorted(mixed, order).map(({ id }) => id)
  expect(ids('manual')).toEqual(['b', 'a', 'f'])
  expect(ids('title')).toEqual(['f', 'a', 'b'])
  expect(ids('latest')).toEqual(['f', 'b', 'a'])
  expect(ids('site')).toEqual(['f', 'b', 'a'])
})

test('reads tags as they are typed, and names what has no name by its address', () => {
  expect(tagsOf(' sea, ,to read,sea,')).toEqual(['sea', 'to read'])
  expect(bookmarkTitle({ title: ' ', url: 'https://www.a.example/b/' })).toBe('a.example/b')
})
