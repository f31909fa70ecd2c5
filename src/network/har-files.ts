import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { IpcError } from '../../ipc/errors.ts'
import { harOf } from './har.ts'
import type { RequestRecord } from './request-record.ts'

/** Names that are tried before it is given up: nobody exports that often in one second. */
const mostNames = 50

export interface HarFilesOptions {
  readonly folder: () => string
  readonly version: string
  readonly wallClock: () => number
}

/** The file could not be written. */
class HarNotWrittenError extends IpcError {
  constructor(cause: unknown) {
    super('HAR_NOT_WRITTEN', 'The requests could not be written to the folder of downloads.', { cause })
  }
}

/** Writes requests as HAR files, never over another file, and readable by their owner only. */
export class HarFiles {
  readonly #options: HarFilesOptions
  /** The file that was written last. */
  latest: string | null = null

  constructor(options: HarFilesOptions) {
    this.#options = options
  }

  async write(
    records: readonly RequestRecord[],
    withSecrets: boolean,
    titleOf: (tabId: string) => string | null,
  ): Promise<string> {
    const { folder, version, wallClock } = this.#options
    const text = harOf({ records, withSecrets, titleOf, creatorVersion: version })
    const time = new Date(wallClock()).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
    try {
      await mkdir(folder(), { recursive: true })
      this.latest = await this.#writeNew(path.join(folder(), `Nexus requests ${time}`), text)
      return this.latest
    } catch (error) {
      throw new HarNotWrittenError(error)
    }
  }

  async #writeNew(name: string, text: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const file = number === 1 ? `${name}.har` : `${name} (${number}).har`
      try {
        await writeFile(file, text, { flag: 'wx', mode: 0o600 })
        return file
      } catch (error) {
        const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
        if (!isTaken || number >= mostNames) throw error
      }
    }
  }
}
