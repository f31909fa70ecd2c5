import { CalendarDays, Cpu, Search, Trash2, TriangleAlert, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { RelatedPage } from '../../contracts/memory.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { DayList } from './day-list.tsx'
import { ForgetQuestion } from './forget-question.tsx'
import { FoundRow } from './found-row.tsx'
import { answerWords } from './history-words.ts'
import type { MemoryLink } from './memory-link.ts'
import { RelatedList } from './related-list.tsx'
import { type MemorySearchState, useMemorySearch } from './use-memory-search.ts'

export interface HistoryPageProps {
  memory: MemoryLink
  link: BrowserLink
  /** What was typed elsewhere and is to be looked for. */
  initialQuery: string
  /** The page in view, for what to read next; null where there is none. */
  url: string | null
  onOpen(url: string): void
  onClose(): void
}

/** Everything that was visited and read, found by words and by meaning, shown as it is stored, and forgotten here. */
export function HistoryPage(props: HistoryPageProps) {
  const { memory } = props
  const [query, setQuery] = useState(props.initialQuery)
  const [round, setRound] = useState(0)
  const [isByDay, setIsByDay] = useState(false)
  const [isAskingAll, setIsAskingAll] = useState(false)
  const [said, setSaid] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const forgetAll = useRef<HTMLButtonElement>(null)
  const search = useMemorySearch(memory, query, round)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])

  const again = (words: string) => {
    setSaid(words)
    setIsAskingAll(false)
    setRound(round + 1)
    // What had the focus is gone with what was forgotten.
    field.current?.focus()
  }
  return (
    <section className="nx-page" id="history-page" aria-label="History">
      {/** biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the buttons in it */}
      <div className="nx-history" ref={list} onKeyDown={event => moveAmongResults(event, list.current)}>
        <header className="nx-history__head">
          <h1 className="nx-h1">History</h1>
          <span className="nx-chip nx-chip--live" title="Searched here; nothing leaves this device">
            <Cpu className="i i-s" />
            On this device
          </span>
          <span className="grow" />
          <button
            type="button"
            className="nx-chip"
            aria-pressed={isByDay}
            onClick={() => setIsByDay(!isByDay)}
          >
            <CalendarDays className="i i-s" />
            By day
          </button>
          <button
            type="button"
            className="nx-btn nx-btn--quiet nx-btn--s"
            ref={forgetAll}
            aria-expanded={isAskingAll}
            onClick={() => setIsAskingAll(!isAskingAll)}
          >
            <Trash2 className="i i-s" />
            Forget everything
          </button>
          <button
            type="button"
            className="nx-ib"
            aria-label="Close history"
            title="Close (Esc)"
            onClick={props.onClose}
          >
            <X className="i" />
          </button>
        </header>
        {isAskingAll && (
          <ForgetQuestion
            title="Forget everything?"
            text="The passages, meanings and analyses of all pages are deleted from this device."
            onForget={async withHistory => {
              const { pages } = await memory.forgetAll(withHistory)
              again(pages === 1 ? '1 page was forgotten' : `${pages} pages were forgotten`)
            }}
            onKeep={() => {
              setIsAskingAll(false)
              forgetAll.current?.focus()
            }}
          />
        )}
        {/** biome-ignore lint/a11y/useSemanticElements: the search element is not yet known to all readers */}
        <div role="search">
          <label className="nx-field nx-field--l">
            <Search className="i t3" />
            <input
              ref={field}
              aria-label="Search what you have read"
              placeholder="What do you remember of it?"
              maxLength={1_000}
              spellCheck={false}
              autoComplete="off"
              value={query}
              onChange={event => {
                setSaid('')
                setIsByDay(false)
                setQuery(event.currentTarget.value)
              }}
            />
            {search.isSearching && <span className="nx-spin" title="Searching" />}
          </label>
        </div>
        <p className="sr" role="status">
          {said}
        </p>
        {isByDay ? (
          <DayList link={props.link} onOpen={props.onOpen} onSaid={setSaid} />
        ) : (
          <Results
            {...props}
            search={search}
            onForgotten={() => again('The page was forgotten')}
            onRetry={() => setRound(round + 1)}
          />
        )}
      </div>
    </section>
  )
}

function Results(
  props: HistoryPageProps & { search: MemorySearchState; onForgotten(): void; onRetry(): void },
) {
  const { latest, failure, isSearching } = props.search
  if (failure !== null) {
    return (
      <div className="nx-history__none" role="alert">
        <h2>Your history cannot be searched just now</h2>
        <p>{failure}</p>
        <button type="button" className="nx-btn" onClick={props.onRetry}>
          Search again
        </button>
      </div>
    )
  }
  if (latest === null) {
    return (
      <div aria-hidden="true">
        <span className="nx-skel nx-skel--wide" />
        <span className="nx-skel nx-skel--narrow" />
      </div>
    )
  }
  const { query, answer } = latest
  const isBlank = query.trim() === ''
  return (
    <>
      {answer.meaning.kind === 'unavailable' && (
        <p className="nx-history__note">
          <TriangleAlert className="i" />
          <span>
            These pages were found by their words alone: search by meaning is not available.{' '}
            {answer.meaning.message}
          </span>
        </p>
      )}
      {isBlank && props.url !== null && (
        <ReadNext key={props.url} url={props.url} memory={props.memory} onOpen={props.onOpen} />
      )}
      <h2 className="nx-history__count" role="status">
        {answerWords(query, answer)}
      </h2>
      {answer.pages.length === 0 ? (
        <div className="nx-history__none">
          <p>
            {isBlank
              ? 'Pages that you look at are read on this device, and found here by what they say.'
              : 'Try other words, or say it in a sentence: pages are also found by what they are about.'}
          </p>
        </div>
      ) : (
        <ol aria-label="Pages" aria-busy={isSearching}>
          {answer.pages.map(page => (
            <FoundRow
              key={page.url}
              page={page}
              query={query}
              memory={props.memory}
              onOpen={props.onOpen}
              onForgotten={props.onForgotten}
            />
          ))}
        </ol>
      )}
    </>
  )
}

/** Nothing at all where nothing is proposed: it is an offer, not an answer. */
function ReadNext({ url, memory, onOpen }: { url: string; memory: MemoryLink; onOpen(url: string): void }) {
  const [pages, setPages] = useState<readonly RelatedPage[]>([])
  useEffect(() => {
    let isWanted = true
    memory.readNext(url).then(
      found => isWanted && setPages(found),
      () => {
        // The list below says what is wrong with storage.
      },
    )
    return () => {
      isWanted = false
    }
  }, [memory, url])
  if (pages.length === 0) return null
  return (
    <>
      <h2 className="nx-history__count">Read next</h2>
      <RelatedList label="Read next" pages={pages} onOpen={onOpen} />
    </>
  )
}

/** Up and down go from the field through the titles. */
function moveAmongResults(event: KeyboardEvent<HTMLElement>, root: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || root === null || event.nativeEvent.isComposing) return
  const places = [...root.querySelectorAll<HTMLElement>('input, [data-found]')]
  const focused = document.activeElement
  const here = focused instanceof HTMLElement ? places.indexOf(focused) : -1
  if (here === -1) return
  event.preventDefault()
  places[here + step]?.focus()
}
