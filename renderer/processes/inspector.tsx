import { ExternalLink, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { LifecycleEntry, ProcessRow } from '../../contracts/processes.ts'
import { Gauge } from './gauge.tsx'
import { InspectorLife } from './inspector-life.tsx'
import { InspectorPeers } from './inspector-peers.tsx'
import { kindWord, priorityWord } from './kind-words.ts'
import { dataText } from './messages/message-readings.ts'
import type { WhoIs } from './messages/talkers.ts'
import { ProcessIcon } from './process-icon.tsx'
import { ActionIcon } from './process-menu.tsx'
import type { WatchedProcesses } from './process-watch.ts'
import { useProcesses } from './processes-context.tsx'
import { cpuText, memoryText, memoryWords, uptimeText } from './readings.ts'
import { actionTitle, processActions } from './row-actions.ts'
import { enforcerWords, sandboxWords } from './sandbox-words.ts'
import { Sparkline, sparkPath } from './sparkline.tsx'
import { StatePill } from './state-pill.tsx'
import { useProcessDetails } from './use-process-details.ts'

export interface InspectorProps {
  row: ProcessRow
  known: WatchedProcesses
  who: WhoIs
  timeline: readonly LifecycleEntry[]
  /** Back to the row in the table. */
  onLeave(): void
}

export const inspectorId = 'process-inspector'
const spark = { widthPx: 262, heightPx: 36 }

/** All that is known of one process, and what can be done with it. Esc leads back to its row. */
export function Inspector(props: InspectorProps) {
  const { row, known } = props
  const details = useProcessDetails(row.id, row.pid)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    props.onLeave()
  }
  return (
    <section className="nx-inspector" id={inspectorId} aria-label={`About ${row.name}`} onKeyDown={onKeyDown}>
      <header className="nx-inspector__head">
        <div className="nx-inspector__title">
          <ProcessIcon kind={row.kind} />
          <h2 tabIndex={-1} className="ell grow">
            {row.name}
          </h2>
          <StatePill state={row.state} isBoxed />
          <button
            type="button"
            className="nx-ib nx-ib--s nx-inspector__close"
            aria-label="Close details"
            onClick={props.onLeave}
          >
            <X className="i" />
          </button>
        </div>
        <p className="t3 ell">{aboutWords(row)}</p>
      </header>
      {/* biome-ignore lint/a11y/useSemanticElements: there is nothing to fill in */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
      <div className="nx-inspector__body" role="group" aria-label="Readings" tabIndex={0}>
        <div className="nx-inspector__part">
          <Reading name="CPU" value={`${cpuText(row.cpuPercent)} %`} />
          <Sparkline
            path={sparkPath(known.history.get(row.id) ?? [], spark)}
            size={spark}
            tone={(row.cpuPercent ?? 0) > 80 ? 'warn' : undefined}
          />
          <Reading name="Memory" value={memoryOf(row)} />
          {row.memoryLimitBytes !== null && (
            <Gauge
              share={(row.memoryBytes ?? 0) / row.memoryLimitBytes}
              label={`Memory of ${row.name}`}
              valueText={memoryWords(row.memoryBytes, row.memoryLimitBytes)}
            />
          )}
          {row.networkBytesPerSecond !== null && (
            <Reading name="Network" value={`${dataText(row.networkBytesPerSecond)}/s`} />
          )}
        </div>
        <InspectorPeers row={row} pairs={known.traffic?.pairs ?? []} who={props.who} />
        <InspectorLife row={row} timeline={props.timeline} launch={details?.launch ?? []} />
        <dl className="nx-inspector__part nx-kv">
          <Fact name="PID, priority">
            <span className="num">{row.pid ?? 'not running'}</span>
            {row.priority !== null && `, ${priorityWord(row.priority)}`}
          </Fact>
          <Fact name="Uptime">
            <span className="num">{uptimeText(row.uptimeMs)}</span>
            {row.restarts > 0 && `, ${row.restarts === 1 ? '1 restart' : `${row.restarts} restarts`}`}
          </Fact>
          {details !== null && (
            <Fact name="Sandbox">
              {sandboxWords(details.sandbox)}
              <span className="t3">, {enforcerWords(details.sandbox)}</span>
            </Fact>
          )}
        </dl>
      </div>
      <InspectorButtons row={row} />
    </section>
  )
}

function aboutWords(row: ProcessRow): string {
  const tabs = row.tabIds.length
  const parts = [
    row.kind === 'tab' ? 'Site process' : kindWord(row.kind),
    row.kind !== 'tab' || tabs === 0 ? '' : tabs === 1 ? '1 tab' : `${tabs} tabs`,
    row.detail,
  ]
  return parts.filter(Boolean).join(' · ')
}

function memoryOf(row: ProcessRow): string {
  const used = memoryText(row.memoryBytes)
  return row.memoryLimitBytes === null ? used : `${used} of ${memoryText(row.memoryLimitBytes)}`
}

function Reading(props: { name: string; value: string }) {
  return (
    <p className="nx-inspector__reading">
      <span className="t2">{props.name}</span>
      <span className="num">{props.value}</span>
    </p>
  )
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  )
}

function InspectorButtons({ row }: { row: ProcessRow }) {
  const { hands } = useProcesses()
  const [tabId] = row.tabIds
  const offered = processActions.filter(action => row.actions.includes(action))
  if (offered.length === 0 && tabId === undefined) return null
  return (
    <div className="nx-inspector__buttons">
      {tabId !== undefined && (
        <button type="button" className="nx-btn" onClick={() => hands.showTab(tabId)}>
          <ExternalLink className="i" />
          Show tab
        </button>
      )}
      {offered.map(action => (
        <button
          type="button"
          key={action}
          className={action === 'end' || action === 'forceEnd' ? 'nx-btn nx-btn--danger' : 'nx-btn'}
          onClick={() => hands.act(row, action)}
        >
          <ActionIcon action={action} />
          {actionTitle(action, row)}
        </button>
      ))}
    </div>
  )
}
