import { useMemo, useRef } from 'react'
import type { ProcessRow } from '../../contracts/processes.ts'
import { MessageView } from './messages/message-view.tsx'
import { alertsByRow, busiestPeers } from './messages/talkers.ts'
import { ProcessGrid } from './process-grid.tsx'
import { filterTree, flatItems, processTree, type TreeItem } from './process-tree.ts'
import { rowOfTab } from './process-watch.ts'
import { useProcesses } from './processes-context.tsx'
import type { ProcessesView } from './use-processes-view.ts'
import type { DockView } from './view-switch.tsx'
import { Waiting } from './waiting.tsx'

export interface ProcessesBodyProps {
  view: DockView
  state: ProcessesView
  /** Only these processes, such as those to which something happened in a span of time; null for all. */
  onlyIds: ReadonlySet<string> | null
  onSelect(rowId: string | null): void
  /** What Enter opens; null shows the tab of the row. */
  onEnter: ((item: TreeItem) => void) | null
  /** Whether the focus goes into the table when there is one. */
  takesFocus: boolean
}

const noRows: readonly ProcessRow[] = []

/** The table, as a tree or flat, or the messages between the processes. */
export function ProcessesBody(props: ProcessesBodyProps) {
  const { view, state } = props
  const { known, who } = state
  const hasTakenFocus = useRef(!props.takesFocus)
  const takeFocus = () => {
    const isFirst = !hasTakenFocus.current
    hasTakenFocus.current = true
    return isFirst
  }
  const onFilter = () => state.filterField.current?.focus()
  if (view !== 'messages') {
    return <ProcessTable {...props} isTree={view === 'tree'} takeFocus={takeFocus} onFilter={onFilter} />
  }
  if (known.traffic === null) {
    return <Waiting lateWords="The computer is busy, or Nexus core cannot hear its processes." />
  }
  return (
    <MessageView
      rows={known.tree?.rows ?? noRows}
      traffic={known.traffic}
      who={who}
      filter={state.messageFilter}
      words={state.words}
      onShowAll={() => {
        state.setMessageFilter('all')
        state.setWords('')
      }}
      takeFocus={takeFocus}
      onFilter={onFilter}
    />
  )
}

/** The processes, each with its alerts and how fast its busiest peer answers. */
function ProcessTable(
  props: ProcessesBodyProps & { isTree: boolean; takeFocus(): boolean; onFilter(): void },
) {
  const { activeTabId } = useProcesses()
  const { isTree, onlyIds } = props
  const { known, who, filter, words } = props.state
  const { tree, traffic } = known
  const peers = useMemo(() => busiestPeers(traffic?.pairs ?? [], who), [traffic, who])
  const alerts = useMemo(() => alertsByRow(traffic?.alerts ?? [], who), [traffic, who])
  const items = useMemo(() => {
    const rows = tree?.rows ?? noRows
    const all = isTree ? processTree(rows, peers) : flatItems(rows, peers)
    return filterTree(all, { filter, words, ids: onlyIds })
  }, [tree, isTree, peers, filter, words, onlyIds])
  if (tree === null) {
    return <Waiting lateWords="The computer is busy, or Nexus core cannot measure its processes." />
  }
  if (items.length === 0) {
    return (
      <p className="nx-dock__empty" role="status">
        No process matches.
      </p>
    )
  }
  return (
    <ProcessGrid
      items={items}
      isTree={isTree}
      history={known.history}
      alerts={alerts}
      defaultRowId={rowOfTab(known, activeTabId)?.id ?? null}
      onSelect={props.onSelect}
      onEnter={props.onEnter}
      takeFocus={props.takeFocus}
      onFilter={props.onFilter}
    />
  )
}
