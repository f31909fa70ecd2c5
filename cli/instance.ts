import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's start command for an instance without a window that outlives the one who started it. */
export const headlessStartArguments = ['setup/run.mjs', 'start', '--headless', '--background'] as const

/** How far the start has come: setting up and building, handed over to the browser itself, or without hope. */
export type StartState =
  | { readonly kind: 'preparing' }
  | { readonly kind: 'launched' }
  | { readonly kind: 'failed'; readonly reason: string }

/** A browser that is being started. */
export interface StartingInstance {
  state(): StartState
  /** The last lines that it wrote, to show when it does not come up. */
  output(): string
}

/** Starts an instance; injected, so that tests start none. */
export type StartInstance = () => StartingInstance

/** Whether this file runs from `cli/` or from `build/`, the project is one folder up. */
const projectFolder = fileURLToPath(new URL('..', import.meta.url))
/** Where the start command lets a browser in the background write. */
const backgroundLogFile = join(projectFolder, '.nexus', 'background.log')
const shownLines = 15

/** Starts a headless instance with the project's own start command; its output goes to a file beside its data. */
export function startHeadlessInstance(userDataFolder: string): StartingInstance {
  mkdirSync(userDataFolder, { recursive: true, mode: 0o700 })
  const logFile = join(userDataFolder, 'headless.log')
  const log = openSync(logFile, 'w', 0o600)
  let state: StartState = { kind: 'preparing' }
  const child = spawn(process.execPath, [...headlessStartArguments], {
    cwd: projectFolder,
    env: { ...process.env, NEXUS_USER_DATA: userDataFolder },
    stdio: ['ignore', log, log],
    // A group of its own, so that Ctrl+C here does not reach it: it is asked to quit instead.
    detached: true,
  })
  closeSync(log)
  child.unref()
  child.once('error', error => {
    state = { kind: 'failed', reason: `Nexus could not be started: ${error.message}` }
  })
  child.once('exit', (code, signal) => {
    // In the background the starter ends with 0 and the browser lives on.
    const how = signal ?? `exit code ${code}`
    const reason = `Nexus ended while starting (${how}):\n${lastLines(logFile)}`
    state = code === 0 ? { kind: 'launched' } : { kind: 'failed', reason }
  })
  return { state: () => state, output: () => `${lastLines(logFile)}\n${lastLines(backgroundLogFile)}`.trim() }
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-shownLines).join('\n')
  } catch {
    return ''
  }
}
