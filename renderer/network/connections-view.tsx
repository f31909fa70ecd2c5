import type { NetworkOverview } from '../../contracts/network-for-chrome.ts'
import { unknown, uptimeText } from '../processes/readings.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { sizeText } from './request-words.ts'
import { useAsked } from './use-asked.ts'

const kinds = { request: 'request', tunnel: 'tunnel', upgrade: 'socket' } as const

/** What is under way between this machine and servers, and what went over the wire since the process started. */
export function ConnectionsView(props: { link: BrowserLink; overview: NetworkOverview | null }) {
  const { link, overview } = props
  const { answer } = useAsked(() => link.area('network').connections({}), link)
  const proxy = overview?.proxy ?? null
  const connections = answer ?? []
  return (
    <>
      {proxy !== null && (
        <dl className="nx-network__stats">
          <Stat name="Pages' connections" value={`${proxy.clients}`} />
          <Stat name="Open" value={`${proxy.open}`} />
          <Stat name="Kept for later" value={`${proxy.idle}`} />
          <Stat name="Requests" value={proxy.requests.toLocaleString('en')} />
          <Stat name="Tunnels" value={proxy.tunnels.toLocaleString('en')} />
          <Stat name="In" value={sizeText(proxy.bytesIn)} />
          <Stat name="Out" value={sizeText(proxy.bytesOut)} />
          <Stat name="Refused" value={`${proxy.refusedLogins + proxy.refusedRequests}`} />
        </dl>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className="nx-network__scroll" tabIndex={0} aria-label="Open connections">
        {connections.length === 0 ? (
          <p className="nx-network__empty">Nothing is under way.</p>
        ) : (
          <table className="nx-network__table">
            <thead>
              <tr>
                <th scope="col">Server</th>
                <th scope="col">Address</th>
                <th scope="col">Kind</th>
                <th scope="col" className="r">
                  In
                </th>
                <th scope="col" className="r">
                  Out
                </th>
                <th scope="col" className="r">
                  For
                </th>
              </tr>
            </thead>
            <tbody>
              {connections.map(one => (
                <tr key={one.id}>
                  <th scope="row">
                    {one.host}:{one.port}
                  </th>
                  <td className="num">{one.address ?? unknown}</td>
                  <td>{one.kind === 'request' ? one.method : kinds[one.kind]}</td>
                  <td className="r num">{sizeText(one.bytesIn)}</td>
                  <td className="r num">{sizeText(one.bytesOut)}</td>
                  <td className="r num">{uptimeText(Math.max(0, Date.now() - one.startedAt))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  )
}

function Stat(props: { name: string; value: string }) {
  return (
    <div className="nx-stat">
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  )
}
