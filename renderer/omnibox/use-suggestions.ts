import { type RefObject, useEffect, useState } from 'react'
import type { OmniboxReading } from '../../contracts/command.ts'
import type { HistoryEntry } from '../../contracts/storage.ts'
import type { Bookmark, FoundBookmark } from '../../contracts/storage-library.ts'

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

/** Bookmarks that match what is typed, or none while the list is closed. */
export function useBookmarkSearch(
  query: string,
  isOpen: boolean,
  find: (query: string, limit: number) => Promise<readonly FoundBookmark[]>,
): readonly Bookmark[] {
  const [answer, setAnswer] = useState<{ readonly query: string; readonly found: readonly Bookmark[] }>()
  useEffect(() => {
    if (!isOpen || query.trim() === '') {
      setAnswer(undefined)
      return
    }
    let isWanted = true
    const timer = setTimeout(() => {
      find(query, mostEntries).then(
        found => isWanted && setAnswer({ query, found: found.map(({ bookmark }) => bookmark) }),
        () => isWanted && setAnswer(undefined),
      )
    }, pauseMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [query, isOpen, find])
  return answer?.query === query ? answer.found : []
}

/** Long enough that words typed at speed ask once. */
const readingPauseMs = 120
/** Shorter text means nothing yet. */
const leastLetters = 3

export interface InputReading {
  /** What was read. */
  readonly input: string
  readonly reading: OmniboxReading | null
}

const unread: InputReading = { input: '', reading: null }

/**
 * What the words may mean besides a search, or nothing while that is not known. An answer that comes while the person is
 * choosing among the rows is dropped, so that none moves under the pointer.
 */
export function useReading(
  input: string,
  isOpen: boolean,
  read: (input: string) => Promise<OmniboxReading>,
  isChoosing: RefObject<() => boolean>,
): OmniboxReading | null {
  const [known, setKnown] = useState(unread)
  useEffect(() => {
    if (!isOpen || input.trim().length < leastLetters) {
      setKnown(unread)
      return
    }
    let isWanted = true
    const timer = setTimeout(() => {
      read(input).then(
        reading => isWanted && !isChoosing.current() && setKnown({ input, reading }),
        // what is typed can be searched for all the same
        () => isWanted && setKnown(unread),
      )
    }, readingPauseMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [input, isOpen, read, isChoosing])
  return known.input === input ? known.reading : null
}
