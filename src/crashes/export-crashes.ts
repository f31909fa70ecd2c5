import type { CrashRecord } from '../../contracts/storage-crashes.ts'
import { IpcError } from '../../ipc/errors.ts'
import { writeNewFile } from '../downloads/write-new-file.ts'

/** The file could not be written. */
class CrashesNotWrittenError extends IpcError {
  constructor(cause: unknown) {
    super('CRASHES_NOT_WRITTEN', 'The records could not be written to the folder of downloads.', { cause })
  }
}

/** Writes records as JSON into a new file of a folder; gives its path. Throws CRASHES_NOT_WRITTEN. */
export async function exportCrashes(
  crashes: readonly CrashRecord[],
  place: { readonly folder: string; readonly at: number },
): Promise<string> {
  const text = `${JSON.stringify({ what: 'Crash records of Nexus', exportedAt: place.at, crashes }, null, 2)}\n`
  try {
    return await writeNewFile({ ...place, name: 'Nexus crashes', extension: '.json', text })
  } catch (error) {
    throw new CrashesNotWrittenError(error)
  }
}
