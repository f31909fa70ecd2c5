import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { IpcError } from '../errors.ts'

/** A recording cannot be written or read; the message is for people. */
export class RecordingFileError extends IpcError {}

/**
 * A file for the lines of a recording, which only this user may read. Node only. Whoever records decides what a failed
 * write means; nothing here touches the session that is recorded.
 */
export class RecordingFile implements AsyncDisposable {
  readonly path: string
  readonly #handle: FileHandle

  constructor(handle: FileHandle, path: string) {
    this.#handle = handle
    this.path = path
  }

  /** Rejects with RECORDING_EXISTS rather than overwrite anything, and with RECORDING_FAILED. */
  static async create(path: string): Promise<RecordingFile> {
    try {
      return new RecordingFile(await open(path, 'wx', 0o600), path)
    } catch (error) {
      throw errorFor(error, path)
    }
  }

  /** Rejects with DISK_FULL or RECORDING_FAILED; what was written before stays readable. */
  async append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return
    try {
      await this.#handle.appendFile(`${lines.join('\n')}\n`)
    } catch (error) {
      throw errorFor(error, this.path)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close()
  }
}

/**
 * The lines of a file, one after the other, so that a large recording need not fit into memory as text. Ends of lines
 * are those of JSON Lines only; others may stand within a text. Rejects with RECORDING_FAILED.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const input = createReadStream(path, { encoding: 'utf8' })
  let rest = ''
  try {
    for await (const chunk of input) {
      const lines = `${rest}${String(chunk)}`.split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    throw errorFor(error, path)
  }
  if (rest !== '') yield rest
}

function errorFor(cause: unknown, path: string): RecordingFileError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  switch (code) {
    case 'EEXIST':
      return new RecordingFileError('RECORDING_EXISTS', `${path} exists already; name another file.`, {
        cause,
      })
    case 'ENOSPC':
    case 'EDQUOT':
      return new RecordingFileError('DISK_FULL', `There is no room left for ${path}.`, { cause })
    case 'ENOENT':
      return new RecordingFileError('RECORDING_FAILED', `There is no such file or folder: ${path}`, { cause })
    default: {
      const reason = cause instanceof Error ? cause.message : String(cause)
      return new RecordingFileError('RECORDING_FAILED', `${path}: ${reason}`, { cause })
    }
  }
}
