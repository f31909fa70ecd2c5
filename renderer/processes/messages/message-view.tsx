import { useMemo, useState } from 'react'
import type { MessageAlert, MessageTraffic } from '../../../contracts/messages.ts'
import type { ProcessRow } from '../../../contracts/processes.ts'
import { AlertList } from './alert-list.tsx'
import { graphModel } from './graph-model.ts'
import { alertsByPair } from './health.ts'
import { MessageGraph } from './message-graph.tsx'
import { PairGrid } from './pair-grid.tsx'
import { methodRowId, type PairFilter, type PairSorting, pairGridRows } from './pair-rows.ts'
import { PendingTable } from './pending-table.tsx'
import { pairKey, type WhoIs } from './talkers.ts'

/** `waiting` shows the calls without an answer instead of the pairs. */
export type MessageFilter = PairFilter | 'waiting'

export interface MessageViewProps {
  rows: readonly ProcessRow[]
  traffic: MessageTraffic
  who: WhoIs
  filter: MessageFilter
  words: string
  /** Takes away whatever hides a row that is to be shown. */
  onShowAll(): void
  takeFocus(): boolean
  onFilter(): void
}

/** Who talks to whom, how often, how fast and how well: alerts, the graph, and every pair with its methods. */
export function MessageView(props: MessageViewProps) {
  const { rows, traffic, who, filter, words } = props
  const [talkerId, setTalkerId] = useState<string | null>(null)
  const [pointedPair, setPointedPair] = useState<string | null>(null)
  const [sorting, setSorting] = useState<PairSorting>(null)
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set())
  const [jump, setJump] = useState<{ readonly rowId: string } | null>(null)

  const alerts = useMemo(() => alertsByPair(traffic.alerts), [traffic.alerts])
  const model = useMemo(() => graphModel(rows, traffic, who), [rows, traffic, who])
  // a process that has gone is no filter any more
  const shownTalker = model.talkers.some(talker => talker.id === talkerId) ? talkerId : null
  const gridRows = useMemo(
    () =>
      pairGridRows(traffic.pairs, who, alerts, {
        filter: filter === 'waiting' ? 'all' : filter,
        words,
        talkerId: shownTalker,
        sorting,
        openIds,
      }),
    [traffic.pairs, who, alerts, filter, words, shownTalker, sorting, openIds],
  )

  const show = (key: string, method: string | null) => {
    props.onShowAll()
    setTalkerId(null)
    if (method !== null) setOpenIds(new Set([...openIds, key]))
    setJump({ rowId: method === null ? key : methodRowId(key, method) })
  }
  const chooseAlert = (alert: MessageAlert) => {
    const pair = traffic.pairs.find(candidate => pairKey(candidate) === pairKey(alert))
    const isListed = pair?.methods.some(method => method.method === alert.method) === true
    show(pairKey(alert), isListed ? alert.method : null)
  }
  const toggle = (rowId: string) => {
    const next = new Set(openIds)
    if (!next.delete(rowId)) next.add(rowId)
    setOpenIds(next)
  }

  if (traffic.pairs.length === 0) {
    return (
      <p className="nx-dock__empty" role="status">
        Nothing has been said yet. A pair appears here with its first message.
      </p>
    )
  }
  return (
    <div className="nx-msgs">
      <MessageGraph
        model={model}
        selectedId={shownTalker}
        pointedPair={pointedPair}
        onSelect={setTalkerId}
        onPoint={setPointedPair}
        onChoosePair={key => show(key, null)}
      />
      <div className="nx-msgs__main">
        <AlertList alerts={traffic.alerts} who={who} now={traffic.sampledAt} onChoose={chooseAlert} />
        {filter === 'waiting' ? (
          <PendingTable calls={traffic.pendingCalls} words={words} who={who} />
        ) : gridRows.length === 0 ? (
          <p className="nx-dock__empty" role="status">
            No pair matches.
          </p>
        ) : (
          <PairGrid
            rows={gridRows}
            alerts={alerts}
            sorting={sorting}
            jump={jump}
            onJumped={() => setJump(null)}
            onSort={setSorting}
            onToggle={toggle}
            onPoint={setPointedPair}
            takeFocus={props.takeFocus}
            onFilter={props.onFilter}
          />
        )}
      </div>
    </div>
  )
}
