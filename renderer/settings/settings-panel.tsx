import { Monitor, Moon, Settings2, Sun, X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { defaultSettings, type Settings } from '../../contracts/storage.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { BlockingSettings } from './blocking-settings.tsx'
import { DownloadsSettings } from './downloads-settings.tsx'
import { MediaSettings } from './media-settings.tsx'
import { NamesSetting } from './names-setting.tsx'
import { PrioritySettings } from './priority-settings.tsx'
import { ProcessesSettings } from './processes-settings.tsx'
import { searchEngines, templateProblem } from './search-engines.ts'
import { SitesSettings } from './sites-settings.tsx'
import { SleepSettings } from './sleep-settings.tsx'
import { SwitchRow } from './switch-row.tsx'
import { TrustedSites } from './trusted-sites.tsx'

export interface SettingsPanelProps {
  link: BrowserLink
  settings: Settings
  onSave(change: Partial<Settings>): void
  onClose(): void
}

const ownEngine = 'own'

/** Changes apply at once; there is nothing to confirm. */
export function SettingsPanel(props: SettingsPanelProps) {
  const { settings, onSave } = props
  return (
    <>
      <header className="nx-panel__head">
        <Settings2 className="i nx-panel__icon" />
        <h2 className="nx-panel__title">Settings</h2>
        <span className="grow" />
        <button
          type="button"
          className="nx-ib"
          aria-label="Close settings"
          title="Close (Esc)"
          onClick={props.onClose}
        >
          <X className="i" />
        </button>
      </header>
      <div className="nx-panel__body">
        <section className="nx-sec">
          <RadioGroup
            className="nx-setting nx-setting--stacked"
            aria-label="Theme"
            value={settings.theme}
            onChange={value => {
              if (value === 'system' || value === 'light' || value === 'dark') onSave({ theme: value })
            }}
          >
            <div>
              <div className="med">Theme</div>
              <p>Light, dark, or as the system has it.</p>
            </div>
            <div className="nx-seg nx-seg--fit">
              <Segment value="system" icon={<Monitor className="i i-s" />}>
                System
              </Segment>
              <Segment value="light" icon={<Sun className="i i-s" />}>
                Light
              </Segment>
              <Segment value="dark" icon={<Moon className="i i-s" />}>
                Dark
              </Segment>
            </div>
          </RadioGroup>
          <SwitchRow
            name="Open the last tabs again"
            effect="When Nexus starts, after closing or after a fault."
            isOn={settings.restoresSession}
            onChange={restoresSession => onSave({ restoresSession })}
          />
          <SwitchRow
            name="Remember what pages say"
            effect="Pages that you look at are read on this device, so that the history finds them by what they are about. The history shows what is stored, and forgets it."
            isOn={settings.remembersPages}
            onChange={remembersPages => onSave({ remembersPages })}
          />
          <BlockingSettings settings={settings} onSave={onSave} />
          <SitesSettings settings={settings} onSave={onSave} />
          <TrustedSites sites={settings.trustedSites} onSave={trustedSites => onSave({ trustedSites })} />
          <DownloadsSettings
            folder={settings.downloadFolder}
            link={props.link}
            onReset={() => onSave({ downloadFolder: null })}
          />
          <SwitchRow
            name="Look behind links and tabs"
            effect="Resting on a link shows what the page behind it says of itself: only within a site, without cookies, and never on private tabs. Resting on a tab shows it in small."
            isOn={settings.showsPreviews}
            onChange={showsPreviews => onSave({ showsPreviews })}
          />
          <MediaSettings settings={settings} onSave={onSave} />
          <SleepSettings settings={settings} onSave={onSave} />
          <ProcessesSettings settings={settings} onSave={onSave} />
          <PrioritySettings link={props.link} settings={settings} onSave={onSave} />
          <NamesSetting resolver={settings.dnsOverHttps} onSave={dnsOverHttps => onSave({ dnsOverHttps })} />
          <SearchSetting
            template={settings.searchTemplate}
            onSave={searchTemplate => onSave({ searchTemplate })}
          />
        </section>
      </div>
      <footer className="nx-panel__foot">Changes apply at once</footer>
    </>
  )
}

function Segment(props: { value: string; icon: ReactNode; children: string }) {
  return (
    <Radio className="nx-seg__item" value={props.value}>
      {props.icon}
      {props.children}
    </Radio>
  )
}

function SearchSetting(props: { template: string; onSave(template: string): void }) {
  const known = searchEngines.find(engine => engine.template === props.template)
  const [isOwn, setIsOwn] = useState(known === undefined)
  return (
    <RadioGroup
      className="nx-setting nx-setting--stacked"
      aria-label="Search with"
      value={isOwn ? ownEngine : props.template}
      onChange={value => {
        setIsOwn(value === ownEngine)
        if (value !== ownEngine) props.onSave(value)
      }}
    >
      <div>
        <div className="med">Search with</div>
        <p>Gets what you type and is not an address.</p>
      </div>
      <div className="nx-radios">
        {searchEngines.map(engine => (
          <Radio className="nx-radio" value={engine.template} key={engine.template}>
            <span className="nx-radio__mark" />
            {engine.name}
            {engine.template === defaultSettings.searchTemplate && (
              <span className="t3 fs11">as installed</span>
            )}
          </Radio>
        ))}
        <Radio className="nx-radio" value={ownEngine}>
          <span className="nx-radio__mark" />
          Another address
        </Radio>
      </div>
      {isOwn && <OwnTemplate key={props.template} template={props.template} onSave={props.onSave} />}
    </RadioGroup>
  )
}

function OwnTemplate(props: { template: string; onSave(template: string): void }) {
  const [text, setText] = useState(props.template)
  const problem = templateProblem(text)
  const noteId = useId()
  const save = () => {
    if (problem === null && text !== props.template) props.onSave(text)
  }
  return (
    <div>
      <div className="nx-field" data-invalid={problem !== null || undefined}>
        <input
          aria-label="Address of the search engine"
          aria-describedby={noteId}
          aria-invalid={problem !== null}
          value={text}
          spellCheck={false}
          onChange={event => setText(event.currentTarget.value)}
          onBlur={save}
          onKeyDown={event => {
            if (event.key === 'Enter') save()
          }}
        />
      </div>
      <p id={noteId} className={problem === null ? undefined : 'nx-setting__error'}>
        {problem ?? '%s stands for the words you search for.'}
      </p>
    </div>
  )
}
