import { useCallback, useEffect, useMemo, useState } from 'react'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { DumpMenu } from './dump-menu.tsx'
import { HoldButton } from './hold-button.tsx'
import { Inspector, inspectorId } from './inspector.tsx'
import { PageTotals } from './page-totals.tsx'
import type { TreeItem } from './process-tree.ts'
import { ProcessesBody } from './processes-body.tsx'
import { ProcessesProvider, useProcesses } from './processes-context.tsx'
import { ProcessesTools } from './processes-tools.tsx'
import { TimeStrip } from './time-strip.tsx'
import { idsIn, type StripEvent, stripEvents, stripSpanMs, type TimeSpan } from './time-strip-model.ts'
import { useProcessesView } from './use-processes-view.ts'
import { useTimeline } from './use-timeline.ts'
import type { DockView } from './view-switch.tsx'

/** Events are dropped from the strip in steps of this, so that it is not made anew each second. */
const stripStepMs = 10_000
const noEvents: readonly StripEvent[] = []

/** `nexus://processes`: what the dock shows, with the last ten minutes above it and all about one process beside it. */
export function ProcessesPage(props: CoverPageProps) {
  const contents = useProcesses()
  const { activeTabId } = contents
  const { onClose } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: closing is the same whenever it is done
  const withPage = useMemo(
    () => ({
      ...contents,
      hands: {
        ...contents.hands,
        showTab: (tabId: string) => {
          // the tab that lies below this page is shown by going away
          if (tabId === activeTabId) onClose()
          else contents.hands.showTab(tabId)
        },
      },
    }),
    [contents, activeTabId],
  )
  return (
    <ProcessesProvider value={withPage}>
      <Page {...props} />
    </ProcessesProvider>
  )
}

function Page(props: CoverPageProps) {
  const { link } = useProcesses()
  const [view, setView] = useState<DockView>('tree')
  const [selectedId, setSelectedId] = useState<string | null>(null)
  /** Where there is no room for the inspector beside the table, it is asked for. */
  const [isAsked, setIsAsked] = useState(false)
  const [span, setSpan] = useState<TimeSpan | null>(null)
  const state = useProcessesView()
  const { tree } = state.known
  const timeline = useTimeline(link)
  const now = tree?.sampledAt ?? 0
  const fromMs = Math.floor((now - stripSpanMs) / stripStepMs) * stripStepMs
  const events = useMemo(() => stripEvents(timeline, fromMs), [timeline, fromMs])
  const onlyIds = useMemo(() => (span === null ? null : idsIn(events, span)), [events, span])
  const row = tree?.rows.find(one => one.id === selectedId) ?? null

  const inspect = useCallback((_item: TreeItem) => setIsAsked(true), [])
  const leave = useCallback(() => {
    setIsAsked(false)
    document.querySelector<HTMLElement>('#cover-page [role=row][aria-selected=true]')?.focus()
  }, [])
  const choose = (processId: string) => {
    setSelectedId(processId)
    document.querySelector<HTMLElement>(`#cover-page [data-row="${CSS.escape(processId)}"]`)?.focus()
  }
  useEffect(() => {
    if (isAsked) document.querySelector<HTMLElement>(`#${inspectorId} h2`)?.focus()
  }, [isAsked])

  return (
    <CoverFrame title="Processes" isWide onClose={props.onClose} tools={<PageTotals known={state.known} />}>
      <div className="nx-procpage">
        <TimeStrip
          // placed by the clock of the samples: nothing is placed before there is one
          key={tree === null ? 'waiting' : 'placed'}
          events={tree === null ? noEvents : events}
          now={now}
          span={span}
          onSpan={setSpan}
          onChoose={event => choose(event.processId)}
        />
        <div className="nx-procpage__tools">
          <ProcessesTools view={view} state={state} isSmall={false} onView={setView} />
          {span !== null && (
            <button type="button" className="nx-chip" aria-pressed onClick={() => setSpan(null)}>
              {onlyIds?.size === 1 ? '1 process' : `${onlyIds?.size ?? 0} processes`} in this time
            </button>
          )}
          <span className="grow" />
          <HoldButton heldAt={state.heldAt} onToggle={state.toggleHold} />
          {view !== 'messages' && <ColumnMenu />}
          <DumpMenu shown={state.shown} />
        </div>
        <div className="nx-procpage__main" data-asked={isAsked}>
          <div className="nx-dock__body" data-view={view} data-held={state.heldAt !== null}>
            <ProcessesBody
              view={view}
              state={state}
              onlyIds={onlyIds}
              onSelect={setSelectedId}
              onEnter={inspect}
              takesFocus={false}
            />
          </div>
          {row !== null && view !== 'messages' && (
            <Inspector row={row} known={state.known} who={state.who} timeline={timeline} onLeave={leave} />
          )}
        </div>
      </div>
    </CoverFrame>
  )
}
