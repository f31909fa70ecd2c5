import { useEffect, useState } from 'react'
import type { HistoryEntry } from '../../contracts/storage.ts'

/** Long enough to skip the keys of a word typed at speed, short enough to seem immediate. */
const pauseMs = 60
const mostEntries = 12

export interface HistoryAnswer {
  /** What was asked; answers that arrive late belong to another question. */
  readonly query: string
  readonly entries: readonly HistoryEntry[]
}

const nothing: HistoryAnswer = { query: '', entries: [] }

/** History that matches what is typed, or nothing while the list is closed. A failed search is an empty answer. */
export function useHistorySearch(
  query: string,
  isOpen: boolean,
  search: (query: string, limit: number) => Promise<readonly HistoryEntry[]>,
): HistoryAnswer {
  const [answer, setAnswer] = useState(nothing)
  useEffect(() => {
    if (!isOpen || query === '') {
      setAnswer(nothing)
      return
    }
    let isWanted = true
    const timer = setTimeout(() => {
      search(query, mostEntries).then(
        entries => isWanted && setAnswer({ query, entries }),
        // the list still offers the typed text and open tabs; a search that fails is no reason to disturb typing
        () => isWanted && setAnswer({ query, entries: [] }),
      )
    }, pauseMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [query, isOpen, search])
  return answer
}
