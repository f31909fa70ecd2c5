import { sessionTab } from '../../../storage-service/testing/session-tab.ts'
import type { Clients } from './storage-clients.ts'

/** One kind of write: it says a number under a key, and what is stored can be asked for the number again. */
export interface KindOfWrite {
  /** How many keys there are; three unless said. */
  readonly keys?: number
  /** Numbers of one key only grow, and are sent in order. */
  write(clients: Clients, key: number, value: number): Promise<unknown>
  /** The stored number; null where nothing is stored. */
  read(clients: Clients, key: number): Promise<number | null>
}

const nobody = { changedBy: 'chaos' }
const urlOf = (key: number, value: number): string => `https://k${key}.example/v${value}`
const numberIn = (url: string | undefined): number | null => {
  const value = /\/v(\d+)$/.exec(url ?? '')?.[1]
  return value === undefined ? null : Number(value)
}

/** Every kind of data that storage keeps. */
export const kindsOfWrite: Readonly<Record<string, KindOfWrite>> = {
  visit: {
    write: ({ storage }, key, value) =>
      storage.recordVisit({
        visitId: `visit-${key}-${value}`,
        url: `https://visited${key}.example/`,
        title: `v${value}`.padEnd(300, ' word'),
        at: value,
      }),
    read: async ({ storage }, key) => {
      const { visited } = await storage.remembered({ url: `https://visited${key}.example/` })
      return visited?.lastVisitAt ?? null
    },
  },
  analysis: {
    write: ({ storage }, key, value) => {
      const analysisJson = JSON.stringify({ value })
      const url = `https://analysed${key}.example/`
      return storage.saveAnalysis({ contentHash: `${key}-${value}`, url, analysisJson, at: value })
    },
    read: async ({ storage }, key) =>
      (await storage.loadAnalysis({ url: `https://analysed${key}.example/` }))?.at ?? null,
  },
  reading: {
    write: ({ storage }, key, value) =>
      storage.savePassages({
        url: `https://read${key}.example/`,
        title: 'Read',
        passages: [{ paragraph: 0, text: `passage of the value ${value}` }],
        vectors: new Uint8Array(128).fill(value % 100),
        pageVector: new Uint8Array(128).fill(value % 100),
        keywords: [],
        topic: null,
        language: 'en',
        at: value,
      }),
    read: async ({ storage }, key) => (await storage.lastRead({ url: `https://read${key}.example/` })).at,
  },
  setting: {
    keys: 1,
    write: ({ storage }, _key, value) =>
      storage.saveSettings({ searchTemplate: `https://s.example/${value}?q=%s` }),
    read: async ({ storage }) => {
      const value = /example\/(\d+)\?/.exec((await storage.loadSettings({})).searchTemplate)?.[1]
      return value === undefined ? null : Number(value)
    },
  },
  tab: {
    write: ({ sessions }, key, value) =>
      sessions.append({
        changes: [
          { kind: 'tab', tab: sessionTab(`t${key}`, { url: urlOf(key, value), position: key }) },
          { kind: 'scroll', id: `t${key}`, x: 0, y: value },
        ],
      }),
    read: async ({ sessions }, key) => {
      for await (const part of sessions.load({})) {
        if (part.kind !== 'tab' || part.tab.id !== `t${key}`) continue
        // Both changes came in one call: half of it is as bad as nothing.
        return part.tab.scroll.y === numberIn(part.tab.url ?? '') ? part.tab.scroll.y : -1
      }
      return null
    },
  },
  bookmark: {
    write: async ({ library }, key, value) => {
      const id = `b${key}`
      await library.addBookmark({
        id,
        parentId: 'bar',
        position: key % 2 === 0 ? 0 : null,
        title: 'Mark',
        url: urlOf(key, 0),
        tags: ['first', 'second'],
        at: value,
      })
      return library.edit({ id, url: urlOf(key, value), at: value })
    },
    read: async ({ library }, key) => {
      const node = await library.get({ id: `b${key}` })
      return node?.kind === 'bookmark' ? numberIn(node.url) : null
    },
  },
  site: {
    write: ({ sites }, key, value) =>
      sites.choose({ site: `site${key}.example`, changes: { quotaBytes: value }, at: value }),
    read: async ({ sites }, key) => (await sites.site({ site: `site${key}.example` })).choices.quotaBytes,
  },
  permission: {
    write: ({ sites }, key, value) =>
      sites.decidePermission({
        site: `https://site${key}.example`,
        permission: 'media',
        isAllowed: true,
        at: value,
        expiresAt: null,
      }),
    read: async ({ sites }, key) =>
      (await sites.site({ site: `https://site${key}.example` })).permissions[0]?.at ?? null,
  },
  hsts: {
    write: ({ sites }, key, value) =>
      sites.recordHsts({
        host: `h${key}.example`,
        includesSubdomains: false,
        seenAt: value,
        expiresAt: Number.MAX_SAFE_INTEGER,
      }),
    read: async ({ sites }, key) =>
      (await sites.hsts({ limit: 1_000 })).find(one => one.host === `h${key}.example`)?.seenAt ?? null,
  },
  download: {
    write: ({ downloads }, key, value) =>
      downloads.save({
        id: `d${key}`,
        urls: [urlOf(key, 0)],
        referrer: null,
        filePath: `/files/${key}`,
        partialPath: null,
        mimeType: 'text/plain',
        size: null,
        received: value,
        etag: null,
        lastModified: null,
        acceptsRanges: true,
        state: 'running',
        checksum: null,
        error: null,
        startedAt: 0,
        changedAt: value,
        endedAt: null,
      }),
    read: async ({ downloads }, key) => (await downloads.get({ id: `d${key}` }))?.received ?? null,
  },
  list: {
    write: async ({ lists }, key, value) => {
      const listId = `l${key}`
      await lists.putList({ id: listId, name: 'List', changedAt: 0, ...nobody })
      const item = { id: 'i', listId, order: 'a', url: null, isDone: false, isRemoved: false, ...nobody }
      return lists.putItems({ listId, items: [{ ...item, text: `v${value}`, changedAt: value }] })
    },
    read: async ({ lists }, key) => (await lists.items({ listId: `l${key}` }))[0]?.changedAt ?? null,
  },
}
