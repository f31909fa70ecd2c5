import { X } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { TabState } from '../../contracts/browser.ts'
import type { BrowserCommand, OmniboxReading } from '../../contracts/command.ts'
import type { HistoryEntry } from '../../contracts/storage.ts'
import type { FoundBookmark } from '../../contracts/storage-library.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import { addressParts } from './address.ts'
import { completionFor } from './completion.ts'
import { ConnectionMark } from './connection-mark.tsx'
import { PrivateMark } from './private-mark.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import { type Suggestion, suggestionsFor } from './suggestions.ts'
import { useBookmarkSearch, useHistorySearch, useReading } from './use-suggestions.ts'

export interface OmniboxProps {
  tab: TabState | null
  tabs: readonly TabState[]
  inputRef: RefObject<HTMLInputElement | null>
  /** Puts the mark of the connection into whatever says more about the site; `isSite` is false while it stands for none. */
  identity(mark: ReactNode, isSite: boolean): ReactNode
  /** Between that and the address. */
  marks: ReactNode
  /** Behind the field. */
  tools?: ReactNode
  onGo(input: string): void
  onNewTab(input: string): void
  onActivateTab(tabId: string): void
  search(query: string, limit: number): Promise<readonly HistoryEntry[]>
  findBookmarks(query: string, limit: number): Promise<readonly FoundBookmark[]>
  /** What words may mean besides a search. */
  read(input: string): Promise<OmniboxReading>
  onCommand(command: BrowserCommand): void
  onAskPage(question: string): void
  /** Searches what was read. */
  onRecall(query: string): void
}

const listId = 'omnibox-suggestions'

/**
 * Address and search. At rest it shows the address with the host in front; with the focus it is a plain field with
 * everything selected. What the text means, an address or a search, is decided by the controller.
 */
export function Omnibox(props: OmniboxProps) {
  const { tab, inputRef } = props
  const address = tab?.url ?? ''
  const [draft, setDraft] = useState<string | null>(null)
  const [isFocused, setIsFocused] = useState(false)
  const [isListOpen, setIsListOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  /** Text typed by the person, without the completion that was put behind it. */
  const [typed, setTyped] = useState('')
  const [completion, setCompletion] = useState<string | null>(null)
  const mayComplete = useRef(false)
  const list = useRef<HTMLDivElement>(null)

  const answer = useHistorySearch(typed, isListOpen, props.search)
  const bookmarks = useBookmarkSearch(typed, isListOpen, props.findBookmarks)
  const isChoosing = useRef<() => boolean>(() => false)
  /** The text for which the pointer was moved over the rows; one that only rests there chooses nothing. */
  const pointedFor = useRef('')
  useLayoutEffect(() => {
    isChoosing.current = () => chosen !== -1 || pointedFor.current === typed
  }, [chosen, typed])
  const reading = useReading(typed, isListOpen, props.read, isChoosing)
  const suggestions = isListOpen
    ? suggestionsFor({
        typed,
        completion,
        tabs: props.tabs,
        activeTabId: tab?.id ?? null,
        history: answer.entries,
        bookmarks,
        reading,
      })
    : []
  const isOpen = isListOpen && isFocused && suggestions.length > 0
  usePageCover(list, isOpen)

  const rest = () => {
    setDraft(null)
    setTyped('')
    setCompletion(null)
    setIsListOpen(false)
    setChosen(-1)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed belongs to the tab it was typed for
  useEffect(rest, [tab?.id])

  // the completion stands selected behind the caret, so that the next key replaces it
  useLayoutEffect(() => {
    const input = inputRef.current
    if (input === null || !mayComplete.current || answer.query !== typed || chosen !== -1) return
    const completed = completionFor(typed, answer.entries)
    if (completed === null || document.activeElement !== input || input.selectionEnd !== input.value.length)
      return
    mayComplete.current = false
    setDraft(completed)
    setCompletion(completed)
    input.value = completed
    input.setSelectionRange(typed.length, completed.length)
  }, [answer, typed, chosen, inputRef])

  const leave = () => {
    rest()
    inputRef.current?.blur()
  }
  const take = (suggestion: Suggestion) => {
    if (suggestion.kind === 'notYet') return
    leave()
    switch (suggestion.kind) {
      case 'completed':
      case 'typed':
        return props.onGo(suggestion.input)
      case 'tab':
        return props.onActivateTab(suggestion.tabId)
      case 'command':
        return props.onCommand(suggestion.command)
      case 'ask':
        return props.onAskPage(suggestion.question)
      case 'recall':
        return props.onRecall(suggestion.query)
      case 'bookmark':
      case 'history':
        return props.onGo(suggestion.url)
    }
  }
  const choose = (position: number) => {
    const suggestion = suggestions[position]
    setChosen(suggestion === undefined ? -1 : position)
    mayComplete.current = false
    setDraft(suggestion === undefined ? typed : textOf(suggestion, typed))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const input = event.currentTarget
    if (event.nativeEvent.isComposing) return
    switch (event.key) {
      case 'Enter': {
        const suggestion = suggestions[chosen]
        const [first] = suggestions
        const value = input.value.trim()
        if (value === '') break
        if (event.altKey) {
          leave()
          props.onNewTab(value)
        } else if (isOpen && suggestion !== undefined) take(suggestion)
        else if (isOpen && first?.kind === 'command' && first.runsAtEnter) take(first)
        else {
          leave()
          props.onGo(value)
        }
        break
      }
      case 'Escape':
        if (isOpen) {
          setIsListOpen(false)
          setDraft(typed)
        } else if (draft !== null && draft !== address) {
          rest()
          requestAnimationFrame(() => input.select())
        } else {
          leave()
        }
        break
      case 'ArrowDown':
      case 'ArrowUp': {
        if (!isOpen) {
          if (input.value.trim() === '' || draft === null) return
          setTyped(input.value)
          setIsListOpen(true)
          break
        }
        const count = suggestions.length
        const step = event.key === 'ArrowDown' ? 1 : -1
        choose(chosen === -1 && step === -1 ? count - 1 : (chosen + step + count) % count)
        break
      }
      case 'Tab':
        // takes the completion; without one Tab moves on as everywhere
        if (event.shiftKey || input.selectionStart === input.selectionEnd || !isOpen || chosen !== -1) return
        input.setSelectionRange(input.value.length, input.value.length)
        setTyped(input.value)
        setCompletion(null)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const value = draft ?? address
  const isTyping = draft !== null && draft !== address
  const chosenSuggestion = suggestions[chosen]
  const parts = addressParts(address)
  return (
    <div className="nx-omni" data-open={isOpen || undefined}>
      {tab?.isPrivate && <PrivateMark />}
      {props.identity(
        <ConnectionMark
          connection={tab?.connection ?? 'internal'}
          judgement={tab?.judgement ?? null}
          isTyping={isTyping || (isFocused && address === '')}
          isEmpty={address === ''}
        />,
        !isTyping && address !== '',
      )}
      {props.marks}
      <div className="nx-omni__field" data-at-rest={(!isFocused && !isTyping) || undefined}>
        <input
          className="nx-omni__input"
          ref={inputRef}
          type="text"
          role="combobox"
          aria-label="Address and search"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-autocomplete="both"
          aria-activedescendant={
            isOpen && chosenSuggestion !== undefined ? `${listId}-${chosenSuggestion.id}` : undefined
          }
          placeholder="Search or type an address"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          value={value}
          onFocus={event => {
            setIsFocused(true)
            event.currentTarget.select()
          }}
          onMouseUp={event => {
            // the release of the focusing click would put the caret and lose the selection
            const input = event.currentTarget
            if (draft === null && input.selectionStart === input.selectionEnd) input.select()
          }}
          onBlur={() => {
            setIsFocused(false)
            setIsListOpen(false)
            setChosen(-1)
          }}
          onChange={event => {
            const text = event.currentTarget.value
            // only typing is completed: what was deleted must not come back, what was pasted is meant as it is
            mayComplete.current = text.length === typed.length + 1
            setDraft(text)
            setTyped(text)
            setCompletion(null)
            setChosen(-1)
            setIsListOpen(text.trim() !== '')
          }}
          onKeyDown={onKeyDown}
        />
        {!isFocused && !isTyping && address !== '' && (
          <span className="nx-omni__url" aria-hidden="true">
            {parts.before}
            <b>{parts.host}</b>
            {parts.after}
          </span>
        )}
      </div>
      {isTyping && isFocused && (
        <button
          type="button"
          className="nx-ib"
          tabIndex={-1}
          aria-label="Clear"
          onPointerDown={event => event.preventDefault()}
          onClick={() => {
            setDraft('')
            setTyped('')
            setIsListOpen(false)
          }}
        >
          <X className="i" />
        </button>
      )}
      {!isTyping && props.tools}
      {tab?.isLoading && (
        <span
          className="nx-omni__progress"
          role="progressbar"
          aria-label="Loading"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(tab.progress * 100)}
        >
          <i style={{ width: `${Math.round(tab.progress * 100)}%` }} />
        </span>
      )}
      {isOpen && (
        <SuggestionList
          id={listId}
          suggestions={suggestions}
          chosen={chosen}
          listRef={list}
          onTake={take}
          onPointed={() => {
            pointedFor.current = typed
          }}
        />
      )}
    </div>
  )
}

/** What stands in the field while a row is chosen. */
function textOf(suggestion: Suggestion, typed: string): string {
  switch (suggestion.kind) {
    case 'completed':
    case 'typed':
      return suggestion.input
    case 'tab':
    case 'bookmark':
    case 'history':
      return suggestion.url
    case 'command':
    case 'notYet':
    case 'ask':
    case 'recall':
      return typed
  }
}
