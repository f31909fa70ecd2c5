import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { app, clipboard, dialog } from 'electron'
import { areaContracts } from '../../contracts/areas.ts'
import { IpcError } from '../../ipc/errors.ts'
import type { Application } from '../application.ts'
import { UnknownProcessError } from '../messaging/browser-errors.ts'
import { sandboxOf } from './sandbox/sandbox-of.ts'

/** The file could not be written; what was there is as it was. */
class NotWrittenError extends IpcError {
  constructor(cause: unknown) {
    super('NOT_WRITTEN', `The file was not written. ${cause instanceof Error ? cause.message : ''}`.trim())
  }
}

/** Serves what the panel of the processes asks for, beside the samples: actions, lives, details, copies. */
export function serveProcesses(application: Application): Disposable {
  const { parts, switchboard, sampler } = application
  const { book, actions, launches } = parts.processes
  const { endpoint } = switchboard
  const contract = areaContracts.processes
  const opened = new DisposableStack()
  opened.use(
    book.onEntry(entry => {
      // nobody is told who does not look
      if (sampler.isRunning) endpoint.announce(contract, 'lifecycle', entry)
    }),
  )
  opened.use(
    endpoint.serve(contract, {
      act: ({ processId, action }) => {
        actions.act(processId, action)
        return {}
      },
      timeline: () => [...book.entries],
      details: ({ processId }) => {
        const process = book.find(processId)
        if (process === null) throw new UnknownProcessError(processId)
        return {
          launch: [...launches.of(processId)],
          sandbox: sandboxOf(process.kind, placesOf(application)),
        }
      },
      copy: ({ text }) => {
        clipboard.writeText(text)
        return {}
      },
      save: async ({ text, format }) => {
        const file = await choosePlace(application, format)
        if (file === null) return { fileName: null }
        await writeWhole(file, text)
        return { fileName: path.basename(file).slice(0, 1_000) }
      },
    }),
  )
  return opened
}

/** The folders that the table of sandboxes names. */
function placesOf({ parts, modelsFolder, buildFolder }: Application): Parameters<typeof sandboxOf>[1] {
  return {
    models: modelsFolder,
    profile: app.getPath('userData'),
    downloads: parts.downloads.folder,
    filterLists: `${buildFolder}/filters/lists.bin`,
    hostsFile: hostsFile(),
  }
}

/** Where this system keeps the names that its owner gave to hosts. */
function hostsFile(): string {
  if (process.platform !== 'win32') return '/etc/hosts'
  return path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
}

async function choosePlace({ window }: Application, format: 'txt' | 'json'): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window.window, {
    title: 'Save the processes',
    defaultPath: `nexus-processes.${format}`,
    filters: [{ name: format === 'json' ? 'JSON' : 'Text', extensions: [format] }],
  })
  return canceled || filePath === '' ? null : filePath
}

/** The file is there whole or not at all; one that was there is replaced by the finished one. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.part`
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    throw new NotWrittenError(error)
  }
}
