import { X } from 'lucide-react'
import type { Settings } from '../../contracts/storage.ts'
import { SwitchRow } from './switch-row.tsx'

/** Whether advertisements and trackers are blocked, and on which sites they are not. */
export function BlockingSettings(props: {
  settings: Pick<Settings, 'blocksTrackers' | 'unblockedSites'>
  onSave(change: Partial<Settings>): void
}) {
  const { blocksTrackers, unblockedSites } = props.settings
  return (
    <>
      <SwitchRow
        name="Block advertisements and trackers"
        effect="By EasyList and EasyPrivacy, on this device. The shield beside the address says how many."
        isOn={blocksTrackers}
        onChange={wanted => props.onSave({ blocksTrackers: wanted })}
      />
      {unblockedSites.length > 0 && (
        <div className="nx-setting nx-setting--stacked">
          <div>
            <div className="med">Sites where nothing is blocked</div>
            <p>You switched the shield off there.</p>
          </div>
          <ul className="nx-tags" aria-label="Sites where nothing is blocked">
            {unblockedSites.map(site => (
              <li className="nx-tag" key={site}>
                {site}
                <button
                  type="button"
                  className="nx-ib nx-ib--s"
                  aria-label={`Block on ${site} again`}
                  title="Block there again"
                  onClick={() =>
                    props.onSave({ unblockedSites: unblockedSites.filter(other => other !== site) })
                  }
                >
                  <X className="i i-s" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
