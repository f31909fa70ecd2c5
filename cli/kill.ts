import type { KillCommand } from './command.ts'
import { connectOnly } from './connecting.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { findTask } from './find-task.ts'
import type { Surface } from './surface.ts'
import { jsonLine, plainText } from './terminal-text.ts'

/** Ends one process; what follows is the browser's to decide: a service comes back, a tab says so. */
export async function kill({ task, isForced, isJson }: KillCommand, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const { control } = session
  const { rows } = await control.processes({}, { signal: surface.signal })
  const { id, name, pid } = findTask(rows, task)
  await control.act({ processId: id, action: isForced ? 'forceEnd' : 'end' }, { signal: surface.signal })
  const how = isForced ? 'Ended by force' : 'Asked to end'
  surface.print(
    isJson
      ? jsonLine({ id, name, pid, isForced })
      : `${how}: ${plainText(name)}, process ${pid ?? 'unknown'}.\n`,
  )
  return exitCode.done
}
