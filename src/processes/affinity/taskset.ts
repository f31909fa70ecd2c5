import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const patienceMs = 2_000

/** Ties processes to cores by `taskset` of util-linux: Node has no call for it. */
export interface Taskset {
  /** All threads of the process. Rejects when it is gone, or the system refuses it. */
  pin(pid: number, cores: readonly number[]): Promise<void>
}

/** Null where there is none: elsewhere than on Linux, or where util-linux is not installed. */
export function findTaskset(
  platform: NodeJS.Platform = process.platform,
  searched: string = process.env.PATH ?? '',
): Taskset | null {
  if (platform !== 'linux') return null
  const program = searched
    .split(delimiter)
    .filter(folder => folder.startsWith('/'))
    .map(folder => join(folder, 'taskset'))
    .find(isProgram)
  if (program === undefined) return null
  return {
    pin: async (pid, cores) => {
      const args = ['--all-tasks', '--cpu-list', '--pid', cores.join(','), `${pid}`]
      await promisify(execFile)(program, args, { timeout: patienceMs, env: { LC_ALL: 'C' } })
    },
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
