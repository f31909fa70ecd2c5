import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Agent } from 'undici'
import { systemClock } from '../../../ipc/clock.ts'
import { Download } from '../../../network-service/downloads/download.ts'

/** Megabytes a second of each way to get a file onto the same disk, one figure a round; forced to the disk at the end. */
export interface DownloadFigures {
  /** Ours: with a journal, marks on the disk, and the SHA-256 of the whole. */
  readonly nexus: readonly number[]
  /** Node's own stream from the socket to the file; nothing is checked. */
  readonly node: readonly number[]
  /** The same with the SHA-256. */
  readonly nodeHashed: readonly number[]
  /** Empty where there is no curl. Nothing is checked. */
  readonly curl: readonly number[]
}

/** Downloads `byteCount` bytes of `<origin>/bytes/<count>` in turns, so that all ways see the same machine. */
export async function measureDownloads(options: {
  readonly origin: string
  readonly byteCount: number
  readonly rounds: number
  /** On the disk that is measured. */
  readonly folder: string
}): Promise<DownloadFigures> {
  const { byteCount, rounds } = options
  const url = `${options.origin}/bytes/${byteCount}`
  const figures = {
    nexus: [] as number[],
    node: [] as number[],
    nodeHashed: [] as number[],
    curl: [] as number[],
  }
  const dispatcher = new Agent()
  for (let round = 0; round < rounds; round += 1) {
    const folder = await mkdtemp(path.join(options.folder, 'nexus-bench-'))
    const timed = async (into: number[], work: () => Promise<boolean>): Promise<void> => {
      const startedAt = performance.now()
      if (await work()) into.push(byteCount / 1_000 / (performance.now() - startedAt))
    }
    const file = (name: string): string => path.join(folder, name)
    try {
      await timed(figures.nexus, () => byNexus(url, folder, dispatcher))
      await timed(figures.node, () => byNode(url, file('node'), false))
      await timed(figures.nodeHashed, () => byNode(url, file('hashed'), true))
      await timed(figures.curl, () => byCurl(url, file('curl')))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  await dispatcher.close()
  return figures
}

async function byNexus(url: string, folder: string, dispatcher: Agent): Promise<boolean> {
  const download = new Download(
    {
      id: 'bench',
      urls: [url],
      folder,
      suggestedName: 'bench.dat',
      headers: { userAgent: 'Nexus', acceptLanguage: null, referrer: null, cookie: null },
      expectedSha256: null,
      partialPath: null,
    },
    { dispatcher, clock: systemClock, onProgress: () => {} },
  )
  await download.run()
  const { phase } = download.progress
  if (phase.kind !== 'completed') throw new Error(`The download did not end well: ${JSON.stringify(phase)}`)
  return true
}

async function byNode(url: string, file: string, isHashed: boolean): Promise<boolean> {
  const [response] = (await once(get(url), 'response')) as [IncomingMessage]
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  if (isHashed) await pipeline(response, hashing, createWriteStream(file))
  else await pipeline(response, createWriteStream(file))
  hash.digest('hex')
  await force(file)
  return true
}

async function byCurl(url: string, file: string): Promise<boolean> {
  const child = spawn('curl', ['--silent', '--output', file, url], { stdio: 'ignore' })
  const isWell = await new Promise<boolean>(resolve => {
    child.once('error', () => resolve(false))
    child.once('exit', code => resolve(code === 0))
  })
  if (isWell) await force(file)
  return isWell
}

async function force(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.datasync()
  await handle.close()
}
