import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ProcessRow, ProcessTree } from '../../contracts/processes.ts'
import type { MessageFilter } from './messages/message-view.tsx'
import { type WhoIs, whoIs } from './messages/talkers.ts'
import type { ProcessFilter } from './process-tree.ts'
import { useWatched, type WatchedProcesses } from './process-watch.ts'
import { useProcesses } from './processes-context.tsx'

/** How the processes are looked at, in the dock or on the page. */
export interface ProcessesView {
  /** What is shown: the latest samples, or those that are held. */
  readonly known: WatchedProcesses
  /** What is measured now, held or not. */
  readonly live: WatchedProcesses
  /** When what is held was sampled, in milliseconds since the epoch; null for live readings. */
  readonly heldAt: number | null
  readonly who: WhoIs
  readonly filter: ProcessFilter
  readonly messageFilter: MessageFilter
  readonly words: string
  readonly filterField: RefObject<HTMLInputElement | null>
  /** The sample that is shown at the moment of asking. Both stay the same functions. */
  shown(): ProcessTree | null
  toggleHold(): void
  setFilter(filter: ProcessFilter): void
  setMessageFilter(filter: MessageFilter): void
  setWords(words: string): void
}

const noRows: readonly ProcessRow[] = []

export function useProcessesView(): ProcessesView {
  const { watch } = useProcesses()
  const live = useWatched(watch, all => all)
  const [held, setHeld] = useState<WatchedProcesses | null>(null)
  const [filter, setFilter] = useState<ProcessFilter>('all')
  const [messageFilter, setMessageFilter] = useState<MessageFilter>('all')
  const [words, setWords] = useState('')
  const filterField = useRef<HTMLInputElement>(null)
  const known = held ?? live
  const rows = known.tree?.rows ?? noRows
  const who = useMemo(() => whoIs(rows), [rows])
  const latest = useRef(known)
  useLayoutEffect(() => {
    latest.current = known
  })
  const shown = useCallback(() => latest.current.tree, [])
  const toggleHold = useCallback(
    () => setHeld(before => (before === null ? watch.snapshot() : null)),
    [watch],
  )
  return {
    known,
    live,
    heldAt: held === null ? null : (held.traffic?.sampledAt ?? held.tree?.sampledAt ?? null),
    who,
    filter,
    messageFilter,
    words,
    filterField,
    shown,
    toggleHold,
    setFilter,
    setMessageFilter,
    setWords,
  }
}
