import { Cookie, Globe, LockKeyhole } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { ConnectionDetails, TabSite } from '../../contracts/sites.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import { CertificateFacts } from './certificate-facts.tsx'
import { PermissionIcon, permissionWords } from './permission-words.tsx'

export interface SiteIdentityProps {
  link: BrowserLink
  tabId: string
  site: TabSite | null
  /** The mark that the button shows. */
  children: ReactNode
  /** Opens the page about what sites keep. */
  onSites(): void
}

/** The mark before the address, as a button: how the page came here, what it may, what it keeps. */
export function SiteIdentity(props: SiteIdentityProps) {
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    // a click into the page goes to another process; all that is seen of it here is that the focus left
    const close = () => setIsOpen(false)
    window.addEventListener('blur', close)
    return () => window.removeEventListener('blur', close)
  }, [])
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button className="nx-identity" id="site-identity">
        {props.children}
        <span className="sr">About this site</span>
      </Button>
      <Popover className="nx-pop" placement="bottom start" offset={8} containerPadding={8}>
        <Dialog className="nx-about" aria-label="About this site">
          <About
            {...props}
            onSites={() => {
              setIsOpen(false)
              props.onSites()
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function About({ link, tabId, site, onSites }: SiteIdentityProps) {
  const element = useRef<HTMLDivElement>(null)
  usePageCover(element, true)
  const [details, setDetails] = useState<ConnectionDetails | null>(null)
  useEffect(() => {
    const given = new AbortController()
    link
      .area('sites')
      .connection({ tabId }, { signal: given.signal })
      .then(setDetails, () => {})
    return () => given.abort()
  }, [link, tabId])
  if (details === null) {
    return (
      <div ref={element}>
        <p className="t2 fs12" role="status">
          Looking
        </p>
      </div>
    )
  }
  return (
    <div ref={element}>
      <h2>{details.host || 'A page of Nexus'}</h2>
      <section aria-label="Connection">
        <h3>
          <LockKeyhole className="i i-s" />
          {connectionWords(details.kind).brief}
        </h3>
        <p>{connectionWords(details.kind).meaning}</p>
        {details.isHsts && <p>The site demanded that it is never shown without proof.</p>}
        {details.certificate !== null && <CertificateFacts certificate={details.certificate} />}
        {details.kind === 'secure' && details.certificate === null && (
          <p className="t3">The engine did not show its certificate.</p>
        )}
      </section>
      {site !== null && site.granted.length > 0 && (
        <section aria-label="Allowed">
          <ul>
            {site.granted.map(permission => (
              <li key={permission}>
                <PermissionIcon permission={permission} />
                {permissionWords(permission).name} allowed to this page
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Cookies">
        <h3>
          <Cookie className="i i-s" />
          {details.cookies === 1 ? '1 cookie' : `${details.cookies} cookies`}
        </h3>
        {site !== null && site.blockedCookies > 0 && (
          <p>
            {site.blockedCookies === 1
              ? 'Once, cookies of another site were kept away from this page.'
              : `${site.blockedCookies} times, cookies of other sites were kept away from this page.`}
          </p>
        )}
      </section>
      <button type="button" className="nx-btn nx-btn--s" onClick={onSites}>
        <Globe className="i i-s" />
        Site data…
      </button>
    </div>
  )
}

function connectionWords(kind: ConnectionDetails['kind']): {
  readonly brief: string
  readonly meaning: string
} {
  switch (kind) {
    case 'secure':
      return {
        brief: 'The connection is private',
        meaning: 'The site proved its name. Nobody on the way can read or change what you see.',
      }
    case 'local':
      return {
        brief: 'On this computer',
        meaning: 'This page comes from this computer; nobody is on the way.',
      }
    case 'notSecure':
      return {
        brief: 'The connection is not private',
        meaning: 'Everyone on the way can read and change this page, and see what you enter.',
      }
    case 'unproven':
      return {
        brief: 'The site did not prove its name',
        meaning: 'You went on all the same. It may not be who you mean; enter no password.',
      }
    case 'internal':
      return { brief: 'Part of Nexus', meaning: 'This page comes from Nexus itself.' }
  }
}
