import { expect, it } from 'vitest'
import type { Bookmark } from '../../contracts/storage-library.ts'
import { IpcError } from '../../ipc/errors.ts'
import { BookmarkKeeper, type BookmarkKeeperOptions } from './bookmark-keeper.ts'

function start(folders: readonly string[] = ['bar', 'other', 'sea']) {
  const kept: Bookmark[] = []
  let made = 0
  const storage = {
    ofUrl: async ({ url }: { url: string }) => kept.filter(one => one.url === url),
    addBookmark: async ({
      at,
      position,
      ...fields
    }: Parameters<BookmarkKeeperOptions['storage']['addBookmark']>[0]) => {
      if (!folders.includes(fields.parentId))
        throw new IpcError('BOOKMARK_NOT_FOUND', 'There is no such folder.')
      const one: Bookmark = {
        kind: 'bookmark',
        ...fields,
        position: position ?? kept.length,
        addedAt: at,
        changedAt: at,
      }
      kept.push(one)
      return one
    },
    move: async () => ({}),
  } as unknown as BookmarkKeeperOptions['storage']
  const makeId = () => {
    made += 1
    return `id-${made}`
  }
  return { kept, keeper: new BookmarkKeeper({ storage, makeId, now: () => 9 }) }
}

it('keeps a page once, under its address where it has no title', async () => {
  const { kept, keeper } = start()
  const first = await keeper.keep({ url: 'https://a.example/', title: ' ' })
  expect(first).toMatchObject({ isNew: true, bookmark: { title: 'https://a.example/', parentId: 'bar' } })
  expect(await keeper.keep({ url: 'https://a.example/', title: 'A' })).toEqual({ ...first, isNew: false })
  expect(kept).toHaveLength(1)
})

it('puts the next one where the last was moved to, as long as that folder is there', async () => {
  const { keeper } = start()
  await keeper.move(['id-1'], 'sea', null)
  expect((await keeper.keep({ url: 'https://a.example/', title: 'A' })).bookmark.parentId).toBe('sea')
  await keeper.move(['id-1'], 'gone', null)
  expect((await keeper.keep({ url: 'https://b.example/', title: 'B' })).bookmark.parentId).toBe('bar')
})

it('cuts a title that is too long, and leaves no half of a character', async () => {
  const { keeper } = start()
  const { bookmark } = await keeper.keep({ url: 'https://a.example/', title: `${'a'.repeat(1_999)}😀` })
  expect(bookmark.title).toHaveLength(2_000)
  expect(bookmark.title.isWellFormed()).toBe(true)
})
