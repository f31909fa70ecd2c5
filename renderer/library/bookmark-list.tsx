import { Folder, Pencil } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import type { BookmarkNode } from '../../contracts/storage-library.ts'
import { shortHost } from '../omnibox/address.ts'
import { SiteIcon } from '../tabs/site-icon.tsx'
import { bookmarkTitle, folderTitle } from './bookmark-tree.ts'

/** A row: what it is, and for one that was found elsewhere where it stands. */
export interface BookmarkRow {
  readonly node: BookmarkNode
  readonly path: string | null
}

export interface BookmarkListProps {
  rows: readonly BookmarkRow[]
  selected: ReadonlySet<string>
  /** Rows can be put between one another. */
  isOrdered: boolean
  editedId: string | null
  editor: ReactNode
  onSelect(ids: ReadonlySet<string>): void
  onOpen(node: BookmarkNode): void
  onEdit(id: string): void
  /** What is selected. */
  onRemove(): void
  onRemoveOne(id: string): void
  /** Moves these in front of the row at this index, or behind the last one. */
  onMoveTo(ids: ReadonlySet<string>, index: number): void
  onDropInto(folderId: string): void
  onDragging(isDragging: boolean): void
}

/**
 * Bookmarks and folders of one folder, or those that were found. Arrows move, Shift extends, Ctrl+A takes all, Space
 * selects, Enter opens, F2 edits, Delete removes, Alt with Up and Down moves what is selected.
 */
export function BookmarkList(props: BookmarkListProps) {
  const { rows, selected } = props
  const grid = useRef<HTMLDivElement>(null)
  /** Where the focus is, and from where Shift extends. */
  const [focused, setFocused] = useState(0)
  const [anchor, setAnchor] = useState(0)
  const [drop, setDrop] = useState<{ index: number; place: 'before' | 'into' | 'after' } | null>(null)
  const isDragging = useRef(false)
  const inOrder = Math.min(focused, rows.length - 1)

  const idAt = (index: number): string | undefined => rows[index]?.node.id
  const range = (from: number, to: number): Set<string> =>
    new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ node }) => node.id))
  const goTo = (index: number, isExtending: boolean) => {
    const id = idAt(index)
    if (id === undefined) return
    setFocused(index)
    if (isExtending) props.onSelect(range(anchor, index))
    else {
      setAnchor(index)
      props.onSelect(new Set([id]))
    }
    grid.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus()
  }
  const toggle = (id: string, index: number) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setAnchor(index)
    setFocused(index)
    props.onSelect(next)
  }

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.target !== event.currentTarget) return
    const row = rows[index]
    if (row === undefined) return
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      if (!props.isOrdered) return
      const moved = selected.has(row.node.id) ? selected : new Set([row.node.id])
      props.onSelect(moved)
      props.onMoveTo(moved, event.key === 'ArrowUp' ? index - 1 : index + 2)
      setFocused(event.key === 'ArrowUp' ? Math.max(0, index - 1) : Math.min(rows.length - 1, index + 1))
    } else if (event.key === 'ArrowDown') goTo(index + 1, event.shiftKey)
    else if (event.key === 'ArrowUp') goTo(index - 1, event.shiftKey)
    else if (event.key === 'Home') goTo(0, event.shiftKey)
    else if (event.key === 'End') goTo(rows.length - 1, event.shiftKey)
    else if (event.key === ' ') toggle(row.node.id, index)
    else if (event.key === 'a' && event.ctrlKey) props.onSelect(range(0, rows.length - 1))
    else if (event.key === 'Enter') props.onOpen(row.node)
    else if (event.key === 'F2') props.onEdit(row.node.id)
    else if (event.key === 'Delete') {
      if (selected.has(row.node.id)) props.onRemove()
      else props.onRemoveOne(row.node.id)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onClick = (event: MouseEvent, id: string, index: number) => {
    if (event.ctrlKey || event.metaKey) toggle(id, index)
    else goTo(index, event.shiftKey)
  }
  const placeOf = (event: DragEvent, node: BookmarkNode): 'before' | 'into' | 'after' => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (event.clientY - box.top) / box.height
    if (node.kind === 'folder' && share > 0.25 && share < 0.75) return 'into'
    return share < 0.5 ? 'before' : 'after'
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would bring its layout with it
    <div
      className="nx-bookmarks"
      role="grid"
      aria-label="Bookmarks"
      aria-multiselectable="true"
      aria-rowcount={rows.length}
      ref={grid}
    >
      {rows.map(({ node, path }, index) => {
        const title = node.kind === 'folder' ? folderTitle(node.title) : bookmarkTitle(node)
        const isEdited = props.editedId === node.id
        return (
          // biome-ignore lint/a11y/useSemanticElements: the same
          <div
            role="row"
            className="nx-bookmarks__row"
            key={node.id}
            data-row={index}
            data-drop={drop?.index === index ? drop.place : undefined}
            aria-rowindex={index + 1}
            aria-selected={selected.has(node.id)}
            aria-label={node.kind === 'folder' ? `${title}, folder` : title}
            tabIndex={index === inOrder ? 0 : -1}
            draggable={!isEdited}
            onClick={event => {
              if (!isEdited) onClick(event, node.id, index)
            }}
            onDoubleClick={() => {
              if (!isEdited) props.onOpen(node)
            }}
            onKeyDown={event => onKeyDown(event, index)}
            onDragStart={event => {
              if (!selected.has(node.id)) props.onSelect(new Set([node.id]))
              event.dataTransfer.effectAllowed = 'move'
              event.dataTransfer.setData('text/plain', node.kind === 'bookmark' ? node.url : title)
              isDragging.current = true
              props.onDragging(true)
            }}
            onDragOver={event => {
              if (!isDragging.current) return
              const place = placeOf(event, node)
              if (place !== 'into' && !props.isOrdered) return
              event.preventDefault()
              if (drop?.index !== index || drop.place !== place) setDrop({ index, place })
            }}
            onDrop={event => {
              event.preventDefault()
              if (drop === null) return
              if (drop.place === 'into') props.onDropInto(node.id)
              else props.onMoveTo(selected, drop.place === 'before' ? index : index + 1)
              setDrop(null)
            }}
            onDragEnd={() => {
              isDragging.current = false
              setDrop(null)
              props.onDragging(false)
            }}
          >
            {/* biome-ignore lint/a11y/useSemanticElements: the same */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
            <div role="gridcell" className="nx-bookmarks__cell">
              {isEdited ? (
                props.editor
              ) : (
                <>
                  {node.kind === 'folder' ? (
                    <Folder className="i" />
                  ) : (
                    <SiteIcon site={shortHost(node.url)} />
                  )}
                  <span className="nx-bookmarks__words">
                    <span className="ell med">{title}</span>
                    <span className="ell t3 fs12" title={node.kind === 'bookmark' ? node.url : undefined}>
                      {path !== null && `${path} · `}
                      {node.kind === 'bookmark' && shortHost(node.url)}
                    </span>
                  </span>
                  {node.kind === 'bookmark' &&
                    node.tags.map(tag => (
                      <span className="nx-chip nx-bookmarks__tag" key={tag}>
                        {tag}
                      </span>
                    ))}
                  <button
                    type="button"
                    className="nx-ib nx-ib--s"
                    tabIndex={-1}
                    aria-label={`Edit ${title}`}
                    title="Edit (F2)"
                    onClick={event => {
                      event.stopPropagation()
                      props.onEdit(node.id)
                    }}
                  >
                    <Pencil className="i i-s" />
                  </button>
                </>
              )}
            </div>
          </div>
        )
      })}
    </div>
  )
}
