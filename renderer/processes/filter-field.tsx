import { Filter } from 'lucide-react'
import type { Ref } from 'react'

/** The field that "/" leads to; Esc empties it. */
export function FilterField(props: {
  inputRef: Ref<HTMLInputElement>
  /** What it filters by, for readers. */
  label: string
  words: string
  onChange(words: string): void
}) {
  return (
    <label className="nx-field">
      <Filter className="i i-s t3" />
      <input
        ref={props.inputRef}
        aria-label={props.label}
        placeholder="Filter"
        value={props.words}
        spellCheck={false}
        onChange={event => props.onChange(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape' || props.words === '') return
          event.stopPropagation()
          props.onChange('')
        }}
      />
      <span className="nx-kbd" aria-hidden="true">
        /
      </span>
    </label>
  )
}
