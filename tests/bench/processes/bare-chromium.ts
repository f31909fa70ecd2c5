import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { removal } from '../../e2e/nexus.ts'

/** Chromium with nothing between it and its protocol: the rawest way to open a tab in it. */
export class BareChromium implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #socket: WebSocket
  readonly #folder: string
  readonly #waiting = new Map<number, (answer: unknown) => void>()
  #sent = 0

  private constructor(child: ChildProcess, socket: WebSocket, folder: string) {
    this.#child = child
    this.#socket = socket
    this.#folder = folder
    socket.addEventListener('message', ({ data }) => {
      const message: unknown = JSON.parse(String(data))
      if (typeof message !== 'object' || message === null || !('id' in message)) return
      this.#waiting.get(Number(message.id))?.('result' in message ? message.result : null)
    })
  }

  static async open(): Promise<BareChromium> {
    const folder = await mkdtemp(path.join(tmpdir(), 'bare-chromium-'))
    const child = spawn(
      chromiumExecutable(),
      [
        '--headless=new',
        '--remote-debugging-port=0',
        `--user-data-dir=${folder}`,
        '--no-first-run',
        ...rootSwitches(),
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const address = await listeningAddress(child)
    const socket = new WebSocket(address)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error('Chromium cannot be spoken to')))
    })
    return new BareChromium(child, socket, folder)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Answers the id by which it is closed. */
  async openTab(url: string): Promise<string> {
    const answer = await this.#send('Target.createTarget', { url })
    if (typeof answer === 'object' && answer !== null && 'targetId' in answer) return String(answer.targetId)
    throw new Error('No tab was opened')
  }

  async closeTab(targetId: string): Promise<void> {
    await this.#send('Target.closeTarget', { targetId })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = new Promise(resolve => this.#child.once('exit', resolve))
    void this.#send('Browser.close', {})
    await gone
    await rm(this.#folder, removal)
  }

  #send(method: string, params: object): Promise<unknown> {
    this.#sent += 1
    const id = this.#sent
    const answer = new Promise(resolve => this.#waiting.set(id, resolve))
    this.#socket.send(JSON.stringify({ id, method, params }))
    return answer.finally(() => this.#waiting.delete(id))
  }
}

/** The binary that draws Nexus's pages where the stand-in runs. */
export function chromiumExecutable(): string {
  return process.env.NEXUS_CHROMIUM ?? '/usr/lib/chromium/chromium'
}

export function rootSwitches(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

function listeningAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.once('exit', () => reject(new Error(`Chromium ended at once: ${said}`)))
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
}
