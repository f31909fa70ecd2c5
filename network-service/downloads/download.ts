import { statfs } from 'node:fs/promises'
import type { Dispatcher } from 'undici'
import type { DownloadPhase, DownloadProgress, DownloadStart } from '../../contracts/downloads.ts'
import { dangerOf } from '../../contracts/file-danger.ts'
import type { Clock } from '../../ipc/clock.ts'
import { decoderOf } from './decoding.ts'
import { DownloadError, diskError } from './errors.ts'
import { fileNameOf } from './file-name.ts'
import {
  discardPartial,
  findNamed,
  nameWholeFile,
  PartialFile,
  type PartialFileOptions,
} from './partial-file.ts'
import { type Answer, requestFile, rethrowAsDownloadError } from './request.ts'
import { Speed } from './speed.ts'
import { ifRangeOf, judgeRange, promisedSha256 } from './validators.ts'

export interface DownloadTools {
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  /** Told at most four times a second, and at each change of phase. */
  readonly onProgress: (progress: DownloadProgress) => void
  /** Bytes that may still be written below a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>
  readonly open?: PartialFileOptions['open']
}

/** Left to the rest of the machine. */
const reserveBytes = 64 * 1024 * 1024
const reportEveryMs = 250
const spaceCheckBytes = 32 * 1024 * 1024
/** In a row without a new byte. */
const mostAttempts = 5
/** How often a file may turn out to be another one. */
const mostRestarts = 3
const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504])

/** What makes `run` end before the file is whole. */
type Interruption = 'pause' | 'cancel' | 'stop'

/** One file from the network to the disk, through broken connections. */
export class Download {
  readonly id: string
  readonly #start: DownloadStart
  readonly #tools: DownloadTools
  readonly #speed: Speed
  readonly #interruption = new AbortController()
  #file: PartialFile | null = null
  #phase: DownloadPhase = { kind: 'waiting' }
  #urls: readonly string[]
  #mimeType = ''
  #size: number | null = null
  #received = 0
  #filePath: string | null = null
  #promised: string | null = null
  #reportedAt = Number.NEGATIVE_INFINITY
  #ended = Promise.resolve()

  constructor(start: DownloadStart, tools: DownloadTools) {
    this.id = start.id
    this.#start = start
    this.#tools = tools
    this.#urls = start.urls
    this.#speed = new Speed(tools.clock.now)
  }

  /** Where the bytes come from: no more than a few at a time are fetched from one. */
  get origin(): string {
    return URL.parse(this.#urls.at(-1) ?? '')?.origin ?? ''
  }

  get progress(): DownloadProgress {
    const beginning = this.#file?.beginning ?? null
    return {
      id: this.id,
      phase: this.#phase,
      urls: [...this.#urls],
      filePath: this.#filePath ?? beginning?.filePath ?? null,
      partialPath: this.#file?.partialPath ?? this.#start.partialPath,
      mimeType: this.#mimeType,
      size: this.#size,
      received: this.#received,
      etag: beginning?.etag ?? null,
      lastModified: beginning?.lastModified ?? null,
      acceptsRanges: beginning !== null && ifRangeOf(beginning) !== null,
    }
  }

  /** Works until it is whole, failed or interrupted; its phase then says which. Never rejects. */
  run(): Promise<void> {
    this.#ended = this.#run().catch(error => this.#endWith(error))
    return this.#ended
  }

  /** Resolves when nothing is written any more. `stop` tells nobody: the process is about to end. */
  async interrupt(interruption: Interruption): Promise<void> {
    const isWaiting = this.#phase.kind === 'waiting'
    this.#interruption.abort(interruption)
    await this.#ended
    if (isWaiting) await this.#endInterrupted(interruption)
  }

  async #run(): Promise<void> {
    this.#enter({ kind: 'running', bytesPerSecond: 0, attempts: 0 })
    if (this.#start.partialPath !== null) await this.#reopen(this.#start.partialPath)
    if (this.#phase.kind === 'completed') return
    if (this.#file?.wholeSha256 == null) await this.#fetchAll()
    await this.#finish()
  }

  async #reopen(partialPath: string): Promise<void> {
    const named = await findNamed(partialPath)
    if (named !== null) {
      this.#filePath = named.filePath
      this.#enter({ kind: 'completed', sha256: named.sha256 })
      return
    }
    const { clock, open } = this.#tools
    this.#file = await PartialFile.reopen(partialPath, { now: clock.now, ...(open && { open }) })
    if (this.#file === null) {
      await discardPartial(partialPath)
      return
    }
    this.#received = this.#file.received
    this.#size = this.#file.wholeSha256 === null ? this.#file.beginning.size : this.#file.received
    this.#mimeType = this.#file.beginning.mimeType
  }

  /** Until all bytes are there. Waits a little longer after each attempt that brought nothing new. */
  async #fetchAll(): Promise<void> {
    const { clock } = this.#tools
    let attempts = 0
    let restarts = 0
    let most = this.#received
    for (;;) {
      try {
        const outcome = await this.#attempt()
        if (outcome === 'complete') return
        restarts += 1
        if (restarts > mostRestarts) throw new DownloadError('BAD_ANSWER', 'The file keeps changing')
      } catch (error) {
        this.#throwIfInterrupted()
        if (!(error instanceof DownloadError) || !error.isPassing) throw error
        attempts = this.#received > most ? 1 : attempts + 1
        most = Math.max(most, this.#received)
        if (attempts > mostAttempts) throw error
        this.#enter({ kind: 'running', bytesPerSecond: 0, attempts })
        await this.#pause(clock, Math.min(60_000, error.retryAfterMs ?? 250 * 2 ** attempts))
      }
    }
  }

  /** One request. `again` when it has to be asked anew, from the start. */
  async #attempt(): Promise<'complete' | 'again'> {
    const { signal } = this.#interruption
    const offset = this.#file?.received ?? 0
    const ifRange = this.#file === null || offset === 0 ? null : ifRangeOf(this.#file.beginning)
    const answer = await this.#ask(ifRange === null ? null : { offset, ifRange })
    const contentLength = lengthOf(answer.header('content-length'))
    if (ifRange !== null && this.#file !== null) {
      const verdict = judgeRange(
        {
          status: answer.status,
          contentRange: answer.header('content-range'),
          contentLength,
          etag: answer.header('etag'),
        },
        offset,
        this.#file.beginning,
      )
      switch (verdict.kind) {
        case 'complete':
          await answer.body.dump()
          return 'complete'
        case 'askAnew':
          answer.drop()
          await this.#restart({ ...this.#file.beginning, etag: null, lastModified: null, size: null })
          return 'again'
        case 'rest':
          await this.#receive(answer, signal)
          return 'complete'
        case 'anew':
      }
    } else if (answer.status !== 200 && answer.status !== 203) {
      answer.drop()
      throw new DownloadError('BAD_ANSWER', `status ${answer.status}`)
    }
    await this.#begin(answer, contentLength)
    await this.#receive(answer, signal)
    return 'complete'
  }

  /** The address that answered last; when that does not answer any more, the one that led there. */
  async #ask(range: { readonly offset: number; readonly ifRange: string } | null): Promise<Answer> {
    const { dispatcher } = this.#tools
    const { headers } = this.#start
    const { signal } = this.#interruption
    const [first = '', last = first] = [this.#urls[0], this.#urls.at(-1)]
    const answer = await requestFile({ dispatcher, url: last, headers, range, signal })
    if (isUsable(answer, range !== null)) {
      this.#urls = [...this.#urls.slice(0, -1), ...answer.urls].slice(0, 50)
      return answer
    }
    answer.drop()
    if (first === last || passingStatuses.has(answer.status)) throw refusal(answer)
    const isSameOrigin = URL.parse(first)?.origin === URL.parse(last)?.origin
    const again = await requestFile({
      dispatcher,
      url: first,
      headers: isSameOrigin ? headers : { ...headers, cookie: null },
      range,
      signal,
    })
    if (!isUsable(again, range !== null)) {
      again.drop()
      throw refusal(again)
    }
    this.#urls = again.urls.slice(0, 50)
    return again
  }

  /** The file is had from its first byte. */
  async #begin(answer: Answer, contentLength: number | null): Promise<void> {
    const { clock, open } = this.#tools
    this.#mimeType =
      (answer.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase().slice(0, 300) ?? ''
    const fileName = fileNameOf({
      disposition: answer.header('content-disposition'),
      url: answer.urls.at(-1) ?? '',
      suggested: this.#start.suggestedName,
      mimeType: this.#mimeType,
    })
    const isPacked = decoderOf(answer.header('content-encoding'), fileName) !== null
    this.#size = isPacked ? null : contentLength
    const facts = {
      size: this.#size,
      etag: answer.header('etag')?.slice(0, 1_000) ?? null,
      lastModified: answer.header('last-modified')?.slice(0, 1_000) ?? null,
      date: answer.header('date')?.slice(0, 100) ?? null,
      acceptsRanges: !isPacked && answer.header('accept-ranges')?.trim().toLowerCase() !== 'none',
      mimeType: this.#mimeType,
    }
    await this.#checkSpace(this.#size ?? 0)
    this.#promised = promisedSha256(answer.header('repr-digest'), isPacked ? null : answer.header('digest'))
    if (this.#file === null) {
      this.#file = await PartialFile.create(this.#start.folder, fileName, facts, {
        now: clock.now,
        ...(open && { open }),
      }).catch(rethrowAsDiskError)
    } else {
      await this.#restart(facts)
    }
    this.#report()
  }

  async #restart(facts: Parameters<PartialFile['restart']>[0]): Promise<void> {
    await this.#file?.restart(facts).catch(rethrowAsDiskError)
    this.#received = 0
  }

  async #receive(answer: Answer, signal: AbortSignal): Promise<void> {
    const file = this.#file
    if (file === null) return
    const decoder = decoderOf(answer.header('content-encoding'), file.beginning.filePath)
    const body =
      decoder === null ? answer.body : answer.body.on('error', error => decoder.destroy(error)).pipe(decoder)
    let checkedAt = this.#received
    try {
      for await (const chunk of body) {
        const bytes: Uint8Array = chunk
        if (this.#size !== null && file.received + bytes.byteLength > this.#size) {
          throw new DownloadError('BAD_ANSWER', 'More came than was announced')
        }
        await file.write(bytes)
        this.#received = file.received
        if (this.#received - checkedAt >= spaceCheckBytes) {
          checkedAt = this.#received
          await this.#checkSpace(0)
        }
        this.#tick()
        if (signal.aborted) return this.#throwIfInterrupted()
      }
    } catch (error) {
      answer.drop()
      rethrowAsDownloadError(error)
    }
    if (this.#size !== null && file.received < this.#size) {
      throw new DownloadError('CONNECTION', 'Less came than was announced', { isPassing: true })
    }
  }

  async #finish(): Promise<void> {
    const file = this.#file
    if (file === null) throw new DownloadError('FOLDER', 'nothing is there')
    const sha256 = await file.complete().catch(rethrowAsDiskError)
    this.#size = file.received
    const expected = [this.#start.expectedSha256, this.#promised].find(one => one !== null && one !== sha256)
    if (expected !== undefined) {
      this.#file = null
      await file.discard()
      throw new DownloadError('CHECKSUM', `${sha256}, not ${expected}`)
    }
    const { filePath } = file.beginning
    const danger = dangerOf(filePath, this.#mimeType)
    await file.close()
    if (danger !== null) {
      this.#enter({ kind: 'held', sha256, danger })
      return
    }
    this.#filePath = await nameWholeFile(file.partialPath, filePath).catch(rethrowAsDiskError)
    this.#enter({ kind: 'completed', sha256 })
  }

  async #checkSpace(needed: number): Promise<void> {
    const free = await (this.#tools.freeBytes ?? freeBytesOf)(this.#start.folder).catch(rethrowAsDiskError)
    if (free < needed - (this.#file?.received ?? 0) + reserveBytes) {
      throw new DownloadError('DISK_FULL', `${free} bytes are free`)
    }
  }

  async #endWith(error: unknown): Promise<void> {
    const interruption: unknown = this.#interruption.signal.reason
    if (this.#interruption.signal.aborted) {
      return await this.#endInterrupted(interruption as Interruption)
    }
    await this.#file?.close()
    const { code, detail } = error instanceof DownloadError ? error : diskError(error)
    this.#enter({ kind: 'failed', code, detail })
  }

  async #endInterrupted(interruption: Interruption): Promise<void> {
    const file = this.#file
    switch (interruption) {
      case 'stop':
        await file?.close()
        return
      case 'pause':
        await file?.close()
        this.#enter({ kind: 'paused' })
        return
      case 'cancel':
        if (file !== null) await file.discard()
        else if (this.#start.partialPath !== null) await discardPartial(this.#start.partialPath)
        this.#received = 0
        this.#enter({ kind: 'cancelled' })
    }
  }

  #throwIfInterrupted(): void {
    this.#interruption.signal.throwIfAborted()
  }

  async #pause(clock: Clock, delayMs: number): Promise<void> {
    const { signal } = this.#interruption
    const { promise, resolve } = Promise.withResolvers<void>()
    using _timer = clock.after(delayMs, resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    this.#throwIfInterrupted()
  }

  #tick(): void {
    const now = this.#tools.clock.now()
    if (now - this.#reportedAt < reportEveryMs) return
    this.#speed.add(this.#received)
    if (this.#phase.kind === 'running') {
      this.#phase = { kind: 'running', bytesPerSecond: this.#speed.bytesPerSecond, attempts: 0 }
    }
    this.#report()
  }

  #enter(phase: DownloadPhase): void {
    this.#phase = phase
    this.#report()
  }

  #report(): void {
    this.#reportedAt = this.#tools.clock.now()
    this.#tools.onProgress(this.progress)
  }
}

function isUsable(answer: Answer, isRange: boolean): boolean {
  return (answer.status >= 200 && answer.status < 300) || (isRange && answer.status === 416)
}

function refusal(answer: Answer): DownloadError {
  const seconds = Number(answer.header('retry-after') ?? Number.NaN)
  return new DownloadError('REFUSED', String(answer.status), {
    isPassing: passingStatuses.has(answer.status),
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : null,
  })
}

function lengthOf(header: string | null): number | null {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

function rethrowAsDiskError(error: unknown): never {
  throw diskError(error)
}
