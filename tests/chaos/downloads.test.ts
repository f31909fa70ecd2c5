import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { open, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DownloadProgress, downloadsContract } from '../../contracts/downloads.ts'
import type { Client } from '../../ipc/client.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { endpointId, identity } from '../../ipc/identity.ts'
import { forkPort } from '../../ipc/transports/process-channel.ts'
import { randomFrom } from '../bench/storage/random.ts'
import { type FileServer, noise, serveFile, sha256Of } from '../fixtures/file-server.ts'

const rounds = Number(process.env.NEXUS_CHAOS_ROUNDS ?? 10)
const seed = 20_261_120
const bytes = noise(50_000_000, 9)
const sha256 = sha256Of(bytes)

let folder: string
let server: FileServer

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'nexus-chaos-downloads-'))
  server = await serveFile(bytes)
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** The process that downloads, and what it last told. */
class Downloader implements AsyncDisposable {
  last: DownloadProgress | null = null
  readonly #child: ChildProcess
  readonly #main = createEndpoint({ identity: identity('controller', 'controller') })
  readonly #client: Client<typeof downloadsContract>
  readonly #ended = Promise.withResolvers<DownloadProgress>()

  constructor() {
    this.#child = fork(new URL('./downloads/download-child.ts', import.meta.url), [], {
      serialization: 'advanced',
    })
    this.#main.connect(forkPort(this.#child), identity('network', 'network'))
    this.#client = this.#main.client(downloadsContract, endpointId('network'))
    this.#client.on('progressed', progress => {
      this.last = progress
      if (progress.phase.kind !== 'running' && progress.phase.kind !== 'waiting')
        this.#ended.resolve(progress)
    })
  }

  /** Begins, or goes on with what is there; resolves once it is under way. */
  async start(partialPath: string | null, changes: { urls?: string[] } = {}): Promise<void> {
    await this.#client.start({
      id: 'one',
      urls: changes.urls ?? [`${server.origin}/tables.dat`],
      folder,
      suggestedName: null,
      headers: { userAgent: 'Test', acceptLanguage: null, referrer: null, cookie: null },
      expectedSha256: null,
      partialPath,
    })
  }

  get ended(): Promise<DownloadProgress> {
    return this.#ended.promise
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit')
    this.#main[Symbol.dispose]()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }
}

async function findPartial(): Promise<string | null> {
  const name = (await readdir(folder)).find(one => one.endsWith('.nexus-part'))
  return name === undefined ? null : path.join(folder, name)
}

/** What a power cut does to bytes that were written and not forced to the disk: they are anything. */
async function spoilUnmarked(partialPath: string): Promise<void> {
  const journal = await readFile(`${partialPath}.journal`, 'utf8')
  const offsets = [...journal.matchAll(/"offset":(\d+)/g)].map(([, offset]) => Number(offset))
  const file = await open(partialPath, 'r+')
  const { size } = await file.stat()
  const from = Math.max(0, ...offsets)
  if (size > from) await file.write(Buffer.alloc(size - from, 0xee), 0, size - from, from)
  await file.close()
}

it(`has the right bytes after ${rounds} kills at random moments`, async () => {
  const random = randomFrom(seed)
  server.file.bytesPerSecond = 5_000_000
  for (let round = 0; round < rounds; round += 1) {
    await using downloader = new Downloader()
    await downloader.start(await findPartial())
    await Promise.race([delay(200 + random() * 2_000), downloader.ended])
    await downloader.kill()
    const partial = await findPartial()
    if (partial === null) {
      // Whole before it was killed: the next round begins another.
      for (const name of await readdir(folder)) rmSync(path.join(folder, name))
      continue
    }
    if (round % 2 === 1) await spoilUnmarked(partial)
    if (round % 5 === 4) await writeTorn(`${partial}.journal`)
  }
  server.file.bytesPerSecond = null
  await using last = new Downloader()
  await last.start(await findPartial())
  const { phase, filePath } = await last.ended
  const wentOn = server.ranges.filter(range => range !== null).length
  console.log(`${rounds} kills, ${wentOn} times gone on from what was there`)
  expect(phase).toEqual({ kind: 'completed', sha256 })
  expect(sha256Of(await readFile(filePath ?? ''))).toBe(sha256)
  expect(await readdir(folder)).toEqual(['tables.dat'])
  expect(wentOn).toBeGreaterThan(0)
}, 300_000)

/** The last line of a journal that was being written when the power failed. */
async function writeTorn(journal: string): Promise<void> {
  const file = await open(journal, 'a')
  await file.write('deadbeef {"kind":"at","offset":49999999,"sha2')
  await file.close()
}

it('has the new bytes when the file changes between two kills', async () => {
  server.file.bytesPerSecond = 10_000_000
  await using first = new Downloader()
  await first.start(null)
  await delay(2_500)
  await first.kill()
  server.file.bytes = noise(30_000_000, 4)
  server.file.etag = '"two"'
  server.file.bytesPerSecond = null
  await using second = new Downloader()
  await second.start(await findPartial())
  const { phase, filePath } = await second.ended
  expect(phase).toEqual({ kind: 'completed', sha256: sha256Of(server.file.bytes) })
  expect(sha256Of(await readFile(filePath ?? ''))).toBe(sha256Of(server.file.bytes))
})

it('says so when nothing can be written where the file is to go', async () => {
  await using downloader = new Downloader()
  // Nothing can be written below this one, whoever asks.
  folder = '/proc/self'
  await downloader.start(null)
  const { phase } = await downloader.ended
  folder = mkdtempSync(path.join(tmpdir(), 'nexus-chaos-downloads-'))
  expect(phase).toMatchObject({ kind: 'failed' })
  expect(['DISK_FULL', 'FOLDER']).toContain(phase.kind === 'failed' ? phase.code : '')
})
