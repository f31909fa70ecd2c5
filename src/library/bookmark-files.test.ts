import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BookmarkFiles, type BookmarkFilesOptions } from './bookmark-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nexus-bookmarks-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Storage that takes and gives documents as they are. */
function start(file: string | null, pieces: readonly string[] | Error = ['<DL>', 'café</DL>']) {
  const read: string[] = []
  const storage = {
    addFolder: async () => ({}),
    importNetscape: async (_args: unknown, { input }: { input: AsyncIterable<string> }) => {
      for await (const piece of input) read.push(piece)
      return { folders: 1, bookmarks: 2, skipped: 0 }
    },
    exportNetscape: () => ({
      result: Promise.resolve({ bookmarks: 7 }),
      async *[Symbol.asyncIterator]() {
        if (pieces instanceof Error) throw pieces
        yield* pieces
      },
    }),
  } as unknown as BookmarkFilesOptions['storage']
  const chosen = async () => file
  return {
    read,
    files: new BookmarkFiles({ storage, chooseFile: chosen, choosePlace: chosen, now: () => 1 }),
  }
}

it('hands a file on in pieces, and does nothing where none was chosen', async () => {
  const file = path.join(folder, 'in.html')
  await writeFile(file, `${'é'.repeat(100_000)}!`)
  const { files, read } = start(file)
  expect(await files.import()).toEqual({ kind: 'imported', folders: 1, bookmarks: 2, skipped: 0 })
  expect(read.length).toBeGreaterThan(1)
  expect(read.join('')).toBe(`${'é'.repeat(100_000)}!`)
  expect(await start(null).files.import()).toEqual({ kind: 'notChosen' })
})

it('reads no file that is too large or not there, and says so', async () => {
  const file = path.join(folder, 'large.html')
  await writeFile(file, '')
  await truncate(file, 101 * 1024 * 1024)
  expect(await start(file).files.import()).toMatchObject({
    kind: 'failed',
    message: expect.stringMatching(/too large/),
  })
  expect(await start(path.join(folder, 'none')).files.import()).toMatchObject({ kind: 'failed' })
})

it('writes a file whole, or leaves the one that was there', async () => {
  const file = path.join(folder, 'out.html')
  expect(await start(file).files.export()).toEqual({ kind: 'exported', bookmarks: 7, fileName: 'out.html' })
  expect(await readFile(file, 'utf8')).toBe('<DL>café</DL>')
  expect(await start(file, new Error('storage is gone')).files.export()).toMatchObject({
    kind: 'failed',
    message: expect.stringMatching(/storage is gone/),
  })
  expect(await readdir(folder)).toEqual(['out.html'])
  expect(await readFile(file, 'utf8')).toBe('<DL>café</DL>')
})
