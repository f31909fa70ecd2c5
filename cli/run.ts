import type { StageReport } from '../contracts/page-analysis.ts'
import { IpcError } from '../ipc/errors.ts'
import { ask } from './ask.ts'
import { type Command, parseCommand } from './command.ts'
import { connectOnly, connectOrStart, endInstance, endOf, whenReady } from './connecting.ts'
import { crashes } from './crashes.ts'
import { type ExitCode, exitCode, exitCodeOf } from './exit-code.ts'
import { formatReport, reportOf } from './format-analysis.ts'
import { formatMessages } from './format-messages.ts'
import { helpText } from './help.ts'
import { kill } from './kill.ts'
import { ps } from './ps.ts'
import { record } from './record.ts'
import { replayRecording } from './replay.ts'
import { search } from './search.ts'
import { CommandError, type Surface, wordsOf } from './surface.ts'
import { clearScreen, jsonLine, plainText } from './terminal-text.ts'
import { trace } from './trace.ts'

const watchIntervalMs = 1_000

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
    case 'search':
      return search(command, surface)
    case 'ask':
      return ask(command, surface)
    case 'ps':
      return ps(command, surface)
    case 'kill':
      return kill(command, surface)
    case 'crashes':
      return crashes(command, surface)
    case 'messages':
      return command.isWatching
        ? watchMessages(command.isJson, surface)
        : listMessages(command.isJson, surface)
    case 'trace':
      return trace(command, surface)
    case 'record':
      return record(command, surface)
    case 'replay':
      return replayRecording(command, surface)
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

function tellError(surface: Surface, error: IpcError, isJson: boolean): void {
  if (isJson) surface.print(jsonLine({ error: { code: error.code, message: error.message } }))
  else surface.note(`nexus: ${error.message.split('\n').map(plainText).join('\n')}\n`)
}
