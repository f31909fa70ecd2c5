import { areaContracts } from '../../../contracts/areas.ts'
import type { Bookmark, BookmarkNode } from '../../../contracts/storage-library.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'
import { historyAt } from '../fixtures/history.ts'

const at = Date.UTC(2026, 3, 2, 9)
const folder = (id: string, parentId: string, position: number, title: string): BookmarkNode => ({
  kind: 'folder',
  id,
  parentId,
  position,
  title,
  addedAt: at,
  changedAt: at,
})
const bookmark = (
  id: string,
  parentId: string,
  position: number,
  title: string,
  url: string,
  tags: string[] = [],
): Bookmark => ({
  kind: 'bookmark',
  id,
  parentId,
  position,
  title,
  url,
  tags,
  addedAt: at + position,
  changedAt: at,
})

/** Bookmarks of the fixture: two folders, one in the other, and what lies in them. */
function someBookmarks(): BookmarkNode[] {
  return [
    folder('f-sea', 'bar', 0, 'Sea'),
    bookmark('b-tide', 'bar', 1, 'Tide tables', 'https://tidewatch.example/tables', ['sea']),
    bookmark('b-bread', 'bar', 2, 'Rye bread in two days', 'https://bread.example/rye', ['cooking']),
    folder('f-charts', 'f-sea', 0, 'Charts'),
    bookmark(
      'b-pilots',
      'f-sea',
      1,
      'Harbour pilots and the night tide',
      'https://harbourlog.example/pilots',
      ['reading', 'sea'],
    ),
    bookmark('b-map', 'f-charts', 0, 'Station map, west coast', 'https://kartverk.example/stations'),
    bookmark('b-lab', 'other', 0, '', 'https://videolab.example/'),
  ]
}

/** The area "library", made up. */
export function serveLibraryFixture(endpoint: Endpoint): void {
  let nodes = someBookmarks()
  let revision = 1
  let made = 0
  const keptOf = new Map([['tab:2', 'b-map']])
  const removals = new Map<string, BookmarkNode[]>()
  let closed = [
    { id: 'c2', title: 'Winter menu', url: 'https://canteen.example/', closedAt: Date.now() - 60_000 },
    { id: 'c1', title: '', url: 'https://weather.example/coast', closedAt: Date.now() - 7_200_000 },
  ]
  const change = (next: BookmarkNode[]): void => {
    nodes = next
    revision += 1
    endpoint.announce(areaContracts.library, 'bookmarksChanged', { revision })
  }
  const within = (ids: readonly string[]): Set<string> => {
    const found = new Set(ids)
    for (const node of nodes) if (found.has(node.parentId)) found.add(node.id)
    return found
  }
  const numbered = (list: BookmarkNode[]): BookmarkNode[] => {
    const counts = new Map<string, number>()
    return list.map(node => {
      const position = counts.get(node.parentId) ?? 0
      counts.set(node.parentId, position + 1)
      return { ...node, position }
    })
  }
  const pathOf = (node: BookmarkNode): string[] => {
    const parent = nodes.find(one => one.id === node.parentId)
    return parent === undefined ? [node.parentId] : [...pathOf(parent), parent.title]
  }
  endpoint.serve(areaContracts.library, {
    bookmarks: async function* () {
      yield* nodes
      return { revision }
    },
    findBookmarks: ({ query, tag, limit }) =>
      nodes
        .filter(node => node.kind === 'bookmark')
        .filter(({ title, url, tags }) =>
          `${title} ${url} ${tags}`.toLowerCase().includes(query.toLowerCase()),
        )
        .filter(({ tags }) => tag === null || tags.includes(tag))
        .slice(0, limit)
        .map(one => ({ bookmark: one, path: pathOf(one) })),
    bookmarksOfTab: ({ tabId }) =>
      nodes.filter(node => node.kind === 'bookmark').filter(({ id }) => keptOf.get(tabId) === id),
    keepTab: ({ tabId }) => {
      made += 1
      const id = `kept-${made}`
      const kept = bookmark(id, 'bar', 99, 'Listening to the tide', 'https://harbourlog.example/essays')
      keptOf.set(tabId, id)
      change(numbered([...nodes, kept]))
      return { bookmark: kept, isNew: true }
    },
    addFolder: ({ parentId, title }) => {
      made += 1
      change(numbered([...nodes, folder(`new-${made}`, parentId, 99, title)]))
      return { id: `new-${made}` }
    },
    editBookmark: ({ id, ...changes }) => {
      change(nodes.map(node => (node.id === id ? { ...node, ...changes } : node)))
      return {}
    },
    moveBookmarks: ({ ids, parentId, position }) => {
      const moved = nodes.filter(node => ids.includes(node.id)).map(node => ({ ...node, parentId }))
      const rest = nodes.filter(node => !ids.includes(node.id))
      const siblings = rest.filter(node => node.parentId === parentId)
      const next = siblings[position ?? siblings.length]
      const place = next === undefined ? rest.length : rest.indexOf(next)
      change(numbered(rest.toSpliced(place, 0, ...moved)))
      return {}
    },
    removeBookmarks: ({ ids }) => {
      const gone = within(ids)
      const removalId = `removal-${revision}`
      removals.set(removalId, nodes)
      change(numbered(nodes.filter(node => !gone.has(node.id))))
      return { removalId, removed: gone.size }
    },
    undoRemoval: ({ removalId }) => {
      const before = removals.get(removalId) ?? nodes
      const putBack = before.length - nodes.length
      change(before)
      return { putBack }
    },
    openBookmarks: ({ ids }) => ({ opened: ids.length }),
    bookmarkTags: () => [
      { tag: 'cooking', bookmarks: 1 },
      { tag: 'reading', bookmarks: 1 },
      { tag: 'sea', bookmarks: 2 },
    ],
    importBookmarks: () => ({ kind: 'imported' as const, folders: 2, bookmarks: 31, skipped: 1 }),
    exportBookmarks: () => ({ kind: 'exported' as const, bookmarks: 5, fileName: 'bookmarks.html' }),
    newPrivateTab: () => ({}),
    pinTab: () => ({}),
    duplicateTab: () => ({}),
    closeTabs: () => ({}),
    closedTabs: () => closed,
    reopenClosedTab: ({ id }) => {
      closed = closed.filter(one => one.id !== id)
      return {}
    },
    visitedPages: ({ limit }) =>
      historyAt(Date.now())
        .toSorted((one, other) => other.lastVisitAt - one.lastVisitAt)
        .slice(0, limit),
    forgetTime: () => ({ rows: 3 }),
    forgetSite: () => ({ rows: 2 }),
  })
}
