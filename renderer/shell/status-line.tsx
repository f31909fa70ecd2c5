import { WifiOff } from 'lucide-react'
import type { TabState } from '../../contracts/browser.ts'
import type { ProcessRow } from '../../contracts/processes.ts'
import type { HoveredLink } from '../../contracts/reading-for-chrome.ts'
import { stageWords } from '../analysis/stage-words.ts'
import { nextStage } from '../analysis/tape.ts'
import { shortHost } from '../omnibox/address.ts'
import { Gauge } from '../processes/gauge.tsx'
import { type ProcessWatch, rowOfTab, useWatched } from '../processes/process-watch.ts'
import { countText, cpuText, memoryText, memoryWords } from '../processes/readings.ts'
import { HoveredCard } from '../reading/hovered-card.tsx'

/** One line for what goes on in the tab in view, and the readings of its process while something samples. */
export function StatusLine(props: {
  tab: TabState | null
  watch: ProcessWatch
  isOnline: boolean
  /** The link under the pointer, which goes before what the tab does. */
  hovered: HoveredLink | null
}) {
  const { tab } = props
  const process = useWatched(props.watch, known => rowOfTab(known, tab?.id ?? null))
  return (
    <div className="nx-status">
      {props.hovered === null ? (
        <span className="nx-status__message ell" role="status">
          {tab === null ? 'No tab is open' : statusMessage(tab)}
        </span>
      ) : (
        <HoveredCard hovered={props.hovered} />
      )}
      <span className="nx-status__r">
        {!props.isOnline && (
          <span className="nx-read nx-read--offline">
            <WifiOff className="i i-s" />
            Offline
          </span>
        )}
        {process === null ? <RestingReadings tab={tab} /> : <ProcessReadings process={process} />}
      </span>
    </div>
  )
}

function RestingReadings({ tab }: { tab: TabState | null }) {
  if (tab === null) return null
  if (tab.pid === null) {
    return (
      <span className="nx-read">
        <span>{tab.content.kind === 'newTab' ? 'no process of its own' : 'no process'}</span>
      </span>
    )
  }
  return (
    <>
      {tab.site !== null && (
        <>
          <span className="nx-read nx-hide-n">
            <span>{tab.site}</span>
          </span>
          <i className="nx-status__tick nx-hide-n" />
        </>
      )}
      <span className="nx-read">
        <span>pid</span>
        {tab.pid}
      </span>
    </>
  )
}

function ProcessReadings({ process }: { process: ProcessRow }) {
  const limit = process.memoryLimitBytes
  return (
    <>
      <span className="nx-read nx-hide-n">
        <span>{process.name}</span>
      </span>
      {process.pid !== null && (
        <span className="nx-read">
          <span>pid</span>
          {process.pid}
        </span>
      )}
      <i className="nx-status__tick" />
      <span className="nx-read">
        <span>CPU</span>
        {cpuText(process.cpuPercent)} %
      </span>
      <i className="nx-status__tick" />
      <span className="nx-read">
        <span>mem</span>
        {memoryText(process.memoryBytes)}
        {limit !== null && (
          <>
            <span>/ {memoryText(limit)}</span>
            <Gauge
              share={(process.memoryBytes ?? 0) / limit}
              label="Memory of this page"
              valueText={memoryWords(process.memoryBytes, limit)}
            />
          </>
        )}
      </span>
      <i className="nx-status__tick" />
      <span className="nx-read">
        <span>msg</span>
        {countText(process.messagesIn)} / {countText(process.messagesOut)}
      </span>
    </>
  )
}

/** What the tab is doing, in a few words. */
export function statusMessage(tab: TabState): string {
  switch (tab.content.kind) {
    case 'problem':
      return tab.content.problem.kind === 'certificate'
        ? 'Stopped before the page was requested'
        : 'No page loaded'
    case 'gone':
      return 'The process of this page has ended'
    case 'unresponsive':
      return 'The page does not answer'
    case 'newTab':
      return tab.isLoading ? 'Loading' : 'Ready'
    case 'page':
      if (tab.isLoading) return `Loading ${shortHost(tab.url)}`
      if (tab.analysis.kind === 'running') {
        const stage = nextStage(tab.analysis.finished)
        return stage === null ? 'Analysing' : `Analysing: ${stageWords(stage).name.toLowerCase()}`
      }
      return 'Loaded'
  }
}
