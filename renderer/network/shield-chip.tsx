import { Shield, ShieldCheck, ShieldOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover, Switch } from 'react-aria-components'
import type { TabState } from '../../contracts/browser.ts'
import type { TabBlocking } from '../../contracts/network-for-chrome.ts'
import type { Settings } from '../../contracts/storage.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import { useBlockedCounts } from './use-blocked-counts.ts'

export interface ShieldChipProps {
  link: BrowserLink
  tab: TabState | null
  settings: Pick<Settings, 'blocksTrackers' | 'unblockedSites'>
  /** Opens the network page. */
  onNetwork(): void
}

const mostHosts = 6

/** How much was blocked on the page in view, and the switch for its site. */
export function ShieldChip(props: ShieldChipProps) {
  const { tab, settings } = props
  const counts = useBlockedCounts(props.link)
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    // a click into the page goes to another process; all that is seen of it here is that the focus left
    const close = () => setIsOpen(false)
    window.addEventListener('blur', close)
    return () => window.removeEventListener('blur', close)
  }, [])
  if (tab === null || tab.site === null || tab.content.kind === 'newTab') return null
  const isOn = settings.blocksTrackers && !settings.unblockedSites.includes(tab.site)
  const count = counts.get(tab.id) ?? 0
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button
        className="nx-chip nx-shield"
        id="open-shield"
        data-off={!isOn || undefined}
        aria-label={isOn ? `${count} blocked on this page` : 'Nothing is blocked on this site'}
      >
        {isOn ? (
          count > 0 ? (
            <ShieldCheck className="i i-s" />
          ) : (
            <Shield className="i i-s" />
          )
        ) : (
          <ShieldOff className="i i-s" />
        )}
        {isOn && count > 0 && <span className="num">{count > 999 ? '999+' : count}</span>}
      </Button>
      <Popover className="nx-pop" placement="bottom end" offset={6} containerPadding={8}>
        <Dialog className="nx-shieldpop" aria-label="Blocking">
          <Contents
            {...props}
            tab={tab}
            count={count}
            isOn={isOn}
            onNetwork={() => {
              setIsOpen(false)
              props.onNetwork()
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Contents(props: ShieldChipProps & { tab: TabState; count: number; isOn: boolean }) {
  const { link, tab, count, isOn, settings } = props
  const element = useRef<HTMLDivElement>(null)
  usePageCover(element, true)
  const [blocking, setBlocking] = useState<TabBlocking | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count is another list
  useEffect(() => {
    let isWanted = true
    link
      .area('network')
      .blocking({ tabId: tab.id })
      .then(
        found => {
          if (isWanted) setBlocking(found)
        },
        () => {},
      )
    return () => {
      isWanted = false
    }
  }, [link, tab.id, count])
  const hosts = blocking?.hosts ?? []
  return (
    <div ref={element}>
      <h2>
        {isOn
          ? count === 0
            ? 'Nothing was blocked here'
            : `${count} blocked on this page`
          : 'Nothing is blocked here'}
      </h2>
      {hosts.length > 0 && isOn && (
        <ul aria-label="What was blocked">
          {hosts.slice(0, mostHosts).map(({ host, list, count: times }) => (
            <li key={host}>
              <span className="ell grow">{host}</span>
              <span className="t3 fs11">{list}</span>
              <span className="num t2">{times}</span>
            </li>
          ))}
          {hosts.length > mostHosts && <li className="t3">and {hosts.length - mostHosts} more hosts</li>}
        </ul>
      )}
      <div className="nx-setting">
        <div className="grow">
          <div className="med">Block on {tab.site}</div>
          <p>
            {settings.blocksTrackers
              ? 'Advertisements and trackers, by EasyList and EasyPrivacy. The page is loaded again.'
              : 'Blocking is off for all sites in the settings.'}
          </p>
        </div>
        <Switch
          className="nx-switch"
          aria-label={`Block on ${tab.site}`}
          isSelected={isOn}
          isDisabled={!settings.blocksTrackers}
          onChange={wanted =>
            void link
              .area('network')
              .setSiteBlocking({ tabId: tab.id, isOn: wanted })
              .catch(() => {})
          }
        >
          <span className="nx-switch__track" />
        </Switch>
      </div>
      <button type="button" className="nx-btn nx-btn--quiet nx-btn--s" onClick={props.onNetwork}>
        All requests
      </button>
    </div>
  )
}
