import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Way } from './client.ts'

/** A process of the measurements that listens on loopback. */
class Listening implements AsyncDisposable {
  readonly port: number
  readonly #child: ChildProcess

  constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  /** Processor time that it took so far, in ms; null where the system does not tell. */
  get processorMs(): number | null {
    try {
      const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // In hundredths of a second, user and system.
      return (Number(fields[11]) + Number(fields[12])) * 10
    } catch {
      return null
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.disconnect()
    await exited
  }
}

const secret = 'a secret for measurements, as long as the real ones'

/** A site, our proxy, and the shortest proxy that there is, each in a process of its own. */
export class World implements AsyncDisposable {
  readonly site: Listening
  readonly nexus: Listening
  readonly plain: Listening

  constructor(site: Listening, nexus: Listening, plain: Listening) {
    this.site = site
    this.nexus = nexus
    this.plain = plain
  }

  static async open(): Promise<World> {
    return new World(
      await start('source-process.ts'),
      await start('proxy-process.ts', 'nexus', secret),
      await start('proxy-process.ts', 'plain'),
    )
  }

  way(by: 'direct' | 'nexus' | 'plain', kind: 'plain' | 'tunnel' = 'plain'): Way {
    const authorization = `Proxy-Authorization: Basic ${Buffer.from(`nexus:${secret}`).toString('base64')}\r\n`
    const sitePort = this.site.port
    if (by === 'direct') return { port: sitePort, kind: 'direct', sitePort, authorization: '' }
    return { port: this[by].port, kind, sitePort, authorization }
  }

  /** For an engine. */
  get login(): { readonly server: string; readonly username: string; readonly password: string } {
    return { server: `http://127.0.0.1:${this.nexus.port}`, username: 'nexus', password: secret }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of [this.nexus, this.plain, this.site]) await one[Symbol.asyncDispose]()
  }
}

async function start(file: string, ...args: readonly string[]): Promise<Listening> {
  const child = fork(path.join(import.meta.dirname, file), [...args])
  const [message] = await once(child, 'message')
  return new Listening(child, Number(Reflect.get(Object(message), 'port')))
}
