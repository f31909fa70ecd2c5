import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { normalHost } from './host-names.ts'

/** At most this much of the file is read: some keep long lists of blocked names there. */
const mostBytes = 16 * 1024 * 1024
/** How often the file is looked at for changes. */
const checkMs = 5_000

/** The file by which this machine's owner names hosts. */
export class HostsFile {
  readonly #path: string
  readonly #now: () => number
  #checkedAt = Number.NEGATIVE_INFINITY
  #version = ''
  #byName: ReadonlyMap<string, readonly string[]> = new Map()

  constructor(path: string, now: () => number) {
    this.#path = path
    this.#now = now
  }

  find(name: string): readonly string[] | null {
    this.#refresh()
    return this.#byName.get(name) ?? null
  }

  #refresh(): void {
    if (this.#now() - this.#checkedAt < checkMs) return
    this.#checkedAt = this.#now()
    try {
      const { mtimeMs, size } = statSync(this.#path)
      const version = `${mtimeMs} ${size}`
      if (version === this.#version) return
      this.#version = version
      this.#byName = size > mostBytes ? new Map() : readHosts(readFileSync(this.#path, 'utf8'))
    } catch {
      this.#byName = new Map()
    }
  }
}

/** Reads the format of hosts(5): an address, then names, to the end of the line. */
export function readHosts(text: string): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/)
    if (isIP(address) === 0) continue
    for (const name of names.map(normalHost)) {
      const known = byName.get(name)
      if (known === undefined) byName.set(name, [address])
      else if (!known.includes(address)) known.push(address)
    }
  }
  return byName
}

/** Where the systems keep it. */
export function hostsFilePath(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  return platform === 'win32'
    ? `${environment.SystemRoot ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts`
    : '/etc/hosts'
}
