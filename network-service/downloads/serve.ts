import path from 'node:path'
import type { Dispatcher } from 'undici'
import { downloadsContract } from '../../contracts/downloads.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { Downloads } from './downloads.ts'
import { DownloadError } from './errors.ts'
import { discardPartial, nameWholeFile } from './partial-file.ts'

/** Serves downloads; `stop` keeps what has come so far. `allowFolder` is told every folder that main names. */
export function serveDownloads(
  endpoint: Endpoint,
  dispatcher: Dispatcher,
  allowFolder: (folder: string) => void = () => {},
): { stop(): Promise<void> } {
  const downloads = new Downloads({
    dispatcher,
    clock: systemClock,
    onProgress: progress => endpoint.announce(downloadsContract, 'progressed', progress),
  })
  endpoint.serve(downloadsContract, {
    start: async start => {
      allowFolder(start.folder)
      if (start.partialPath !== null) allowFolder(path.dirname(start.partialPath))
      await downloads.start(start)
      return {}
    },
    pause: async ({ id }) => {
      await downloads.interrupt(id, 'pause')
      return {}
    },
    cancel: async ({ id }) => {
      await downloads.interrupt(id, 'cancel')
      return {}
    },
    running: () => downloads.running,
    release: async ({ partialPath, filePath }) => {
      allowFolder(path.dirname(partialPath))
      return { filePath: await nameWholeFile(partialPath, filePath).catch(rethrowForCaller) }
    },
    discard: async ({ partialPath }) => {
      allowFolder(path.dirname(partialPath))
      await discardPartial(partialPath).catch(rethrowForCaller)
      return {}
    },
  })
  endpoint.announce(downloadsContract, 'opened', {})
  return downloads
}

function rethrowForCaller(error: unknown): never {
  const code = error instanceof DownloadError ? error.code : 'FOLDER'
  throw new IpcError(`DOWNLOAD_${code}`, error instanceof Error ? error.message : String(error), {
    cause: error,
  })
}
