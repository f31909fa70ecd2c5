import type { MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessRow } from '../../contracts/processes.ts'
import { alertsByPair, healthOf, isTroubled } from './messages/health.ts'
import type { MessageFilter } from './messages/message-view.tsx'
import { isHelper, needsAttention, type ProcessFilter } from './process-tree.ts'

export interface FilterChip<F extends string> {
  readonly filter: F
  readonly title: string
  readonly count: number
  /** Left out when there is nothing to show. */
  readonly isOptional: boolean
}

export function treeChips(rows: readonly ProcessRow[]): readonly FilterChip<ProcessFilter>[] {
  const count = (isCounted: (row: ProcessRow) => boolean) => rows.filter(isCounted).length
  return [
    { filter: 'all', title: 'All', count: rows.length, isOptional: false },
    { filter: 'sites', title: 'Sites', count: count(row => row.kind === 'tab'), isOptional: false },
    {
      filter: 'services',
      title: 'Services',
      count: count(row => row.kind !== 'tab' && !isHelper(row)),
      isOptional: false,
    },
    { filter: 'attention', title: 'Needs attention', count: count(needsAttention), isOptional: true },
  ]
}

export function messageChips(traffic: MessageTraffic): readonly FilterChip<MessageFilter>[] {
  const alerts = alertsByPair(traffic.alerts)
  const troubled = traffic.pairs.filter(pair => isTroubled(healthOf(pair, alerts)))
  return [
    { filter: 'all', title: 'Pairs', count: traffic.pairs.length, isOptional: false },
    { filter: 'attention', title: 'Needs attention', count: troubled.length, isOptional: true },
    { filter: 'waiting', title: 'Waiting', count: traffic.pendingCalls.length, isOptional: false },
  ]
}
