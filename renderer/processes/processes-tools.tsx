import { useMemo } from 'react'
import type { MessageAlert, MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessRow } from '../../contracts/processes.ts'
import { FilterChips } from './filter-chips.tsx'
import { FilterField } from './filter-field.tsx'
import { messageChips, treeChips } from './filters.ts'
import type { ProcessesView } from './use-processes-view.ts'
import { type DockView, ViewSwitch } from './view-switch.tsx'

const noRows: readonly ProcessRow[] = []
const noAlerts: readonly MessageAlert[] = []

/** Which view, and which rows of it. */
export function ProcessesTools(props: {
  view: DockView
  state: ProcessesView
  isSmall: boolean
  onView(view: DockView): void
}) {
  const { view, state } = props
  const { known } = state
  const isOfMessages = view === 'messages'
  return (
    <>
      <ViewSwitch
        view={view}
        alerts={useSameAlerts(state.live.traffic?.alerts ?? noAlerts)}
        isSmall={props.isSmall}
        onChange={props.onView}
      />
      {isOfMessages ? (
        known.traffic !== null && <MessageFilters state={state} traffic={known.traffic} />
      ) : (
        <FilterChips
          chips={treeChips(known.tree?.rows ?? noRows)}
          chosen={state.filter}
          onChoose={state.setFilter}
        />
      )}
      <FilterField
        inputRef={state.filterField}
        label={isOfMessages ? 'Filter by process or method' : 'Filter by name, state or pid'}
        words={state.words}
        onChange={state.setWords}
      />
    </>
  )
}

/** The same array for as long as the same alerts are raised: what they measure changes each second. */
function useSameAlerts(alerts: readonly MessageAlert[]): readonly MessageAlert[] {
  // biome-ignore lint/correctness/useExhaustiveDependencies: who they are is what counts
  return useMemo(() => alerts, [alerts.map(alert => `${alert.level} ${alert.id}`).join('\n')])
}

function MessageFilters({ state, traffic }: { state: ProcessesView; traffic: MessageTraffic }) {
  return (
    <FilterChips
      chips={messageChips(traffic)}
      chosen={state.messageFilter}
      onChoose={state.setMessageFilter}
    />
  )
}
