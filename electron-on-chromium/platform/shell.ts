import { spawn } from 'node:child_process'
import { access, mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { unsupported } from './unsupported.ts'

/** Runs a desktop helper; resolves with an error text, '' when it went well. */
function runHelper(command: string, args: readonly string[]): Promise<string> {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(`${command} is not installed`))
    child.once('exit', code => resolve(code === 0 ? '' : `${command} failed with ${code}`))
    child.unref()
  })
}

/** Moves a file to the home trash of freedesktop.org. Rejects when it is not there or on another file system. */
async function trashItem(filePath: string): Promise<void> {
  const absolute = path.resolve(filePath)
  await stat(absolute)
  const trash = path.join(process.env.XDG_DATA_HOME || path.join(homedir(), '.local', 'share'), 'Trash')
  const [files, info] = [path.join(trash, 'files'), path.join(trash, 'info')]
  await mkdir(files, { recursive: true, mode: 0o700 })
  await mkdir(info, { recursive: true, mode: 0o700 })
  const name = await freeName(files, path.basename(absolute))
  const deletedAt = new Date().toISOString().slice(0, 19)
  const location = absolute.split('/').map(encodeURIComponent).join('/')
  await writeFile(
    path.join(info, `${name}.trashinfo`),
    `[Trash Info]\nPath=${location}\nDeletionDate=${deletedAt}\n`,
    { flag: 'wx' },
  )
  await rename(absolute, path.join(files, name))
}

async function freeName(folder: string, wanted: string): Promise<string> {
  const { name, ext } = path.parse(wanted)
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? wanted : `${name}.${number}${ext}`
    const isTaken = await access(path.join(folder, candidate)).then(
      () => true,
      () => false,
    )
    if (!isTaken) return candidate
  }
}

/** The `shell` module, by xdg-open. */
export const shell = {
  async openExternal(url: string): Promise<void> {
    if (typeof url !== 'string' || !URL.canParse(url)) throw new Error('Invalid URL')
    const failure = await runHelper('xdg-open', [url])
    if (failure) throw new Error(`Failed to open: ${failure}`)
  },
  openPath(filePath: string): Promise<string> {
    return stat(filePath).then(
      () => runHelper('xdg-open', [filePath]),
      () => `Failed to open path ${filePath}`,
    )
  },
  showItemInFolder(fullPath: string): void {
    void runHelper('dbus-send', [
      '--session',
      '--dest=org.freedesktop.FileManager1',
      '--type=method_call',
      '/org/freedesktop/FileManager1',
      'org.freedesktop.FileManager1.ShowItems',
      `array:string:${pathToFileURL(fullPath).href}`,
      'string:',
    ]).then(failure => (failure ? runHelper('xdg-open', [path.dirname(fullPath)]) : ''))
  },
  trashItem,
  beep(): void {
    process.stderr.write('\u0007')
  },
  readShortcutLink: unsupported('shell.readShortcutLink', 'it belongs to Windows'),
  writeShortcutLink: unsupported('shell.writeShortcutLink', 'it belongs to Windows'),
}
