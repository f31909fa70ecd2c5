import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, open, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { numberedName, partialSuffix } from '../../contracts/file-name.ts'
import { diskError } from './errors.ts'
import { type Beginning, type JournalEntry, type JournalState, journalLine, readJournal } from './journal.ts'

export interface PartialFileOptions {
  readonly now: () => number
  /** Opens a file as `node:fs/promises` does; handed in for tests of a full disk. */
  readonly open?: typeof open
}

/** Bytes that are written at once. */
const blockBytes = 1024 * 1024
/** What a power cut may cost at most: bytes, or time. */
const markEveryBytes = 32 * 1024 * 1024
const markEveryMs = 1_000

/**
 * A file that grows under a name of its own, with a journal beside it of what is on the disk for good. After the end of
 * the process at any moment it goes on from the last mark whose bytes are still the ones that were written.
 */
export class PartialFile {
  readonly partialPath: string
  readonly #file: FileHandle
  readonly #journal: FileHandle
  readonly #now: () => number
  #beginning: Beginning
  #hash: Hash = createHash('sha256')
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  /** Bytes taken in, and bytes handed to the system. */
  #received = 0
  #written = 0
  #marked = { offset: 0, at: 0 }
  #writing: Promise<void> = Promise.resolve()
  #marking: Promise<void> | null = null
  #failure: Error | null = null
  #wholeSha256: string | null = null

  private constructor(
    partialPath: string,
    files: { readonly file: FileHandle; readonly journal: FileHandle },
    beginning: Beginning,
    now: () => number,
  ) {
    this.partialPath = partialPath
    this.#file = files.file
    this.#journal = files.journal
    this.#beginning = beginning
    this.#now = now
    this.#marked = { offset: 0, at: now() }
  }

  /** Takes the first free name in `folder`; another download or file is never written over. */
  static async create(
    folder: string,
    fileName: string,
    facts: Omit<Beginning, 'kind' | 'filePath'>,
    options: PartialFileOptions,
  ): Promise<PartialFile> {
    const openFile = options.open ?? open
    for (let number = 0; number < 10_000; number += 1) {
      const filePath = path.join(folder, numberedName(fileName, number))
      if (await isThere(filePath)) continue
      const partialPath = `${filePath}${partialSuffix}`
      const file = await openFile(partialPath, 'wx+').catch(ignoreTaken)
      if (file === null) continue
      const journal = await openFile(journalPathOf(partialPath), 'a')
      await journal.truncate(0)
      const partial = new PartialFile(
        partialPath,
        { file, journal },
        { ...facts, kind: 'begin', filePath },
        options.now,
      )
      await partial.#note(partial.#beginning)
      return partial
    }
    throw diskError(new Error('no free name'))
  }

  /**
   * Opens what is there of a download; null when nothing can be made of it. Reads all of it: what differs from what was
   * written is cut off.
   */
  static async reopen(partialPath: string, options: PartialFileOptions): Promise<PartialFile | null> {
    const openFile = options.open ?? open
    const state = await journalOf(partialPath)
    if (state === null) return null
    const file = await openFile(partialPath, 'r+').catch(() => null)
    if (file === null) return null
    const journal = await openFile(journalPathOf(partialPath), 'a')
    const partial = new PartialFile(partialPath, { file, journal }, state.beginning, options.now)
    await partial.#recover(state)
    return partial
  }

  get beginning(): Beginning {
    return this.#beginning
  }

  /** Bytes so far, also those not on the disk yet. */
  get received(): number {
    return this.#received
  }

  /** SHA-256 of a file whose bytes are all there; null until then. */
  get wholeSha256(): string | null {
    return this.#wholeSha256
  }

  /** Takes the next bytes. Waits while the disk is slower than the network; rejects once the disk failed. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.byteLength
    this.#received += bytes.byteLength
    if (this.#pendingBytes >= blockBytes) await this.#flush()
    if (this.#failure !== null) throw this.#failure
  }

  /** Forgets all bytes: the file on the server is another one now. It keeps its name. */
  async restart(facts: Omit<Beginning, 'kind' | 'filePath'>): Promise<void> {
    await this.#settle()
    await this.#journal.truncate(0)
    await this.#file.truncate(0)
    this.#hash = createHash('sha256')
    this.#received = 0
    this.#written = 0
    this.#marked = { offset: 0, at: this.#now() }
    this.#beginning = { ...facts, kind: 'begin', filePath: this.#beginning.filePath }
    await this.#note(this.#beginning)
  }

  /** Forces everything to the disk and notes it, so that nothing is lost when it goes on later. */
  async keep(): Promise<void> {
    await this.#settle()
    if (this.#written > this.#marked.offset) await this.#mark(this.#written, this.#hash.copy())
  }

  /** All bytes have come. Answers their SHA-256 in lower-case hex. */
  async complete(): Promise<string> {
    await this.#settle()
    await this.#file.datasync()
    const sha256 = this.#hash.copy().digest('hex')
    if (this.#wholeSha256 !== sha256) await this.#note({ kind: 'whole', size: this.#received, sha256 })
    this.#wholeSha256 = sha256
    return sha256
  }

  /** Closes it; what is on the disk stays. Never rejects. */
  async close(): Promise<void> {
    await this.keep().catch(() => {})
    await Promise.allSettled([this.#file.close(), this.#journal.close()])
  }

  /** Closes and deletes it. */
  async discard(): Promise<void> {
    await this.#settle().catch(() => {})
    await Promise.allSettled([this.#file.close(), this.#journal.close()])
    await discardPartial(this.partialPath)
  }

  async #flush(): Promise<void> {
    const blocks = this.#pending
    const length = this.#pendingBytes
    if (length === 0) return
    this.#pending = []
    this.#pendingBytes = 0
    const isMarkDue =
      this.#received - this.#marked.offset >= markEveryBytes || this.#now() - this.#marked.at >= markEveryMs
    // Of exactly the bytes that are on the disk once this block is.
    const mark =
      isMarkDue && this.#marking === null ? { offset: this.#received, hash: this.#hash.copy() } : null
    // One block is written while the next one comes in.
    await this.#writing
    const position = this.#written
    this.#written += length
    this.#writing = this.#put(blocks, length, position).then(
      () => {
        if (mark === null || this.#marking !== null) return
        this.#marking = this.#mark(mark.offset, mark.hash)
          .catch(error => this.#fail(error))
          .finally(() => {
            this.#marking = null
          })
      },
      error => this.#fail(error),
    )
  }

  async #put(blocks: readonly Uint8Array[], length: number, position: number): Promise<void> {
    const { bytesWritten } = await this.#file.writev(blocks, position)
    if (bytesWritten === length) return
    const all = Buffer.concat(blocks)
    // A disk that fills up takes a part first, and says why not the rest when it is asked again.
    for (let done = bytesWritten; done < length; ) {
      const next = await this.#file.write(all, done, length - done, position + done)
      done += next.bytesWritten
    }
  }

  async #mark(offset: number, hash: Hash): Promise<void> {
    this.#marked = { offset, at: this.#now() }
    await this.#file.datasync()
    await this.#note({ kind: 'at', offset, sha256: hash.digest('hex') })
  }

  async #note(entry: JournalEntry): Promise<void> {
    const line = Buffer.from(journalLine(entry))
    await this.#journal.appendFile(line)
  }

  #fail(error: unknown): void {
    this.#failure ??= diskError(error)
  }

  async #settle(): Promise<void> {
    await this.#flush()
    await this.#writing
    await this.#marking
    if (this.#failure !== null) throw this.#failure
  }

  async #recover({ marks, whole, validBytes }: JournalState): Promise<void> {
    // Whatever order they were written in: bytes that give a mark's digest are the bytes it was made of.
    const points = [...marks, ...(whole === null ? [] : [{ offset: whole.size, sha256: whole.sha256 }])]
    const hash = createHash('sha256')
    let position = 0
    let sound = { offset: 0, hash: hash.copy(), sha256: '' }
    for (const { offset, sha256 } of points.toSorted((one, other) => one.offset - other.offset)) {
      if (!(await readInto(hash, this.#file, position, offset))) break
      position = offset
      if (hash.copy().digest('hex') === sha256) sound = { offset, hash: hash.copy(), sha256 }
    }
    this.#hash = sound.hash
    this.#received = sound.offset
    this.#written = sound.offset
    this.#marked = { offset: sound.offset, at: this.#now() }
    this.#wholeSha256 = whole !== null && whole.sha256 === sound.sha256 ? whole.sha256 : null
    await this.#file.truncate(sound.offset)
    // Behind a torn line nothing would be read.
    await this.#journal.truncate(validBytes)
  }
}

async function readInto(hash: Hash, file: FileHandle, from: number, to: number): Promise<boolean> {
  const buffer = Buffer.allocUnsafe(Math.min(blockBytes, Math.max(1, to - from)))
  for (let position = from; position < to; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.byteLength, to - position), position)
    if (bytesRead === 0) return false
    hash.update(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
  return true
}

async function journalOf(partialPath: string): Promise<JournalState | null> {
  const text = await readFile(journalPathOf(partialPath), 'utf8').catch(() => null)
  return text === null ? null : readJournal(text)
}

/**
 * Gives a whole file its own name, or the next free one, and takes the journal away. Answers where it lies. Begun again
 * after the process ended in the middle, it finds what it has done already.
 */
export async function nameWholeFile(partialPath: string, wanted: string): Promise<string> {
  const folder = path.dirname(wanted)
  const journal = await open(
    journalPathOf(partialPath),
    constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
  )
  try {
    for (let number = 0; number < 10_000; number += 1) {
      const filePath = path.join(folder, numberedName(path.basename(wanted), number))
      await journal.appendFile(journalLine({ kind: 'naming', filePath }))
      await journal.datasync()
      if (!(await takeName(partialPath, filePath))) continue
      await syncFolder(folder)
      await rm(journalPathOf(partialPath), { force: true })
      return filePath
    }
  } finally {
    await journal.close()
  }
  throw diskError(new Error('no free name'))
}

/** What was named before the process ended, and the journal still tells of; null where it was not. */
export async function findNamed(partialPath: string): Promise<{ filePath: string; sha256: string } | null> {
  const state = await journalOf(partialPath)
  if (state?.naming === null || state?.whole === undefined || state.whole === null) return null
  const { filePath } = state.naming
  const { size } = await stat(filePath).catch(() => ({ size: -1 }))
  if (size !== state.whole.size || (await isThere(partialPath))) return null
  const file = await open(filePath, 'r')
  try {
    const hash = createHash('sha256')
    const isRead = await readInto(hash, file, 0, size)
    if (!isRead || hash.digest('hex') !== state.whole.sha256) return null
  } finally {
    await file.close()
  }
  await rm(journalPathOf(partialPath), { force: true })
  return { filePath, sha256: state.whole.sha256 }
}

/** False when the name is another file's. */
async function takeName(partialPath: string, filePath: string): Promise<boolean> {
  try {
    // Unlike a renaming it fails where there is a file already.
    await link(partialPath, filePath)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST') {
      if (!(await isSameFile(partialPath, filePath))) return false
    } else if (code === 'ENOENT') {
      throw diskError(error)
    } else {
      // File systems without links (FAT, some networks): the name is taken by an empty file first.
      const placeholder = await open(filePath, 'wx').catch(ignoreTaken)
      if (placeholder === null) return false
      await placeholder.close()
      await rename(partialPath, filePath)
      return true
    }
  }
  await rm(partialPath, { force: true })
  return true
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([stat(one, { bigint: true }), stat(other, { bigint: true })])
  return first.ino === second.ino && first.dev === second.dev && first.ino !== 0n
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  // Windows opens no folders, and needs no such thing.
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/** Deletes what is there of a download, and its journal. Anything that is not named as ours is left alone. */
export async function discardPartial(partialPath: string): Promise<void> {
  if (!partialPath.endsWith(partialSuffix)) return
  await rm(partialPath, { force: true })
  await rm(journalPathOf(partialPath), { force: true })
}

function journalPathOf(partialPath: string): string {
  return `${partialPath}.journal`
}

async function isThere(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  )
}

function ignoreTaken(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null
  throw error
}
