import { IpcError } from '../../ipc/errors.ts'
import { writeNewFile } from '../downloads/write-new-file.ts'
import { harOf } from './har.ts'
import type { RequestRecord } from './request-record.ts'

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
    try {
      this.latest = await writeNewFile({
        folder: folder(),
        name: 'Nexus requests',
        extension: '.har',
        text,
        at: wallClock(),
      })
      return this.latest
    } catch (error) {
      throw new HarNotWrittenError(error)
    }
  }
}
