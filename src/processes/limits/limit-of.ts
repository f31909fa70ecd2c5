import type { ProcessKind } from '../../../contracts/processes.ts'
import type { MemoryLimits, Settings } from '../../../contracts/storage.ts'
import type { KnownProcess } from '../book/known-process.ts'

/** What is set about memory. */
export type LimitSettings = Pick<Settings, 'memoryLimitsMegabytes' | 'siteMemoryLimits'>

const bytesPerMegabyte = 2 ** 20

/**
 * How much a process may hold, in bytes; null where nothing is limited: what the engine runs for itself is neither ours to
 * ask nor ours to end. A process that serves several sites may hold what the most generous of them may.
 */
export function limitOf(
  process: Pick<KnownProcess, 'kind' | 'site'>,
  { memoryLimitsMegabytes, siteMemoryLimits }: LimitSettings,
): number | null {
  const key = limitKeys[process.kind]
  if (key === null) return null
  const own = siteMemoryLimits.find(({ site }) => process.kind === 'tab' && site === process.site)
  return (own?.megabytes ?? memoryLimitsMegabytes[key]) * bytesPerMegabyte
}

const limitKeys: Readonly<Record<ProcessKind, keyof MemoryLimits | null>> = {
  controller: 'controller',
  tab: 'tab',
  ai: 'ai',
  gpu: 'gpu',
  chrome: 'other',
  storage: 'other',
  network: 'other',
  audio: 'other',
  compositor: 'other',
  engine: null,
}
