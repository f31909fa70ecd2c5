import type { MessageTraffic } from '../contracts/messages.ts'
import type { ProcessTree } from '../contracts/processes.ts'
import type { PsCommand } from './command.ts'
import { connectOnly } from './connecting.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { formatProcesses } from './format-processes.ts'
import { reportOfProcesses } from './report-processes.ts'
import { sortProcesses } from './sort-processes.ts'
import type { Surface } from './surface.ts'
import { clearScreen, jsonLine } from './terminal-text.ts'

/** Shows the processes once, or every second until Ctrl+C or the end of the browser. */
export function ps(command: PsCommand, surface: Surface): Promise<ExitCode> {
  return command.isWatching ? watch(command, surface) : list(command, surface)
}

async function list(command: PsCommand, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const { control } = session
  // Without the messages everything else is still worth showing.
  const traffic = control.messages({}, { signal: surface.signal }).catch(() => null)
  const tree = await control.processes({}, { signal: surface.signal })
  surface.print(shown(command, surface, tree, await traffic))
  return exitCode.done
}

async function watch(command: PsCommand, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const { control, ended } = session
  const stopped = new Promise<void>(resolve => {
    if (surface.signal.aborted) resolve()
    surface.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  let traffic: MessageTraffic | null = null
  control.on('processesSampled', tree => {
    const start = surface.isTerminal && !command.isJson ? clearScreen : ''
    surface.print(start + shown(command, surface, tree, traffic))
    control.messages({}).then(
      found => {
        traffic = found
      },
      () => {
        traffic = null
      },
    )
  })
  // Ctrl+C is how a person ends this, also before the first answer.
  await Promise.race([stopped, control.watchProcesses({})])
  await Promise.race([stopped, ended])
  return exitCode.done
}

function shown(
  { isJson, isFlat, sort }: PsCommand,
  { columns }: Surface,
  tree: ProcessTree,
  traffic: MessageTraffic | null,
): string {
  const report = reportOfProcesses(tree, traffic)
  const sorted = sort === null ? report : { ...report, rows: sortProcesses(report.rows, sort) }
  return isJson ? jsonLine(sorted) : formatProcesses(sorted, { columns, isFlat })
}
