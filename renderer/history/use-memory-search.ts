import { useEffect, useState } from 'react'
import type { MemoryAnswer } from '../../contracts/memory.ts'
import type { MemoryLink } from './memory-link.ts'

/** Each search asks a model: long enough for the keys of a word, short enough to follow the typing. */
const pauseMs = 180

export interface MemorySearchState {
  readonly isSearching: boolean
  /** The latest answer, kept while the next is on its way. */
  readonly latest: { readonly query: string; readonly answer: MemoryAnswer } | null
  /** Why the last search failed, in words. */
  readonly failure: string | null
}

/** Searches as the query changes; `round` asks the same again. */
export function useMemorySearch(memory: MemoryLink, query: string, round: number): MemorySearchState {
  const [state, setState] = useState<MemorySearchState>({ isSearching: true, latest: null, failure: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks the same again
  useEffect(() => {
    let isWanted = true
    setState(known => ({ ...known, isSearching: true }))
    const timer = setTimeout(
      () => {
        memory.search(query).then(
          answer => isWanted && setState({ isSearching: false, latest: { query, answer }, failure: null }),
          (error: unknown) =>
            isWanted &&
            setState({
              isSearching: false,
              latest: null,
              failure: error instanceof Error ? error.message : 'Storage does not answer.',
            }),
        )
      },
      query === '' ? 0 : pauseMs,
    )
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [memory, query, round])
  return state
}
