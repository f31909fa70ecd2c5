import path from 'node:path'
import { type AllowedFiles, confine } from '../ipc/entry/confinement.ts'

/**
 * The files of this process: it may write those of its cache, and what lies in the folders that main names; besides, it
 * reads those that are handed in.
 */
export class OwnFiles implements AllowedFiles {
  readonly #cacheFile: string
  readonly #readable: ReadonlySet<string>
  readonly #folders = new Set<string>()

  constructor(cacheFile: string, readable: readonly string[] = []) {
    this.#cacheFile = path.resolve(cacheFile)
    this.#readable = new Set(readable.map(file => path.resolve(file)))
  }

  /** Main says where downloads go; no server and no page can. */
  allow(folder: string): void {
    this.#folders.add(path.resolve(folder))
  }

  mayRead(file: string): boolean {
    return this.#readable.has(file) || this.mayWrite(file)
  }

  mayWrite(file: string): boolean {
    if (file === this.#cacheFile || file.startsWith(`${this.#cacheFile}-`)) return true
    if (file === `${this.#cacheFile}.damaged`) return true
    // The folder itself too: it is made where it is not there.
    return this.#folders.has(file) || this.#folders.has(path.dirname(file))
  }
}

/**
 * Takes child processes, threads, debugging, native code and all files but its own away from the network process, for
 * good: it takes in what strangers send. The network it keeps, for that is its work. Call it once all is imported.
 */
export function confineNetwork(files: OwnFiles): void {
  confine({ who: 'The network process', files, nativeCode: null, keepsNetwork: true })
}
