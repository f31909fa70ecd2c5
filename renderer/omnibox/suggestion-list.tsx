import {
  ArrowRight,
  BookOpenText,
  Globe,
  History,
  MessageCircleQuestion,
  PanelTop,
  Star,
  Terminal,
} from 'lucide-react'
import type { Ref } from 'react'
import { addressParts } from './address.ts'
import type { Suggestion } from './suggestions.ts'

const sources = {
  completed: 'Go',
  typed: 'Go',
  command: 'Commands',
  notYet: 'Commands',
  ask: 'Ask',
  tab: 'Open tabs',
  bookmark: 'Bookmarks',
  recall: 'Read',
  history: 'History',
} as const satisfies Readonly<Record<Suggestion['kind'], string>>

/** Rows that stand together and come from one source. */
function groupsOf(suggestions: readonly Suggestion[]): { label: string; rows: Suggestion[] }[] {
  const groups: { label: string; rows: Suggestion[] }[] = []
  for (const suggestion of suggestions) {
    const label = sources[suggestion.kind]
    const last = groups.at(-1)
    if (last?.label === label) last.rows.push(suggestion)
    else groups.push({ label, rows: [suggestion] })
  }
  return groups
}

export interface SuggestionListProps {
  id: string
  suggestions: readonly Suggestion[]
  /** Index of the chosen row, or -1. */
  chosen: number
  listRef: Ref<HTMLDivElement>
  onTake(suggestion: Suggestion): void
  /** The pointer was moved over the rows. */
  onPointed(): void
}

/** The rows below the omnibox, by source. The focus stays in the field; the pointer may choose here. */
export function SuggestionList(props: SuggestionListProps) {
  return (
    <div
      className="nx-suggest"
      ref={props.listRef}
      onPointerMove={event => {
        // rows that appear under a pointer at rest are told of, too
        if (event.movementX !== 0 || event.movementY !== 0) props.onPointed()
      }}
    >
      <div role="listbox" id={props.id} aria-label="Suggestions">
        {groupsOf(props.suggestions).map(group => {
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold options of a listbox
            <div
              className="nx-suggest__group"
              role="group"
              aria-label={group.label}
              key={group.rows[0]?.id ?? group.label}
            >
              <span className="nx-suggest__source" aria-hidden="true">
                {group.label}
              </span>
              <div role="presentation">
                {group.rows.map(suggestion => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: keys act on the field, which points here by aria-activedescendant
                  // biome-ignore lint/a11y/useFocusableInteractive: the same
                  <div
                    className="nx-opt"
                    role="option"
                    id={`${props.id}-${suggestion.id}`}
                    data-default={(props.chosen === -1 && suggestion === props.suggestions[0]) || undefined}
                    aria-disabled={suggestion.kind === 'notYet' || undefined}
                    aria-selected={props.suggestions[props.chosen] === suggestion}
                    key={suggestion.id}
                    onPointerDown={event => event.preventDefault()}
                    onClick={() => props.onTake(suggestion)}
                  >
                    <SuggestionRow suggestion={suggestion} isFirst={suggestion === props.suggestions[0]} />
                  </div>
                ))}
              </div>
            </div>
          )
        })}
      </div>
      <div className="nx-suggest__foot" aria-hidden="true">
        <span>
          <kbd className="nx-kbd">Tab</kbd> complete
        </span>
        <span>
          <kbd className="nx-kbd">Alt</kbd>
          <kbd className="nx-kbd">Enter</kbd> new tab
        </span>
        <span>
          <kbd className="nx-kbd">Esc</kbd> leave as it was
        </span>
        <span>Suggestions come from this device</span>
      </div>
    </div>
  )
}

function SuggestionRow({ suggestion, isFirst }: { suggestion: Suggestion; isFirst: boolean }) {
  switch (suggestion.kind) {
    case 'completed':
      return (
        <>
          <Globe className="i" />
          <span className="nx-opt__title med ell">{suggestion.input}</span>
          <span className="nx-opt__why">Completed from your history</span>
          <kbd className="nx-kbd">Enter</kbd>
        </>
      )
    case 'typed':
      return (
        <>
          <ArrowRight className="i" />
          <span className="nx-opt__title ell">
            Open or search for <span className="med">{suggestion.input}</span>
          </span>
          {isFirst && <kbd className="nx-kbd nx-opt__why">Enter</kbd>}
        </>
      )
    case 'command':
      return (
        <>
          <Terminal className="i" />
          <span className="nx-opt__title ell">{suggestion.title}</span>
          <span className="nx-opt__why">Command</span>
          {suggestion.runsAtEnter && isFirst && <kbd className="nx-kbd">Enter</kbd>}
        </>
      )
    case 'notYet':
      return (
        <>
          <Terminal className="i" />
          <span className="nx-opt__title ell t2">{suggestion.title}</span>
          <span className="nx-opt__why">Nexus cannot do this yet</span>
        </>
      )
    case 'ask':
      return (
        <>
          <MessageCircleQuestion className="i" />
          <span className="nx-opt__title ell">
            Ask this page: <span className="med">{suggestion.question}</span>
          </span>
          <span className="nx-opt__why">On this device</span>
        </>
      )
    case 'tab':
      return (
        <>
          <PanelTop className="i" />
          <TitleAndAddress title={suggestion.title} url={suggestion.url} />
          <span className="nx-opt__why">Switch</span>
        </>
      )
    case 'bookmark':
      return (
        <>
          <Star className="i" />
          <TitleAndAddress title={suggestion.title} url={suggestion.url} />
        </>
      )
    case 'recall':
      return (
        <>
          <BookOpenText className="i" />
          <span className="nx-opt__title ell">
            Search what you have read for <span className="med">{suggestion.query}</span>
          </span>
          <span className="nx-opt__why">On this device</span>
        </>
      )
    case 'history':
      return (
        <>
          <History className="i" />
          <TitleAndAddress title={suggestion.title} url={suggestion.url} />
          <span className="nx-opt__why">
            {suggestion.visits === 1 ? '1 visit' : `${suggestion.visits} visits`}
          </span>
        </>
      )
  }
}

function TitleAndAddress({ title, url }: { title: string; url: string }) {
  const parts = addressParts(url)
  const address = `${parts.before}${parts.host}${parts.after}`
  return (
    <>
      <span className="nx-opt__title ell">{title === '' ? address : title}</span>
      {title !== '' && <span className="nx-opt__address ell">{address}</span>}
    </>
  )
}
