import type { DnsEntry } from '../../contracts/network.ts'
import { uptimeText } from '../processes/readings.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { useAsked } from './use-asked.ts'

const sources: Readonly<Record<DnsEntry['source'], string>> = {
  system: 'the system',
  https: 'DNS over HTTPS',
  hostsFile: 'the hosts file',
  mapping: 'a setting',
  local: 'this computer',
}

/** Names that were looked up and are remembered. */
export function NamesView({ link }: { link: BrowserLink }) {
  const network = link.area('network')
  const { answer, again } = useAsked(() => network.dnsCache({}), link)
  const names = answer ?? []
  return (
    <>
      <div className="nx-network__bar">
        <span className="t2 fs12">
          {names.length === 1 ? '1 name is remembered' : `${names.length} names are remembered`}
        </span>
        <span className="grow" />
        <button
          type="button"
          className="nx-btn nx-btn--s"
          disabled={names.length === 0}
          onClick={() => void network.flushDns({}).then(again, () => {})}
        >
          Forget all names
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className="nx-network__scroll" tabIndex={0} aria-label="Remembered names">
        {names.length === 0 ? (
          <p className="nx-network__empty">No name was looked up yet.</p>
        ) : (
          <table className="nx-network__table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Addresses</th>
                <th scope="col">From</th>
                <th scope="col" className="r">
                  Valid for
                </th>
              </tr>
            </thead>
            <tbody>
              {names.map(one => (
                <tr key={one.name}>
                  <th scope="row">{one.name}</th>
                  <td className="num">
                    {one.addresses.length === 0 ? 'does not exist' : one.addresses.join(', ')}
                  </td>
                  <td>{sources[one.source]}</td>
                  <td className="r num">{uptimeText(Math.max(0, one.expiresAt - Date.now()))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  )
}
