import { ChevronDown, ChevronRight } from 'lucide-react'

/** Opens and closes a row of a tree grid; keys do it on the row itself. Empty for a row without children. */
export function Twisty(props: { isExpanded: boolean | null; name: string; onToggle(): void }) {
  return (
    <span className="tw">
      {props.isExpanded !== null && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${props.isExpanded ? 'Close' : 'Open'} ${props.name}`}
          onClick={props.onToggle}
        >
          {props.isExpanded ? <ChevronDown className="i i-s" /> : <ChevronRight className="i i-s" />}
        </button>
      )}
    </span>
  )
}
