import type { Settings } from '../../contracts/storage.ts'
import { MemoryLimitsSettings } from './memory-limits-settings.tsx'
import { SwitchRow } from './switch-row.tsx'

/** What processes may use, which of them rest, and which wait. */
export function ProcessesSettings(props: { settings: Settings; onSave(change: Partial<Settings>): void }) {
  const { settings, onSave } = props
  return (
    <>
      <SwitchRow
        name="Keep a page ready for the next tab"
        effect="Tabs open without waiting for a process. Takes some memory, none while memory is scarce; private tabs never use it."
        isOn={settings.warmsTabs}
        onChange={warmsTabs => onSave({ warmsTabs })}
      />
      <MemoryLimitsSettings {...props} />
    </>
  )
}
