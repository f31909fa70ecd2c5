import { mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DownloadProgress, DownloadStart } from '../../contracts/downloads.ts'
import { systemClock } from '../../ipc/clock.ts'
import { type FileServer, noise, serveFile, sha256Of } from '../../tests/fixtures/file-server.ts'
import { Download, type DownloadTools } from './download.ts'
import { Downloads } from './downloads.ts'

const bytes = noise(3 * 1024 * 1024 + 17)
let folder: string
let server: FileServer
const dispatcher = new Agent()
/** As the machine's, only that nobody waits. */
const clock = { ...systemClock, after: (_ms: number, action: () => void) => systemClock.after(0, action) }

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nexus-downloads-'))
  server = await serveFile(bytes)
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

function startOf(changes: Partial<DownloadStart> = {}): DownloadStart {
  return {
    id: 'one',
    urls: [`${server.origin}/tables.bin2`],
    folder,
    suggestedName: null,
    headers: { userAgent: 'Test', acceptLanguage: 'en', referrer: null, cookie: null },
    expectedSha256: null,
    partialPath: null,
    ...changes,
  }
}

function prepare(changes: Partial<DownloadStart> = {}, tools: Partial<DownloadTools> = {}) {
  const reports: DownloadProgress[] = []
  const download = new Download(startOf(changes), {
    dispatcher,
    clock,
    onProgress: progress => reports.push(progress),
    ...tools,
  })
  return { download, reports }
}

async function fetchFile(changes: Partial<DownloadStart> = {}, tools: Partial<DownloadTools> = {}) {
  const { download } = prepare(changes, tools)
  await download.run()
  return download.progress
}

async function contentOf(progress: DownloadProgress): Promise<string> {
  return sha256Of(await readFile(progress.filePath ?? ''))
}

/** Runs until so many bytes have come, and ends as the process would with `kill`, or as a pause does. */
async function fetchPart(byteCount: number): Promise<DownloadProgress> {
  server.file.cutAfter = byteCount
  const isDone = Promise.withResolvers<void>()
  const waiting = (): Disposable => {
    isDone.resolve()
    return { [Symbol.dispose]() {} }
  }
  const { download } = prepare({}, { clock: { ...clock, after: waiting } })
  void download.run()
  await isDone.promise
  await download.interrupt('pause')
  server.file.cutAfter = null
  return download.progress
}

describe('a download', () => {
  it('is on the disk under the name of the server, with its checksum, and nothing else is', async () => {
    server.file.headers = { 'content-disposition': "attachment; filename*=UTF-8''Gezeiten%202031.dat" }
    const progress = await fetchFile()
    expect({ ...progress, sha256: await contentOf(progress) }).toMatchObject({
      phase: { kind: 'completed', sha256: sha256Of(bytes) },
      filePath: path.join(folder, 'Gezeiten 2031.dat'),
      sha256: sha256Of(bytes),
      size: bytes.byteLength,
      received: bytes.byteLength,
    })
    expect(await readdir(folder)).toEqual(['Gezeiten 2031.dat'])
  })

  it('sends what it is given, and no cookie to another origin', async () => {
    await using other = await serveFile(bytes)
    server.file.answer = (_request, response) => {
      response.writeHead(302, { location: `${other.origin}/moved.dat` }).end()
      return true
    }
    const progress = await fetchFile({
      headers: { userAgent: 'Nexus', acceptLanguage: 'de', referrer: 'http://a.test/', cookie: 'a=1' },
    })
    const [first, second] = [server.requests[0]?.headers, other.requests[0]?.headers]
    expect(first).toMatchObject({
      'user-agent': 'Nexus',
      'accept-language': 'de',
      referer: 'http://a.test/',
      cookie: 'a=1',
    })
    expect(second).toMatchObject({ 'user-agent': 'Nexus', 'accept-encoding': 'identity' })
    expect(second).not.toHaveProperty('cookie')
    expect(progress.urls).toEqual([`${server.origin}/tables.bin2`, `${other.origin}/moved.dat`])
  })

  it('never overwrites: neither a file nor another download', async () => {
    await writeFile(path.join(folder, 'tables.bin2'), 'mine')
    const [first, second] = await Promise.all([fetchFile(), fetchFile({ id: 'two' })])
    expect((await readdir(folder)).toSorted()).toEqual(['tables (1).bin2', 'tables (2).bin2', 'tables.bin2'])
    expect(await readFile(path.join(folder, 'tables.bin2'), 'utf8')).toBe('mine')
    expect([await contentOf(first), await contentOf(second)]).toEqual([sha256Of(bytes), sha256Of(bytes)])
  })

  it('gives way to a file that takes its name while it runs', async () => {
    const part = await fetchPart(1_000_000)
    await writeFile(part.filePath ?? '', 'mine')
    const progress = await fetchFile({ partialPath: part.partialPath })
    expect(progress).toMatchObject({
      phase: { kind: 'completed' },
      filePath: path.join(folder, 'tables (1).bin2'),
    })
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
  })

  it('tells at most four times a second how far it is', async () => {
    let now = 0
    server.file.bytes = noise(20 * 1024 * 1024)
    const { download, reports } = prepare({}, { clock: { ...clock, now: () => now++ } })
    await download.run()
    const running = reports.filter(({ phase, received }) => phase.kind === 'running' && received > 0)
    expect(running.length).toBeLessThanOrEqual(now / 250 + 1)
    expect(running.length).toBeGreaterThan(0)
  })

  it.each([
    ['the person', (sha: string) => ({ expectedSha256: sha }), {}],
    ['Repr-Digest', () => ({}), (sha: string) => ({ 'repr-digest': `sha-256=:${base64(sha)}:` })],
    ['Digest', () => ({}), (sha: string) => ({ digest: `SHA-256=${base64(sha)}` })],
  ])('is only whole when it is what %s says', async (_who, expected, headers) => {
    const [right, wrong] = [sha256Of(bytes), sha256Of(noise(1))]
    server.file.headers = typeof headers === 'function' ? headers(right) : headers
    expect((await fetchFile(expected(right))).phase.kind).toBe('completed')
    server.file.headers = typeof headers === 'function' ? headers(wrong) : headers
    expect((await fetchFile(expected(wrong))).phase).toMatchObject({ kind: 'failed', code: 'CHECKSUM' })
    expect(await readdir(folder)).toEqual(['tables.bin2'])
  })

  it('of a dangerous kind is held until it is released, also after a restart', async () => {
    const held = await fetchFile({ suggestedName: 'viewer.run' })
    expect(held.phase).toMatchObject({ kind: 'held', danger: 'program' })
    expect(await readdir(folder)).not.toContain('viewer.run')
    const again = await fetchFile({ partialPath: held.partialPath })
    expect(again).toMatchObject({ phase: { kind: 'held', sha256: sha256Of(bytes) }, filePath: held.filePath })
    expect(server.requests).toHaveLength(1)
  })

  it('undoes a packing that it did not ask for, and keeps an archive as it is', async () => {
    server.file.bytes = gzipSync(bytes)
    server.file.headers = { 'content-encoding': 'gzip' }
    const plain = await fetchFile()
    expect(await contentOf(plain)).toBe(sha256Of(bytes))
    const archive = await fetchFile({ suggestedName: 'set.tar.gz' })
    expect(await contentOf(archive)).toBe(sha256Of(server.file.bytes))
  })
})

describe('a download that goes on', () => {
  it('asks for the rest only, by the tag of the server', async () => {
    const part = await fetchPart(2_000_000)
    expect(part).toMatchObject({ phase: { kind: 'paused' }, received: 2_000_000, size: bytes.byteLength })
    const progress = await fetchFile({ partialPath: part.partialPath })
    expect(server.ranges).toEqual([null, 'bytes=2000000-'])
    expect(server.requests[1]?.headers['if-range']).toBe('"one"')
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
  })

  it('begins anew when the file is another one now', async () => {
    const part = await fetchPart(2_000_000)
    server.file.bytes = noise(1_500_000, 7)
    server.file.etag = '"two"'
    const progress = await fetchFile({ partialPath: part.partialPath })
    expect(await contentOf(progress)).toBe(sha256Of(server.file.bytes))
    expect(await readdir(folder)).toEqual(['tables.bin2'])
  })

  it('begins anew where the server cannot say that it is the same file', async () => {
    server.file.etag = 'W/"weak"'
    const part = await fetchPart(2_000_000)
    const progress = await fetchFile({ partialPath: part.partialPath })
    expect(server.ranges).toEqual([null, null])
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
  })

  it('cuts off what was changed on the disk meanwhile', async () => {
    const part = await fetchPart(2_000_000)
    const file = await open(part.partialPath ?? '', 'r+')
    await file.write(Buffer.from('changed'), 0, 7, 100)
    await file.close()
    const progress = await fetchFile({ partialPath: part.partialPath })
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
  })

  it('goes on from what is left after the file was cut', async () => {
    const part = await fetchPart(2_000_000)
    await truncate(part.partialPath ?? '', 10)
    const progress = await fetchFile({ partialPath: part.partialPath })
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
  })

  it.each(['data', 'journal'])('begins anew when its %s is gone', async what => {
    const part = await fetchPart(2_000_000)
    await rm(`${part.partialPath}${what === 'journal' ? '.journal' : ''}`)
    const progress = await fetchFile({ partialPath: part.partialPath })
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
    expect(await readdir(folder)).toEqual(['tables.bin2'])
  })

  it('goes back to the first address when the last one is used up', async () => {
    const part = await fetchPart(2_000_000)
    server.file.answer = (request, response) => {
      if (request.url !== '/signed') return false
      response.writeHead(403).end()
      return true
    }
    const progress = await fetchFile({
      urls: [`${server.origin}/tables.bin2`, `${server.origin}/signed`],
      partialPath: part.partialPath,
    })
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
    expect(server.ranges.at(-1)).toBe('bytes=2000000-')
  })
})

describe('a server that', () => {
  it('cuts the connection again and again is asked for the rest', async () => {
    server.file.cutAfter = 500_000
    const progress = await fetchFile()
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
    expect(server.ranges).toHaveLength(Math.ceil(bytes.byteLength / 500_000))
  })

  it('cuts the connection and knows no ranges is given up', async () => {
    server.file.cutAfter = 500_000
    server.file.knowsRanges = false
    expect((await fetchFile()).phase).toMatchObject({ kind: 'failed', code: 'CONNECTION' })
    expect(server.ranges).toHaveLength(6)
  })

  it('refuses is believed', async () => {
    server.file.answer = (_request, response) => {
      response.writeHead(404).end('no')
      return true
    }
    expect((await fetchFile()).phase).toEqual({ kind: 'failed', code: 'REFUSED', detail: '404' })
    expect(server.requests).toHaveLength(1)
    expect(await readdir(folder)).toEqual([])
  })

  it('is busy is asked again', async () => {
    server.file.answer = (_request, response) => {
      if (server.requests.length > 2) return false
      response.writeHead(503, { 'retry-after': '1' }).end()
      return true
    }
    expect((await fetchFile()).phase.kind).toBe('completed')
  })

  it('promises more than it sends is not believed', async () => {
    server.file.headers = { 'content-length': String(bytes.byteLength + 10) }
    server.file.cutAfter = bytes.byteLength
    server.file.knowsRanges = false
    expect((await fetchFile()).phase.kind).toBe('failed')
    expect((await readdir(folder)).filter(name => !name.includes('.nexus-part'))).toEqual([])
  })

  it('sends another part than was asked for is asked anew', async () => {
    const part = await fetchPart(2_000_000)
    server.file.answer = (request, response) => {
      if (request.headers.range === undefined) return false
      response.writeHead(206, { 'content-range': `bytes 0-99/${bytes.byteLength}`, 'content-length': '100' })
      response.end(bytes.subarray(0, 100))
      return true
    }
    expect(await contentOf(await fetchFile({ partialPath: part.partialPath }))).toBe(sha256Of(bytes))
  })

  it('redirects for ever, or to what is not of the web, is left', async () => {
    for (const [location, code] of [
      ['/round', 'TOO_MANY_REDIRECTS'],
      ['file:///etc/passwd', 'BAD_ANSWER'],
    ]) {
      server.file.answer = (_request, response) => {
        response.writeHead(302, { location }).end()
        return true
      }
      expect((await fetchFile()).phase).toMatchObject({ kind: 'failed', code })
    }
  })

  it('never ends is stopped by the room on the disk', async () => {
    server.file.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-endless' })
      const more = (): void => {
        while (!response.destroyed && response.write(bytes));
      }
      response.on('drain', more)
      more()
      return true
    }
    let free = 150 * 1024 * 1024
    const progress = await fetchFile({}, { freeBytes: async () => (free -= 40 * 1024 * 1024) })
    expect(progress.phase).toMatchObject({ kind: 'failed', code: 'DISK_FULL' })
  })
})

describe('a disk that', () => {
  it('has no room is said before anything is fetched', async () => {
    const progress = await fetchFile({}, { freeBytes: async () => 1_000 })
    expect(progress.phase).toMatchObject({ kind: 'failed', code: 'DISK_FULL' })
    expect(await readdir(folder)).toEqual([])
  })

  it('becomes full is said, and what is there is good to go on from', async () => {
    const filling: typeof open = async (...args) => {
      const handle = await open(...args)
      if (String(args[0]).endsWith('.nexus-part')) {
        let writes = 0
        const writev = handle.writev.bind(handle)
        handle.writev = (...blocks) => {
          writes += 1
          return writes > 1
            ? Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' }))
            : writev(...blocks)
        }
      }
      return handle
    }
    const full = await fetchFile({}, { open: filling })
    expect(full.phase).toEqual({ kind: 'failed', code: 'DISK_FULL', detail: 'ENOSPC' })
    const progress = await fetchFile({ partialPath: full.partialPath })
    expect(await contentOf(progress)).toBe(sha256Of(bytes))
  })

  it('has no such folder is said', async () => {
    expect((await fetchFile({ folder: path.join(folder, 'gone') })).phase).toMatchObject({
      kind: 'failed',
      code: 'FOLDER',
    })
  })
})

describe('several downloads', () => {
  it('wait when more than three come from one place, and are had all in the end', async () => {
    let most = 0
    let now = 0
    server.file.answer = (_request, response) => {
      now += 1
      most = Math.max(most, now)
      response.once('close', () => {
        now -= 1
      })
      return false
    }
    const done = Promise.withResolvers<void>()
    const completed = new Set<string>()
    const downloads = new Downloads({
      dispatcher,
      clock,
      onProgress: ({ id, phase }) => {
        if (phase.kind === 'completed') completed.add(id)
        if (completed.size === 7) done.resolve()
      },
    })
    await Promise.all(Array.from({ length: 7 }, (_, index) => downloads.start(startOf({ id: `d${index}` }))))
    await done.promise
    expect(most).toBeLessThanOrEqual(3)
    expect(await readdir(folder)).toHaveLength(7)
  })

  it('leave nothing of one that is cancelled, also of one that waits', async () => {
    server.file.bytesPerSecond = 100_000
    const downloads = new Downloads({ dispatcher, clock, onProgress: () => {} })
    await Promise.all(Array.from({ length: 4 }, (_, index) => downloads.start(startOf({ id: `d${index}` }))))
    await Promise.all(Array.from({ length: 4 }, (_, index) => downloads.interrupt(`d${index}`, 'cancel')))
    expect(downloads.running).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })
})

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
