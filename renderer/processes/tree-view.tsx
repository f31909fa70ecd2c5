import { useMemo } from 'react'
import type { MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessTree } from '../../contracts/processes.ts'
import { alertsByRow, busiestPeers, type WhoIs } from './messages/talkers.ts'
import { ProcessGrid } from './process-grid.tsx'
import { filterTree, type ProcessFilter, processTree } from './process-tree.ts'
import type { SampleHistory } from './sample-history.ts'
import { Waiting } from './waiting.tsx'

export interface TreeViewProps {
  tree: ProcessTree | null
  history: SampleHistory
  traffic: MessageTraffic | null
  who: WhoIs
  filter: ProcessFilter
  words: string
  activeTabId: string | null
  onEnd(processId: string): void
  onShowTab(tabId: string): void
  takeFocus(): boolean
  onFilter(): void
}

/** The processes by what they serve, each with its alerts and how fast its busiest peer answers. */
export function TreeView(props: TreeViewProps) {
  const { tree, traffic, who } = props
  const peers = useMemo(() => busiestPeers(traffic?.pairs ?? [], who), [traffic, who])
  const alerts = useMemo(() => alertsByRow(traffic?.alerts ?? [], who), [traffic, who])
  if (tree === null) {
    return <Waiting lateWords="The computer is busy, or Nexus core cannot measure its processes." />
  }
  const items = filterTree(processTree(tree.rows, peers), props.filter, props.words)
  if (items.length === 0) {
    return (
      <p className="nx-dock__empty" role="status">
        No process matches.
      </p>
    )
  }
  const activeRow = tree.rows.find(
    row => props.activeTabId !== null && row.tabIds.includes(props.activeTabId),
  )
  return (
    <ProcessGrid
      items={items}
      history={props.history}
      alerts={alerts}
      defaultRowId={activeRow?.id ?? null}
      onEnd={props.onEnd}
      onShow={props.onShowTab}
      takeFocus={props.takeFocus}
      onFilter={props.onFilter}
    />
  )
}
