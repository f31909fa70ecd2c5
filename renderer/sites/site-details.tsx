import { Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { SiteCookie, SiteDataKind, SitePermission } from '../../contracts/sites.ts'
import type { SiteChoices } from '../../contracts/storage-sites.ts'
import { sizeText } from '../downloads/download-words.ts'
import { dataKinds, kindWords } from './data-words.ts'
import { PermissionIcon, permissionOrder, permissionWords } from './permission-words.tsx'
import type { SiteRowProps } from './site-row.tsx'

/** Everything about one site: its cookies, its permissions, what was chosen for it, and clearing. */
export function SiteDetails({ use, link, onDone }: SiteRowProps) {
  const { site } = use
  const [cookies, setCookies] = useState<readonly SiteCookie[]>([])
  const [failure, setFailure] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: other cookies are a reason to look again
  useEffect(() => {
    const given = new AbortController()
    link
      .area('sites')
      .cookies({ site }, { signal: given.signal })
      .then(setCookies, () => {})
    return () => given.abort()
  }, [link, site, use.cookies, use.cookieBytes])
  const act = (words: string, work: () => Promise<unknown>) => {
    setFailure('')
    work().then(
      () => onDone(words),
      (error: unknown) => setFailure(error instanceof Error ? error.message : 'Nobody answers.'),
    )
  }
  const sites = link.area('sites')
  const clear = (kinds: SiteDataKind[], words: string) =>
    act(`${words} of ${site} cleared.`, () => sites.clearSite({ site, kinds }))
  return (
    <div className="nx-site__more">
      {failure !== '' && <p role="alert">Nothing was changed. {failure}</p>}
      <section aria-label={`Permissions of ${site}`}>
        <h2>Permissions</h2>
        <ul className="nx-site__permissions">
          {permissionOrder.map(permission => (
            <li key={permission}>
              <PermissionIcon permission={permission} />
              <label>
                <span>{permissionWords(permission).name}</span>
                <select
                  className="nx-select"
                  value={settingOf(use.permissions, permission)}
                  onChange={event => {
                    const isAllowed = allowedOf(event.currentTarget.value)
                    act(`${permissionWords(permission).name} of ${site} changed.`, () =>
                      sites.setPermission({ site, permission, isAllowed }),
                    )
                  }}
                >
                  <option value="ask">{permission === 'fullscreen' ? 'Allowed' : 'Ask'}</option>
                  {permission !== 'fullscreen' && <option value="allow">Always</option>}
                  <option value="never">Never</option>
                </select>
              </label>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={`Cookies of ${site}`}>
        <h2>Cookies</h2>
        <label className="nx-site__choice">
          <span>What it may keep</span>
          <select
            className="nx-select"
            value={use.choices.cookies ?? 'unset'}
            onChange={event => {
              const choice = cookieChoiceOf(event.currentTarget.value)
              act(`Cookies of ${site} changed.`, () => sites.choose({ site, changes: { cookies: choice } }))
            }}
          >
            <option value="unset">As set for all sites</option>
            <option value="sessionOnly">Until Nexus is closed</option>
            <option value="blockThirdParty">Its own, nobody else’s</option>
            <option value="allowAll">Its own, and other sites’ on its pages</option>
            <option value="blockAll">None</option>
          </select>
        </label>
        {cookies.length > 0 && (
          <ul className="nx-site__cookies">
            {cookies.map(cookie => (
              <li key={`${cookie.domain} ${cookie.path} ${cookie.name}`}>
                <span className="nx-mono ell">{cookie.name || '(no name)'}</span>
                <span className="t3 ell">
                  {cookie.domain}
                  {cookie.path}
                </span>
                <span className="t3 num">{sizeText(cookie.bytes)}</span>
                <span className="t3">
                  {cookie.expiresAt === null ? 'until Nexus is closed' : untilWords(cookie.expiresAt)}
                </span>
                <button
                  type="button"
                  className="nx-ib nx-ib--s"
                  aria-label={`Delete the cookie ${cookie.name}`}
                  title="Delete"
                  onClick={() =>
                    act(`The cookie ${cookie.name} was deleted.`, () => sites.deleteCookie(named(cookie)))
                  }
                >
                  <Trash2 className="i i-s" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      {(use.isHsts || use.choices.insecureUntil !== null) && (
        <section aria-label={`Connection of ${site}`}>
          <h2>Connection</h2>
          {use.isHsts && <p>The site demanded that it is reached with encryption and proof only.</p>}
          {use.choices.insecureUntil !== null && (
            <p>
              You allowed it to be loaded without encryption.{' '}
              <button
                type="button"
                className="nx-link"
                onClick={() =>
                  act(`${site} is asked about again.`, () =>
                    sites.choose({ site, changes: { insecureUntil: null } }),
                  )
                }
              >
                Ask again
              </button>
            </p>
          )}
        </section>
      )}
      <section aria-label={`Clear data of ${site}`}>
        <h2>Clear</h2>
        <div className="nx-site__clear">
          {dataKinds.map(kind => (
            <button
              type="button"
              className="nx-btn nx-btn--s"
              key={kind}
              onClick={() => clear([kind], kindWords(kind))}
            >
              {kindWords(kind)}
            </button>
          ))}
          <button
            type="button"
            className="nx-btn nx-btn--s nx-btn--danger"
            onClick={() => clear([...dataKinds], 'Everything')}
          >
            Everything
          </button>
        </div>
      </section>
    </div>
  )
}

function settingOf(
  permissions: readonly { readonly permission: SitePermission; readonly isAllowed: boolean }[],
  permission: SitePermission,
): 'ask' | 'allow' | 'never' {
  const said = permissions.find(one => one.permission === permission)
  if (said === undefined) return 'ask'
  return said.isAllowed ? 'allow' : 'never'
}

function allowedOf(value: string): boolean | null {
  return value === 'ask' ? null : value === 'allow'
}

function cookieChoiceOf(value: string): SiteChoices['cookies'] {
  switch (value) {
    case 'sessionOnly':
    case 'blockThirdParty':
    case 'allowAll':
    case 'blockAll':
      return value
    default:
      return null
  }
}

function named({ name, domain, path, isSecure }: SiteCookie) {
  return { name, domain, path, isSecure }
}

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

function untilWords(moment: number): string {
  return `until ${dates.format(moment)}`
}
