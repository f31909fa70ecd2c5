import { FolderPlus, Search, Trash2 } from 'lucide-react'
import type { BookmarkOrder } from './bookmark-tree.ts'

export interface BookmarkToolsProps {
  query: string
  order: BookmarkOrder
  /** What is shown was found and stands in many folders. */
  isSearching: boolean
  hasRows: boolean
  /** How many rows are selected. */
  chosen: number
  onQuery(query: string): void
  onOrder(order: BookmarkOrder): void
  onOpenAll(): void
  onAddFolder(): void
  onRemove(): void
}

const orders: readonly (readonly [BookmarkOrder, string])[] = [
  ['manual', 'As arranged'],
  ['title', 'By name'],
  ['latest', 'Latest first'],
  ['site', 'By site'],
]

/** Above the list: what to look for, in which order, and what to do with it. */
export function BookmarkTools(props: BookmarkToolsProps) {
  return (
    <div className="nx-library__tools">
      <label className="nx-field grow">
        <Search className="i t3" />
        <input
          aria-label="Search bookmarks"
          placeholder="Search bookmarks"
          maxLength={1_000}
          spellCheck={false}
          autoComplete="off"
          value={props.query}
          onChange={event => props.onQuery(event.currentTarget.value)}
        />
      </label>
      <select
        className="nx-input"
        aria-label="Order"
        value={props.order}
        disabled={props.isSearching}
        onChange={event =>
          props.onOrder(orders.find(([one]) => one === event.currentTarget.value)?.[0] ?? 'manual')
        }
      >
        {orders.map(([value, words]) => (
          <option value={value} key={value}>
            {words}
          </option>
        ))}
      </select>
      <button type="button" className="nx-btn" disabled={!props.hasRows} onClick={props.onOpenAll}>
        {props.chosen > 1 ? `Open ${props.chosen}` : 'Open all'}
      </button>
      <button
        type="button"
        className="nx-ib"
        aria-label="New folder"
        title="New folder"
        disabled={props.isSearching}
        onClick={props.onAddFolder}
      >
        <FolderPlus className="i" />
      </button>
      <button
        type="button"
        className="nx-ib"
        aria-label="Remove what is selected"
        title="Remove (Delete)"
        disabled={props.chosen === 0}
        onClick={props.onRemove}
      >
        <Trash2 className="i" />
      </button>
    </div>
  )
}
