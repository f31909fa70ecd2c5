import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { connectSession } from '../../../cli/session.ts'
import { controlSocketPath } from '../../../contracts/control-path.ts'
import { MainInspector } from './main-inspector.ts'
import { processesOf, type SeenProcess } from './process-table.ts'

const root = path.resolve(import.meta.dirname, '..', '..', '..')
const startMs = 30_000
const goneMs = 10_000
const pollMs = 20

/** What no log of a browser may say. */
const faults = /A fault in the core|UnhandledPromiseRejection|Uncaught |FATAL ERROR|ERR_UNHANDLED/

/** A browser that runs without a window, on a profile that outlives it. */
export class LivingBrowser implements AsyncDisposable {
  readonly main: MainInspector
  readonly profile: string
  /** From the start of its process until it had brought back what was open. */
  readonly startMs: number
  readonly #child: ChildProcess
  readonly #terminal: string[]

  private constructor(options: {
    readonly main: MainInspector
    readonly profile: string
    readonly startMs: number
    readonly child: ChildProcess
    readonly terminal: string[]
  }) {
    this.main = options.main
    this.profile = options.profile
    this.startMs = options.startMs
    this.#child = options.child
    this.#terminal = options.terminal
  }

  /** With `isHooked`, services end by themselves on SIGUSR2, and grow on SIGHUP. `meanwhile` is done while it starts. */
  static async start(
    profile: string,
    isHooked = true,
    meanwhile: (mainPid: number) => Promise<void> = async () => {},
  ): Promise<LivingBrowser> {
    const startedAt = performance.now()
    const child = spawnBrowser(profile, isHooked)
    const terminal: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => terminal.push(chunk.toString('utf8')))
    }
    try {
      const address = await waitFor('the inspector of main', () => inspectorAddress(terminal), startMs)
      const main = await MainInspector.connect(address)
      await Promise.all([meanwhile(child.pid ?? 0), main.run(nexus => nexus.whenRunning())])
      return new LivingBrowser({ main, profile, startMs: performance.now() - startedAt, child, terminal })
    } catch (error) {
      child.kill('SIGKILL')
      throw new Error(`The browser did not start. It said:\n${terminal.join('')}`, { cause: error })
    }
  }

  /** Starts a browser and kills it before, or soon after, it is up. */
  static async killInItsStart(profile: string, afterMs: number): Promise<void> {
    const child = spawnBrowser(profile, true)
    const exited = once(child, 'exit')
    child.stdout.resume()
    child.stderr.resume()
    await pause(afterMs)
    child.kill('SIGKILL')
    await exited
    const { pid = 0 } = child
    await waitFor(
      'end of all processes',
      () => (processesOf(pid, profile).length === 0 ? true : null),
      goneMs,
    )
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Null while it runs; else how it ended. */
  get end(): { readonly code: number | null; readonly signal: string | null } | null {
    const { exitCode, signalCode } = this.#child
    return exitCode === null && signalCode === null ? null : { code: exitCode, signal: signalCode }
  }

  /** Every process of it, also of a main that has gone. */
  processes(): readonly SeenProcess[] {
    return processesOf(this.pid, this.profile)
  }

  /** Lines that tell of a fault, since the last call. */
  takeFaults(): readonly string[] {
    const lines = this.#terminal.splice(0).join('').split('\n')
    return lines.filter(line => faults.test(line))
  }

  /** Processes of a browser whose main has gone that are there still after a while. */
  async leftBehind(): Promise<readonly string[]> {
    const giveUpAt = performance.now() + goneMs
    for (;;) {
      const left = this.processes()
      if (left.length === 0) return []
      if (performance.now() > giveUpAt)
        return left.map(({ pid, state, command }) => `${pid} ${state} ${command.slice(0, 120)}`)
      await pause(pollMs)
    }
  }

  /** Whether the command line gets an answer, and how many processes it tells of. */
  async askByCommandLine(): Promise<number> {
    using session = await connectSession(controlSocketPath(this.profile))
    if (session === null) return 0
    const { rows } = await session.control.processes({})
    return rows.length
  }

  /** By a signal to main alone. */
  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    // A main that is asked to end would wait for whoever inspects it.
    this.main[Symbol.dispose]()
    if (this.end === null) {
      const exited = once(this.#child, 'exit')
      this.#child.kill(signal)
      await exited
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill('SIGTERM')
  }
}

function spawnBrowser(profile: string, isHooked: boolean) {
  const executable = process.env.NEXUS_ELECTRON
  if (executable === undefined) throw new Error('Run these tests with "npm run test:chaos".')
  const hooks = isHooked ? ['-r', path.join(import.meta.dirname, 'main-hooks.cjs')] : []
  return spawn(executable, ['--inspect=127.0.0.1:0', ...hooks, root, '--headless'], {
    cwd: root,
    env: { ...process.env, NEXUS_USER_DATA: profile },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A session of its own, by which every process of it is known.
    detached: true,
  })
}

/** What `look` finds, as soon as it does; throws an error that names `what` when that takes too long. */
export async function waitFor<Result>(
  what: string,
  look: () => Result | null | Promise<Result | null>,
  withinMs: number,
): Promise<Result> {
  const giveUpAt = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (performance.now() > giveUpAt) throw new Error(`There was no ${what} within ${withinMs} ms`)
    await pause(pollMs)
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}

function inspectorAddress(terminal: readonly string[]): string | null {
  return /ws:\/\/\S+/.exec(terminal.join(''))?.[0] ?? null
}
