import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { measureProfile, originOfFolder } from './profile-folder.ts'

it.each([
  ['https_example.org_0.indexeddb.leveldb', 'https://example.org'],
  ['http_localhost_8080.indexeddb.blob', 'http://localhost:8080'],
  ['https_a_b.example_0.indexeddb.leveldb', 'https://a_b.example'],
  ['https_xn--bcher-kva.example_8443', 'https://xn--bcher-kva.example:8443'],
  ['chrome-extension_abc_0.indexeddb.leveldb', null],
  ['file__0.indexeddb.leveldb', null],
  ['https_example.org', null],
  ['..', null],
])('the folder %s is of %s', (name, origin) => {
  expect(originOfFolder(name)).toBe(origin)
})

it('adds up what lies in a profile, by origin', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-profile-'))
  const put = async (name: string, bytes: number, beginning = ''): Promise<void> => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), beginning.padEnd(bytes, 'x'))
  }
  try {
    await put('IndexedDB/https_sea.example_0.indexeddb.leveldb/000003.log', 1_000)
    await put('IndexedDB/https_sea.example_0.indexeddb.blob/1/00/5', 500)
    await put('IndexedDB/http_localhost_81.indexeddb.leveldb/MANIFEST-1', 30)
    await put(
      'Service Worker/CacheStorage/ab12/index.txt',
      100,
      '\n\x20name\x12\x05\x08https://sea.example/\x1a',
    )
    await put('Service Worker/CacheStorage/ab12/77/data_0', 900)
    await put('Service Worker/ScriptCache/index', 40)
    await put('Service Worker/Database/LOG', 2)
    await put('Local Storage/leveldb/000005.ldb', 700)
    expect(await measureProfile(folder)).toEqual({
      origins: [
        { origin: 'http://localhost:81', indexedDbBytes: 30, cacheBytes: 0 },
        { origin: 'https://sea.example', indexedDbBytes: 1_500, cacheBytes: 1_000 },
      ],
      localStorageBytes: 700,
      serviceWorkerBytes: 42,
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('finds nothing in a profile that is not there', async () => {
  expect(await measureProfile('/nowhere/at/all')).toEqual({
    origins: [],
    localStorageBytes: 0,
    serviceWorkerBytes: 0,
  })
})
