import type { Settings } from '../../contracts/storage.ts'
import { MemoryLimitsSettings } from './memory-limits-settings.tsx'

/** What processes may use, and which of them rest. */
export function ProcessesSettings(props: { settings: Settings; onSave(change: Partial<Settings>): void }) {
  return <MemoryLimitsSettings {...props} />
}
