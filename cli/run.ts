import type { StageReport } from '../contracts/ai.ts'
import { IpcError } from '../ipc/errors.ts'
import { type Command, parseCommand } from './command.ts'
import { type ExitCode, exitCode, exitCodeOf } from './exit-code.ts'
import { formatReport, reportOf } from './format-analysis.ts'
import { formatMessages } from './format-messages.ts'
import { formatProcesses } from './format-processes.ts'
import { helpText } from './help.ts'
import type { StartInstance } from './instance.ts'
import type { Session } from './session.ts'
import { jsonLine, plainText } from './terminal-text.ts'

/** What the command line stands on; everything that reaches outside is handed in. */
export interface Surface {
  readonly print: (text: string) => void
  /** For everything that is not the result: progress and errors for people. */
  readonly note: (text: string) => void
  readonly isTerminal: boolean
  readonly columns: number
  /** Null when no browser is running. */
  readonly connect: () => Promise<Session | null>
  readonly startInstance: StartInstance
  /** Aborting the signal ends the sleep early, so that it does not keep the program from ending. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Milliseconds that never run backwards. */
  readonly now: () => number
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
}

/** The first start may have to set up and build. */
const startDeadlineMs = 180_000
/** Once the browser itself has been launched it is up within seconds, or not at all. */
const launchDeadlineMs = 60_000
const startPollMs = 100
/** How long a browser that was asked to quit may take until we stop watching it. */
const quitPatienceMs = 10_000
/** A browser that listens already may still be opening its window. */
const readyDeadlineMs = 30_000
const watchIntervalMs = 1_000
const clearScreen = '\u001b[H\u001b[2J\u001b[3J'

class CommandError extends IpcError {}

/** Runs one command to its end; never throws. */
export async function run(words: readonly string[], surface: Surface): Promise<ExitCode> {
  const command = parseCommand(words)
  if (command.kind === 'misunderstood') {
    tellError(surface, new CommandError('USAGE', command.message), command.isJson)
    if (!command.isJson) surface.note('Try "nexus help".\n')
    return exitCode.usage
  }
  const isJson = 'isJson' in command && command.isJson
  try {
    return await perform(command, surface)
  } catch (error) {
    const known = error instanceof IpcError ? error : new CommandError('FAILED', wordsOf(error))
    tellError(surface, known, isJson)
    return exitCodeOf(known.code)
  }
}

function perform(command: Command, surface: Surface): Promise<ExitCode> {
  switch (command.kind) {
    case 'help':
      surface.print(helpText)
      return Promise.resolve(exitCode.done)
    case 'open':
      return open(command.url, surface)
    case 'analyze':
      return analyze(command.url, command.isJson, surface)
    case 'ps':
      return command.isWatching
        ? watchProcesses(command.isJson, surface)
        : listProcesses(command.isJson, surface)
    case 'messages':
      return command.isWatching
        ? watchMessages(command.isJson, surface)
        : listMessages(command.isJson, surface)
    case 'quit':
      return quit(surface)
  }
}

async function open(url: string, surface: Surface): Promise<ExitCode> {
  const { session, isOurs } = await connectOrStart(surface)
  using connected = session
  const opened = await whenReady(surface, () => connected.control.open({ url }, { signal: surface.signal }))
  surface.print(`${plainText(opened.title) || 'Untitled page'}\n${plainText(opened.url)}\n`)
  if (isOurs) surface.note('Nexus goes on running without a window; "nexus quit" ends it.\n')
  return exitCode.done
}

async function analyze(url: string, isJson: boolean, surface: Surface): Promise<ExitCode> {
  const { session, isOurs } = await connectOrStart(surface)
  using connected = session
  try {
    const onProgress = ({ stage, milliseconds }: StageReport): void => {
      if (!isJson && surface.isTerminal) surface.note(`${stage}: ${Math.round(milliseconds)} ms\n`)
    }
    const analysis = await whenReady(surface, () =>
      connected.control.analyze({ url }, { signal: surface.signal, onProgress }),
    )
    const report = reportOf(analysis)
    surface.print(isJson ? jsonLine(report) : formatReport(report))
    return exitCode.done
  } finally {
    if (isOurs) await endInstance(connected, surface)
  }
}

async function listProcesses(isJson: boolean, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const tree = await session.control.processes({}, { signal: surface.signal })
  surface.print(isJson ? jsonLine(tree) : formatProcesses(tree, surface.columns))
  return exitCode.done
}

/** Until Ctrl+C or the end of the browser. */
async function watchProcesses(isJson: boolean, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const stopped = new Promise<void>(resolve => {
    if (surface.signal.aborted) resolve()
    surface.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  session.control.on('processesSampled', tree => {
    const start = surface.isTerminal ? clearScreen : ''
    surface.print(isJson ? jsonLine(tree) : start + formatProcesses(tree, surface.columns))
  })
  // Ctrl+C is how a person ends this, also before the first answer.
  await Promise.race([stopped, session.control.watchProcesses({})])
  await Promise.race([stopped, session.ended])
  return exitCode.done
}

async function listMessages(isJson: boolean, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const traffic = await session.control.messages({}, { signal: surface.signal })
  surface.print(isJson ? jsonLine(traffic) : formatMessages(traffic, surface.columns))
  return exitCode.done
}

/** Until Ctrl+C or the end of the browser. */
async function watchMessages(isJson: boolean, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const start = surface.isTerminal && !isJson ? clearScreen : ''
  while (!surface.signal.aborted) {
    const traffic = await session.control.messages({}, { signal: surface.signal }).catch(endOfWatch)
    if (traffic === null) break
    surface.print(isJson ? jsonLine(traffic) : start + formatMessages(traffic, surface.columns))
    await surface.sleep(watchIntervalMs, surface.signal)
  }
  return exitCode.done
}

/** Null for the two ways in which a watch is meant to end. */
function endOfWatch(error: unknown): null {
  const code = error instanceof IpcError ? error.code : ''
  if (code === 'CANCELLED' || code === 'PROCESS_TERMINATED') return null
  throw error
}

async function quit(surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  await session.control.quit({})
  await endOf(session, surface)
  surface.print('Nexus has ended.\n')
  return exitCode.done
}

async function connectOnly(surface: Surface): Promise<Session> {
  const session = await surface.connect()
  if (session === null) throw new CommandError('NOT_RUNNING', 'Nexus is not running.')
  return session
}

async function connectOrStart(surface: Surface): Promise<{ session: Session; isOurs: boolean }> {
  const running = await surface.connect()
  if (running !== null) return { session: running, isOurs: false }
  surface.note('Starting Nexus without a window…\n')
  const starting = surface.startInstance()
  const startedAt = surface.now()
  let launchedAt: number | null = null
  while (surface.now() < Math.min(startedAt + startDeadlineMs, (launchedAt ?? Infinity) + launchDeadlineMs)) {
    const session = await surface.connect()
    if (session !== null) return { session, isOurs: true }
    const state = starting.state()
    if (state.kind === 'failed') throw new CommandError('START_FAILED', state.reason)
    if (state.kind === 'launched') launchedAt ??= surface.now()
    if (surface.signal.aborted) throw new CommandError('CANCELLED', 'Interrupted while Nexus was starting.')
    await surface.sleep(startPollMs)
  }
  throw new CommandError(
    'START_FAILED',
    `Nexus was started, but does not answer.\n${starting.output()}`.trim(),
  )
}

/** Repeats a call while the browser says that it is still starting. */
async function whenReady<Result>(surface: Surface, call: () => Promise<Result>): Promise<Result> {
  const giveUpAt = surface.now() + readyDeadlineMs
  for (;;) {
    try {
      return await call()
    } catch (error) {
      const isStarting = error instanceof IpcError && error.code === 'NOT_READY'
      if (!isStarting || surface.now() >= giveUpAt || surface.signal.aborted) throw error
      await surface.sleep(startPollMs)
    }
  }
}

/** Waits until the browser has gone, but not for ever. */
async function endOf(session: Session, surface: Surface): Promise<void> {
  const waiting = new AbortController()
  await Promise.race([session.ended, surface.sleep(quitPatienceMs, waiting.signal)])
  waiting.abort()
}

async function endInstance(session: Session, surface: Surface): Promise<void> {
  try {
    await session.control.quit({})
    await endOf(session, surface)
  } catch (error) {
    // It may be gone already; that is what was wanted.
    if (!(error instanceof IpcError && error.code === 'PROCESS_TERMINATED')) {
      surface.note(`Nexus could not be ended: ${wordsOf(error)}\n`)
    }
  }
}

function tellError(surface: Surface, error: IpcError, isJson: boolean): void {
  if (isJson) surface.print(jsonLine({ error: { code: error.code, message: error.message } }))
  else surface.note(`nexus: ${error.message.split('\n').map(plainText).join('\n')}\n`)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
