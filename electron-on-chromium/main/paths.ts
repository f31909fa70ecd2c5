import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { standinExecutable } from '../launcher/runtime.ts'

/** The names that `app.getPath` knows on Linux. */
const userDirectories: Readonly<Record<string, string>> = {
  desktop: 'DESKTOP',
  documents: 'DOCUMENTS',
  downloads: 'DOWNLOAD',
  music: 'MUSIC',
  pictures: 'PICTURES',
  videos: 'VIDEOS',
}

const fallbackDirectories: Readonly<Record<string, string>> = {
  desktop: 'Desktop',
  documents: '',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
}

/** `app.getPath` and `app.setPath`. */
export class ApplicationPaths {
  readonly #set = new Map<string, string>()
  readonly #applicationName: () => string

  constructor(applicationName: () => string) {
    this.#applicationName = applicationName
  }

  get(name: string): string {
    const set = this.#set.get(name)
    if (set !== undefined) return set
    const found = this.#default(name)
    if (found === null) throw new Error(`Failed to get '${name}' path`)
    return found
  }

  set(name: string, value: string): void {
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute')
    if (this.#default(name) === null) throw new Error('Failed to set path')
    this.#set.set(name, value)
  }

  /** As Electron: `app.setAppLogsPath`. */
  setLogs(value?: string): void {
    const directory = value ?? path.join(this.get('userData'), 'logs')
    this.set('logs', directory)
    mkdirSync(directory, { recursive: true })
  }

  #default(name: string): string | null {
    const home = os.homedir()
    switch (name) {
      case 'home':
        return home
      case 'appData':
        return process.env.XDG_CONFIG_HOME || path.join(home, '.config')
      case 'cache':
        return process.env.XDG_CACHE_HOME || path.join(home, '.cache')
      case 'userCache':
        return path.join(this.get('cache'), this.#applicationName())
      case 'userData':
        return path.join(this.get('appData'), this.#applicationName())
      case 'sessionData':
        return this.get('userData')
      case 'assets':
        return path.dirname(standinExecutable)
      case 'temp':
        return os.tmpdir()
      case 'exe':
      case 'module':
        return standinExecutable
      case 'logs':
        return path.join(this.get('userData'), 'logs')
      case 'crashDumps':
        return path.join(this.get('userData'), 'Crashpad')
      default:
        return name in userDirectories ? userDirectory(name, home) : null
    }
  }
}

/** As xdg-user-dirs keeps it in ~/.config/user-dirs.dirs. */
function userDirectory(name: string, home: string): string {
  const configuration = path.join(process.env.XDG_CONFIG_HOME || path.join(home, '.config'), 'user-dirs.dirs')
  if (existsSync(configuration)) {
    const pattern = new RegExp(`^XDG_${userDirectories[name]}_DIR="(.*)"`, 'm')
    const value = pattern.exec(readFileSync(configuration, 'utf8'))?.[1]
    if (value) return value.replace('$HOME', home)
  }
  return path.join(home, fallbackDirectories[name] ?? '')
}
