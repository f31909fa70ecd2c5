import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { Launch } from '../chapter-process.ts'
import { type CaseContext, within } from '../registry.ts'

export interface StartOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Applications that share it share their profile and their single-instance lock. */
  readonly userData?: string
}

export interface RunningApp {
  readonly pid: number
  /** What the application reported so far: each line `> {json}` of its standard output. */
  readonly reports: readonly Report[]
  readonly output: () => string
  /** Resolves with the next report of this name (or one that has come already). */
  report(name: string): Promise<Report>
  exited(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  kill(signal: NodeJS.Signals): void
}

export interface Report {
  readonly name: string
  readonly value?: unknown
}

export type StartApp = ((app: string, options?: StartOptions) => RunningApp) & {
  /** A fresh profile folder. */
  readonly userData: () => string
}

export function launcher(t: CaseContext, launch: Launch): StartApp {
  const userData = (): string => mkdtempSync(join(launch.work, 'life-'))
  const start = (app: string, options: StartOptions = {}): RunningApp => {
    const child = spawn(
      launch.executable,
      [...launch.flags, join(launch.work, 'apps', app), ...(options.args ?? [])],
      {
        env: {
          ...process.env,
          STANDIN_HEADLESS: '1',
          CONFORMANCE_USER_DATA: options.userData ?? userData(),
          ...options.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const reports: Report[] = []
    let output = ''
    let line = ''
    let notify = (): void => {}
    child.stdout.on('data', chunk => {
      output += chunk
      line += chunk
      for (let end = line.indexOf('\n'); end >= 0; end = line.indexOf('\n')) {
        if (line.startsWith('> ')) reports.push(JSON.parse(line.slice(2, end)))
        line = line.slice(end + 1)
      }
      notify()
    })
    child.stderr.on('data', chunk => {
      output += chunk
    })
    const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        resolve({ code, signal })
        notify()
      })
    })
    t.defer(() => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    })
    return {
      pid: child.pid ?? -1,
      reports,
      output: () => output,
      exited: () => within(8_000, `still running; it said:\n${output}`, () => exit),
      kill: signal => void child.kill(signal),
      report: name =>
        within(8_000, `no report "${name}"`, async () => {
          for (;;) {
            const found = reports.find(report => report.name === name)
            if (found) return found
            if (child.exitCode !== null) throw new Error(`ended without "${name}"; it said:\n${output}`)
            await new Promise<void>(resolve => {
              notify = resolve
            })
          }
        }),
    }
  }
  return Object.assign(start, { userData })
}
