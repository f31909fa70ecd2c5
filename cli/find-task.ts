import type { ProcessRow } from '../contracts/processes.ts'
import { CommandError } from './surface.ts'
import { plainText } from './terminal-text.ts'

/** Candidates that are named; more help nobody. */
const mostNamed = 8

/**
 * The process that a person means: by the id of its row, by its number, or by what it is called where only one that runs is
 * called so. Throws UNKNOWN_PROCESS or AMBIGUOUS_PROCESS with those that may have been meant.
 */
export function findTask(rows: readonly ProcessRow[], task: string): ProcessRow {
  const byId = rows.find(row => row.id === task)
  if (byId !== undefined) return byId
  const wanted = task.toLowerCase()
  const meant = /^\d+$/.test(task)
    ? rows.filter(row => row.pid === Number(task))
    : running(rows.filter(row => calls(row).some(name => name.toLowerCase() === wanted)))
  const [only, ...more] = meant
  if (only === undefined) {
    const alike = rows.filter(row => calls(row).some(name => name.toLowerCase().includes(wanted)))
    const hint = alike.length === 0 ? ' "nexus ps" shows them all.' : `\nDid you mean\n${listed(alike)}`
    throw new CommandError('UNKNOWN_PROCESS', `There is no process "${task}".${hint}`)
  }
  if (more.length > 0) {
    throw new CommandError(
      'AMBIGUOUS_PROCESS',
      `${meant.length} processes are called "${task}". Name one by its number:\n${listed(meant)}`,
    )
  }
  return only
}

/** What a row is called: its name, its site, its kind, the last part of its id. */
function calls(row: ProcessRow): string[] {
  return [row.name, row.site ?? '', row.kind, row.id.slice(row.id.indexOf(':') + 1)].filter(Boolean)
}

/** One that does not run stands back where others of its name do. */
function running(rows: readonly ProcessRow[]): readonly ProcessRow[] {
  const alive = rows.filter(row => row.pid !== null)
  return alive.length === 0 ? rows : alive
}

function listed(rows: readonly ProcessRow[]): string {
  const lines = rows
    .slice(0, mostNamed)
    .map(row => `- ${row.pid ?? 'not running'} ${plainText(row.name)} (${row.kind}, ${row.state})`)
  return [...lines, ...(rows.length > mostNamed ? [`- and ${rows.length - mostNamed} more`] : [])].join('\n')
}
