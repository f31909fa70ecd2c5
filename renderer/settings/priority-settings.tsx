import { useEffect, useState } from 'react'
import type { SchedulingFacts } from '../../contracts/scheduling-for-chrome.ts'
import type { Settings } from '../../contracts/storage.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { affinityEffect, prioritiesEffect } from './scheduling-words.ts'
import { SwitchRow } from './switch-row.tsx'

/** How processes share the processor. */
export function PrioritySettings(props: {
  link: BrowserLink
  settings: Pick<Settings, 'setsPriorities' | 'setsAffinity'>
  onSave(change: Partial<Settings>): void
}) {
  const { link, settings, onSave } = props
  const facts = useFacts(link)
  return (
    <>
      <SwitchRow
        name="Let what you look at go first"
        effect={prioritiesEffect(facts)}
        isOn={settings.setsPriorities}
        onChange={setsPriorities => onSave({ setsPriorities })}
      />
      <SwitchRow
        name="Cores of their own"
        effect={affinityEffect(facts)}
        isOn={settings.setsAffinity}
        // What is on can always be switched off.
        isDisabled={facts?.affinity.kind !== 'available' && !settings.setsAffinity}
        onChange={setsAffinity => onSave({ setsAffinity })}
      />
    </>
  )
}

/** Null until they are known. */
function useFacts(link: BrowserLink): SchedulingFacts | null {
  const [facts, setFacts] = useState<SchedulingFacts | null>(null)
  useEffect(() => {
    let isWanted = true
    link
      .area('scheduling')
      .facts({})
      .then(
        found => isWanted && setFacts(found),
        () => {},
      )
    return () => {
      isWanted = false
    }
  }, [link])
  return facts
}
