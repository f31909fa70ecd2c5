import { X } from 'lucide-react'
import { Switch } from 'react-aria-components'
import type { Settings } from '../../contracts/storage.ts'

/** How sites are reached, and whose cookies are kept. */
export function SitesSettings(props: { settings: Settings; onSave(change: Partial<Settings>): void }) {
  const { settings, onSave } = props
  const sites = settings.sessionOnlyCookieSites
  return (
    <>
      <Row
        name="Encryption first"
        effect="Pages are tried with encryption. Nexus asks before it loads one without."
        isOn={settings.securesFirst}
        onChange={securesFirst => onSave({ securesFirst })}
      />
      <Row
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

function Row(props: { name: string; effect: string; isOn: boolean; onChange(isOn: boolean): void }) {
  return (
    <div className="nx-setting">
      <div className="grow">
        <div className="med">{props.name}</div>
        <p>{props.effect}</p>
      </div>
      <Switch className="nx-switch" aria-label={props.name} isSelected={props.isOn} onChange={props.onChange}>
        <span className="nx-switch__track" />
      </Switch>
    </div>
  )
}
