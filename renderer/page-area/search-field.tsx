import { Search } from 'lucide-react'

/** The large field of a tab that shows nothing yet. */
export function SearchField({ onGo }: { onGo(input: string): void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the search element is not yet known to all readers
    <form
      role="search"
      onSubmit={event => {
        event.preventDefault()
        const input = new FormData(event.currentTarget).get('input')
        if (typeof input === 'string' && input.trim() !== '') onGo(input.trim())
      }}
    >
      <label className="nx-field nx-field--l">
        <Search className="i t3" />
        <input
          name="input"
          aria-label="Search the web or open an address"
          placeholder="Search the web or open an address"
          spellCheck={false}
          autoComplete="off"
        />
        <span className="nx-kbd" aria-hidden="true">
          Enter
        </span>
      </label>
    </form>
  )
}
