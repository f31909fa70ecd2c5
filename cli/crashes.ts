import type { CrashRecord } from '../contracts/storage-crashes.ts'
import { formatDuration } from './amounts.ts'
import type { CrashesCommand } from './command.ts'
import { connectOnly } from './connecting.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Surface } from './surface.ts'
import { type Column, formatTable } from './table.ts'
import { jsonLine, plainText } from './terminal-text.ts'

/** Shows what ended as it should not have, or forgets it. */
export async function crashes({ isJson, isClearing }: CrashesCommand, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  if (isClearing) {
    const { cleared } = await session.control.clearCrashes({}, { signal: surface.signal })
    surface.print(
      isJson ? jsonLine({ cleared }) : `${cleared} ${cleared === 1 ? 'record' : 'records'} cleared.\n`,
    )
    return exitCode.done
  }
  const found = await session.control.crashes({}, { signal: surface.signal })
  surface.print(isJson ? jsonLine({ crashes: found }) : formatCrashes(found, surface.columns))
  return exitCode.done
}

const columns: readonly Column<CrashRecord>[] = [
  {
    heading: 'WHEN',
    isNumber: false,
    cell: ({ at }) => new Date(at).toISOString().slice(0, 19).replace('T', ' '),
  },
  { heading: 'KIND', isNumber: false, cell: ({ kind }) => kind },
  { heading: 'EXIT', isNumber: true, cell: ({ exitCode: code }) => (code === null ? '-' : String(code)) },
  { heading: 'RAN', isNumber: true, cell: ({ uptimeMs }) => formatDuration(uptimeMs) },
]

/** For a person at a terminal, the latest first; times are those of Greenwich. */
export function formatCrashes(found: readonly CrashRecord[], terminalColumns: number): string {
  if (found.length === 0) return 'Nothing has crashed that is remembered.\n'
  const name = {
    heading: 'WHAT',
    of: ({ name: what, site, reason }: CrashRecord) => plainText(`${site ?? what}: ${reason}`),
  }
  return `${formatTable(found, name, columns, terminalColumns)}\n`
}
