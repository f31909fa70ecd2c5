import type { ServiceDefinition } from '../service-definitions.ts'
import { sandboxTable } from './sandbox-table.ts'

/** Variables without which Node does not come up, or speaks of time and language wrongly. */
const always = ['LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'windir']
const forFiles = ['TMPDIR', 'TEMP', 'TMP']
const forChildren = ['PATH', 'HOME', 'USERPROFILE']

/** Of what its limit allows: the rest is for buffers, native code and the program itself. */
const heapShare = 0.75
const mebibyte = 1024 * 1024

/** How a service is forked, by what the table says of its kind. */
export interface ServiceLaunch {
  /** Nothing else of the person's environment reaches it. */
  readonly environment: Record<string, string>
  /** For Node, besides what the service takes from itself before anything else runs. */
  readonly execArgv: string[]
}

/** What a service is started with: no more of the environment than its row needs, and a bounded heap. */
export function serviceLaunch(
  { kind, memoryLimitBytes }: Pick<ServiceDefinition, 'kind' | 'memoryLimitBytes'>,
  environment: NodeJS.ProcessEnv,
): ServiceLaunch {
  const { writes, childProcesses } = sandboxTable[kind]
  const names = [...always, ...(writes.length === 0 ? [] : forFiles), ...(childProcesses ? forChildren : [])]
  const kept: Record<string, string> = {}
  for (const name of names) {
    const value = environment[name]
    if (value !== undefined) kept[name] = value
  }
  const heapMegabytes = Math.floor((memoryLimitBytes / mebibyte) * heapShare)
  return { environment: kept, execArgv: [`--max-old-space-size=${heapMegabytes}`] }
}
