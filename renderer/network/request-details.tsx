import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { LoggedHeader, LoggedRequest, RequestDetails } from '../../contracts/request-log.ts'
import { unknown } from '../processes/readings.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { filteringWords, kindText, sizeText, spanText, statusText } from './request-words.ts'

/** All that is known of one request: how it went, by which rule, its headers. */
export function RequestDetailsView(props: {
  link: BrowserLink
  row: LoggedRequest
  tabTitle: string
  onClose(): void
}) {
  const { link, row } = props
  const [details, setDetails] = useState<RequestDetails | null>(null)
  const { id, state, status } = row
  // biome-ignore lint/correctness/useExhaustiveDependencies: with its state its headers change
  useEffect(() => {
    let isWanted = true
    link
      .area('network')
      .requestDetails({ id })
      .then(
        found => {
          if (isWanted) setDetails(found)
        },
        () => {},
      )
    return () => {
      isWanted = false
    }
  }, [link, id, state, status])
  const known = details?.request.id === id ? details : null
  const why = filteringWords(row.filtering)
  return (
    <aside className="nx-reqdetails" aria-label="Request">
      <header>
        <h2 className="nx-h2">Request</h2>
        <span className="grow" />
        <button type="button" className="nx-ib nx-ib--s" aria-label="Close details" onClick={props.onClose}>
          <X className="i" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className="nx-reqdetails__body" tabIndex={0} aria-label="What is known">
        <p className="nx-reqdetails__url">{row.url}</p>
        {why !== null && (
          <section aria-label="Filtering">
            <h3>Filtering</h3>
            <p>{why}.</p>
            {row.filtering !== null && row.filtering.kind !== 'late' && (
              <p className="nx-reqdetails__rule">{row.filtering.rule}</p>
            )}
          </section>
        )}
        <section aria-label="Summary">
          <h3>Summary</h3>
          <dl className="nx-kv">
            <Fact name="Method" value={row.method} />
            <Fact name="Status" value={known?.statusLine ?? statusText(row)} />
            {row.error !== null && <Fact name="Error" value={row.error} />}
            <Fact
              name="Type"
              value={`${kindText(row.kind)}${row.mimeType === null ? '' : `, ${row.mimeType}`}`}
            />
            <Fact name="Size" value={`${sizeText(row.bytes)}${row.isFromCache ? ', from the cache' : ''}`} />
            <Fact name="Tab" value={props.tabTitle} />
            <Fact name="Asked by" value={row.initiator ?? unknown} />
            {row.redirectedTo !== null && <Fact name="Leads to" value={row.redirectedTo} />}
            {known !== null && known.remoteAddresses.length > 0 && (
              <Fact name="Addresses" value={known.remoteAddresses.join(', ')} />
            )}
            <Fact name="Made at" value={new Date(row.startedAt).toLocaleTimeString()} />
          </dl>
        </section>
        <section aria-label="Timing">
          <h3>Timing</h3>
          <dl className="nx-kv">
            <Fact name="Decided" value={spanText(row.decidedMs)} />
            <Fact name="First byte" value={spanText(row.firstByteMs)} />
            <Fact name="In all" value={spanText(row.totalMs)} />
          </dl>
        </section>
        <Headers title="Answer" headers={known?.responseHeaders ?? []} />
        <Headers title="Question" headers={known?.requestHeaders ?? []} />
      </section>
    </aside>
  )
}

function Fact(props: { name: string; value: string }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  )
}

function Headers(props: { title: string; headers: readonly LoggedHeader[] }) {
  if (props.headers.length === 0) return null
  return (
    <section aria-label={`Headers of the ${props.title.toLowerCase()}`}>
      <h3>{props.title} headers</h3>
      <dl className="nx-kv nx-kv--wide">
        {props.headers.map(({ name, value }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and the list does not change
          <Fact key={position} name={name} value={value} />
        ))}
      </dl>
    </section>
  )
}
