import { useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { NetworkOverview } from '../../contracts/network-for-chrome.ts'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'
import { ConnectionsView } from './connections-view.tsx'
import { NamesView } from './names-view.tsx'
import { sizeText } from './request-words.ts'
import { RequestsView } from './requests-view.tsx'
import { useAsked } from './use-asked.ts'

type View = 'requests' | 'connections' | 'names'

const views: readonly { readonly id: View; readonly title: string }[] = [
  { id: 'requests', title: 'Requests' },
  { id: 'connections', title: 'Connections' },
  { id: 'names', title: 'Names' },
]

/** What all tabs ask the network for: requests with what became of them, open connections, names that were looked up. */
export function NetworkPage(props: CoverPageProps) {
  const { link } = props
  const [view, setView] = useState<View>('requests')
  const { answer: overview } = useAsked(() => link.area('network').overview({}), link)
  return (
    <CoverFrame
      title="Network"
      onClose={props.onClose}
      tools={
        <RadioGroup
          className="nx-seg nx-seg--s"
          aria-label="View"
          orientation="horizontal"
          value={view}
          onChange={value => setView(views.find(({ id }) => id === value)?.id ?? 'requests')}
        >
          {views.map(({ id, title }) => (
            <Radio className="nx-seg__item" value={id} key={id}>
              {title}
            </Radio>
          ))}
        </RadioGroup>
      }
    >
      <div className="nx-network">
        {view === 'requests' && (
          <RequestsView
            link={link}
            tabs={props.tabs}
            tab={props.tab}
            foot={<OverviewWords overview={overview} />}
          />
        )}
        {view === 'connections' && <ConnectionsView link={link} overview={overview} />}
        {view === 'names' && <NamesView link={link} />}
      </div>
    </CoverFrame>
  )
}

/** The network process and its lists in a line. */
function OverviewWords({ overview }: { overview: NetworkOverview | null }) {
  if (overview === null) return null
  const { proxy, filtering, undecided } = overview
  const rules = filtering?.lists.reduce((sum, list) => sum + list.rules, 0) ?? 0
  return (
    <>
      <span className="grow" />
      {undecided > 0 && <span className="num">{undecided} went on undecided</span>}
      {filtering?.state === 'failed' && (
        <span className="nx-network__problem" title={filtering.reason ?? undefined}>
          Nothing is filtered
        </span>
      )}
      {filtering?.state === 'ready' && (
        <span className="num" title={filtering.lists.map(({ name }) => name).join(', ')}>
          {rules.toLocaleString('en')} rules
        </span>
      )}
      {proxy === null ? (
        <span className="nx-network__problem">The network process does not answer</span>
      ) : (
        <span className="num">
          {proxy.open} open, {proxy.idle} idle, {sizeText(proxy.bytesIn)} in, {sizeText(proxy.bytesOut)} out
        </span>
      )}
    </>
  )
}
