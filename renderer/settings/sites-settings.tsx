import { X } from 'lucide-react'
import type { Settings } from '../../contracts/storage.ts'
import { SwitchRow } from './switch-row.tsx'

/** How sites are reached, and whose cookies are kept. */
export function SitesSettings(props: { settings: Settings; onSave(change: Partial<Settings>): void }) {
  const { settings, onSave } = props
  const sites = settings.sessionOnlyCookieSites
  return (
    <>
      <SwitchRow
        name="Encryption first"
        effect="Pages are tried with encryption. Nexus asks before it loads one without."
        isOn={settings.securesFirst}
        onChange={securesFirst => onSave({ securesFirst })}
      />
      <SwitchRow
        name="Keep other sites’ cookies away"
        effect="What follows you from site to site gets no cookies. Single sites can be set apart on the page of sites."
        isOn={settings.blocksThirdPartyCookies}
        onChange={blocksThirdPartyCookies => onSave({ blocksThirdPartyCookies })}
      />
      {sites.length > 0 && (
        <div className="nx-setting nx-setting--stacked">
          <div>
            <div className="med">Cookies end with Nexus</div>
            <p>Of these sites no cookie stays when Nexus is closed.</p>
          </div>
          <ul className="nx-tags" aria-label="Sites whose cookies end with Nexus">
            {sites.map(site => (
              <li className="nx-tag" key={site}>
                {site}
                <button
                  type="button"
                  className="nx-ib nx-ib--s"
                  aria-label={`Keep cookies of ${site}`}
                  title="Keep its cookies"
                  onClick={() => onSave({ sessionOnlyCookieSites: sites.filter(other => other !== site) })}
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
