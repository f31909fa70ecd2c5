import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BookmarkNode, storageLibraryContract } from '../../contracts/storage-library.ts'
import type { Client } from '../../ipc/client.ts'
import { StorageWorld, storageIdentity } from '../testing/storage-world.ts'

describe('bookmarks', () => {
  let world: StorageWorld
  let library: Client<typeof storageLibraryContract>
  let revisions: number[]

  beforeEach(() => {
    world = new StorageWorld()
    library = world.calling.client(storageLibraryContract, storageIdentity.id)
    revisions = []
    library.on('bookmarksChanged', ({ revision }) => revisions.push(revision))
  })

  afterEach(() => world[Symbol.dispose]())

  const mark = (id: string, parentId = 'bar', position: number | null = null, tags: string[] = []) =>
    library.addBookmark({
      id,
      parentId,
      position,
      title: `Title ${id}`,
      url: `https://${id}.example/`,
      tags,
      at: 1,
    })
  const folder = (id: string, parentId = 'bar', position: number | null = null) =>
    library.addFolder({ id, parentId, position, title: id, at: 1 })
  async function tree(): Promise<BookmarkNode[]> {
    const nodes: BookmarkNode[] = []
    for await (const node of library.tree({})) nodes.push(node)
    return nodes
  }
  /** "bar: a b(c) …" */
  async function drawn(): Promise<string> {
    const nodes = await tree()
    const draw = (parent: string): string =>
      nodes
        .filter(node => node.parentId === parent)
        .map(node => (node.kind === 'folder' ? `${node.id}(${draw(node.id)})` : node.id))
        .join(' ')
    for (const parent of new Set(nodes.map(node => node.parentId))) {
      const positions = nodes.filter(node => node.parentId === parent).map(node => node.position)
      expect(positions).toEqual(positions.map((_, index) => index))
    }
    return `${draw('bar')} | ${draw('other')}`
  }

  it('stand in folders, in an order, and adding one twice changes nothing', async () => {
    await mark('a')
    await mark('c')
    await mark('b', 'bar', 1)
    await folder('f')
    await mark('x', 'f')
    expect(await mark('a', 'other')).toMatchObject({ parentId: 'bar', position: 0 })
    expect(await drawn()).toBe('a b c f(x) | ')
    expect(revisions).toEqual([1, 2, 3, 4, 5])
  })

  it('are moved together, also between folders, but no folder into itself', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await mark(id)
    await folder('f')
    await folder('g', 'f')
    await library.move({ ids: ['d', 'a'], parentId: 'bar', position: 1, at: 2 })
    expect(await drawn()).toBe('b d a c f(g()) | ')
    await library.move({ ids: ['c', 'd'], parentId: 'g', position: null, at: 2 })
    await library.move({ ids: ['f'], parentId: 'other', position: 0, at: 2 })
    expect(await drawn()).toBe('b a | f(g(c d))')
    await expect(library.move({ ids: ['f'], parentId: 'g', position: 0, at: 2 })).rejects.toMatchObject({
      code: 'BOOKMARK_REFUSED',
    })
    await expect(library.move({ ids: ['bar'], parentId: 'f', position: 0, at: 2 })).rejects.toMatchObject({
      code: 'BOOKMARK_REFUSED',
    })
    await expect(mark('z', 'nowhere')).rejects.toMatchObject({ code: 'BOOKMARK_NOT_FOUND' })
    await expect(mark('z', 'a')).rejects.toMatchObject({ code: 'BOOKMARK_REFUSED' })
    expect(await drawn()).toBe('b a | f(g(c d))')
  })

  it('are removed with what stands in them, and put back where they stood', async () => {
    await mark('a')
    await folder('f')
    await mark('x', 'f', null, ['tag'])
    await folder('g', 'f')
    await mark('y', 'g')
    await mark('b')
    const before = await tree()
    expect(await library.remove({ ids: ['f', 'b', 'never'], removalId: 'r' })).toEqual({ removed: 5 })
    expect(await drawn()).toBe('a | ')
    expect(await library.find({ query: 'title', tag: null, limit: 9 })).toHaveLength(1)
    expect(await library.undoRemove({ removalId: 'r' })).toEqual({ putBack: 5 })
    expect(await tree()).toEqual(before)
    expect(await library.undoRemove({ removalId: 'r' })).toEqual({ putBack: 0 })
  })

  it('are found by the beginnings of words in title, address and tags, and by a tag', async () => {
    await folder('f')
    await mark('harbour', 'f', null, ['boats', 'sea'])
    await mark('tide', 'bar', null, ['sea'])
    const found = async (query: string, tag: string | null = null) =>
      (await library.find({ query, tag, limit: 9 })).map(one => one.bookmark.id)
    expect(await found('harb')).toEqual(['harbour'])
    expect(await found('boat')).toEqual(['harbour'])
    expect((await found('', 'sea')).toSorted()).toEqual(['harbour', 'tide'])
    expect(await found('tide', 'boats')).toEqual([])
    expect(await library.tags({})).toEqual([
      { tag: 'boats', bookmarks: 1 },
      { tag: 'sea', bookmarks: 2 },
    ])
    expect((await library.find({ query: 'harb', tag: null, limit: 9 }))[0]?.path).toEqual(['bar', 'f'])
    expect(await library.renameTag({ from: 'sea', to: 'water', at: 2 })).toEqual({ changed: 2 })
    expect([await found('sea'), (await found('wat')).length]).toEqual([[], 2])
    await library.edit({ id: 'tide', title: 'Currents', url: 'https://new.example/', tags: [], at: 3 })
    expect([await found('curr'), await found('tide'), await found('new.ex')]).toEqual([
      ['tide'],
      [],
      ['tide'],
    ])
    expect(await library.ofUrl({ url: 'https://new.example/' })).toMatchObject([
      { id: 'tide', title: 'Currents' },
    ])
  })

  it('come back from a document that was made of them, with folders, tags and signs', async () => {
    await folder('F & <b>"quoted"</b>')
    await mark('x', 'F & <b>"quoted"</b>', null, ['one', "it's"])
    await folder('empty', 'F & <b>"quoted"</b>')
    await mark('after', 'F & <b>"quoted"</b>')
    await mark('y', 'other')
    const pieces: string[] = []
    const document = library.exportNetscape({ folderId: null })
    for await (const piece of document) pieces.push(piece)
    expect(await document.result).toEqual({ bookmarks: 3 })
    await folder('imported', 'other')
    // In pieces that end anywhere.
    const input = pieces.join('').match(/[\s\S]{1,7}/g) ?? []
    const args = { parentId: 'imported', at: 5 }
    expect(await library.importNetscape(args, { input })).toEqual({ folders: 4, bookmarks: 3, skipped: 0 })
    expect(await library.importNetscape(args, { input })).toEqual({ folders: 0, bookmarks: 0, skipped: 3 })
    const found = await library.find({ query: 'title x', tag: "it's", limit: 9 })
    expect(found.map(one => one.path.join('/'))).toContain('other/imported/Bookmarks bar/F & <b>"quoted"</b>')
    const again: string[] = []
    for await (const piece of library.exportNetscape({ folderId: 'imported' })) again.push(piece)
    expect(again.join('').match(/<DL>/g)?.length).toBe(again.join('').match(/<\/DL>/g)?.length)
  })

  it('read any document without failing, and take nothing that runs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string({ maxLength: 30 }),
            fc.constantFrom(
              '<DL><p>',
              '</DL>',
              '<DT>',
              '<H3>',
              '</H3>',
              '<A HREF="javascript:alert(1)">',
              '</A>',
              '<',
              '>',
              '"',
              '<A HREF=https://a.example/ TAGS=" x,,y ">',
              '&#x110000;',
              '&amp;',
              '<H3 ADD_DATE="1e999">',
            ),
          ),
          { maxLength: 40 },
        ),
        async input => {
          const imported = await library.importNetscape({ parentId: 'other', at: 1 }, { input })
          expect(imported.folders).toBeGreaterThanOrEqual(0)
        },
      ),
      { numRuns: 60 },
    )
    await drawn()
    for (const node of await tree()) if (node.kind === 'bookmark') expect(node.url).toMatch(/^https?:/)
  }, 30_000)

  it('keep nothing of an import that was broken off', async () => {
    const input = (async function* () {
      yield '<DL><DT><A HREF="https://a.example/">A</A>'
      throw new Error('The file ended')
    })()
    await expect(library.importNetscape({ parentId: 'bar', at: 1 }, { input })).rejects.toThrow()
    expect(await tree()).toEqual([])
  })
})
