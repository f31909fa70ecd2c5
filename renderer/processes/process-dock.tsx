import { X } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { MessageAlert, MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessRow } from '../../contracts/processes.ts'
import { MessageTotals, TreeTotals } from './dock-totals.tsx'
import { FilterChips } from './filter-chips.tsx'
import { FilterField } from './filter-field.tsx'
import { messageChips, treeChips } from './filters.ts'
import { HoldButton } from './hold-button.tsx'
import { type MessageFilter, MessageView } from './messages/message-view.tsx'
import { whoIs } from './messages/talkers.ts'
import type { ProcessFilter } from './process-tree.ts'
import { type ProcessWatch, useWatched } from './process-watch.ts'
import { TreeView } from './tree-view.tsx'
import { type DockView, ViewSwitch } from './view-switch.tsx'
import { Waiting } from './waiting.tsx'

export interface ProcessDockProps {
  watch: ProcessWatch
  view: DockView
  activeTabId: string | null
  onView(view: DockView): void
  onEnd(processId: string): void
  onShowTab(tabId: string): void
  onClose(): void
}

const noRows: readonly ProcessRow[] = []
const noAlerts: readonly MessageAlert[] = []

/** Every process, live, with what it costs and whom it serves; and what they say to each other. */
export function ProcessDock(props: ProcessDockProps) {
  const { view } = props
  const known = useWatched(props.watch, all => all)
  const { tree } = known
  const [filter, setFilter] = useState<ProcessFilter>('all')
  const [messageFilter, setMessageFilter] = useState<MessageFilter>('all')
  const [words, setWords] = useState('')
  const [held, setHeld] = useState<MessageTraffic | null>(null)
  const filterField = useRef<HTMLInputElement>(null)
  const hasTakenFocus = useRef(false)

  const rows = tree?.rows ?? noRows
  const traffic = held ?? known.traffic
  const alerts = known.traffic?.alerts ?? noAlerts
  const who = useMemo(() => whoIs(rows), [rows])
  const onShowAll = () => {
    setMessageFilter('all')
    setWords('')
  }
  const takeFocus = () => {
    const isFirst = !hasTakenFocus.current
    hasTakenFocus.current = true
    return isFirst
  }
  const onFilter = () => filterField.current?.focus()

  return (
    <>
      <header className="nx-dock__head">
        <h2 className="nx-panel__title">Processes</h2>
        <ViewSwitch view={view} alerts={alerts} onChange={props.onView} />
        {view === 'tree' ? (
          <FilterChips chips={treeChips(rows)} chosen={filter} onChoose={next => setFilter(next)} />
        ) : (
          traffic !== null && (
            <FilterChips
              chips={messageChips(traffic)}
              chosen={messageFilter}
              onChoose={next => setMessageFilter(next)}
            />
          )
        )}
        <FilterField
          inputRef={filterField}
          label={view === 'tree' ? 'Filter by name, state or pid' : 'Filter by process or method'}
          words={words}
          onChange={setWords}
        />
        <span className="grow" />
        {view === 'tree' && tree !== null && <TreeTotals tree={tree} />}
        {view === 'messages' && traffic !== null && (
          <>
            <MessageTotals traffic={traffic} />
            <HoldButton
              heldAt={held?.sampledAt ?? null}
              onToggle={() => setHeld(held === null ? known.traffic : null)}
            />
          </>
        )}
        <button
          type="button"
          className="nx-ib nx-ib--s"
          aria-label="Close processes"
          title="Close (Shift+Esc)"
          onClick={props.onClose}
        >
          <X className="i" />
        </button>
      </header>
      <div className="nx-dock__body" data-view={view} data-held={held !== null}>
        {view === 'tree' ? (
          <TreeView
            tree={tree}
            history={known.history}
            traffic={known.traffic}
            who={who}
            filter={filter}
            words={words}
            activeTabId={props.activeTabId}
            onEnd={props.onEnd}
            onShowTab={props.onShowTab}
            takeFocus={takeFocus}
            onFilter={onFilter}
          />
        ) : traffic === null ? (
          <Waiting lateWords="The computer is busy, or Nexus core cannot hear its processes." />
        ) : (
          <MessageView
            rows={rows}
            traffic={traffic}
            who={who}
            filter={messageFilter}
            words={words}
            onShowAll={onShowAll}
            takeFocus={takeFocus}
            onFilter={onFilter}
          />
        )}
      </div>
    </>
  )
}
