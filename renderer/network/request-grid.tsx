import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import type { LoggedRequest } from '../../contracts/request-log.ts'
import { GridHead } from '../processes/grid-head.tsx'
import { type RequestSort, type RequestSorting, requestColumns } from './request-columns.ts'
import { RequestRow } from './request-row.tsx'
import { rowHeight, rowWindow, scrolledTo, seenRows } from './visible-rows.ts'
import { scaleOf } from './waterfall.ts'

export interface RequestGridProps {
  rows: readonly LoggedRequest[]
  sorting: RequestSorting
  /** The row that is chosen; null before one is. */
  selectedId: number | null
  /** Whether the list goes down with what comes. */
  followsEnd: boolean
  tabTitle(tabId: string | null): string
  onSort(column: RequestSort): void
  onSelect(id: number): void
  /** Shows the details of a row. */
  onOpen(id: number): void
  onFilter(): void
  onFollow(isFollowing: boolean): void
}

/** Rows that PageUp and PageDown pass. */
const pageRows = 10

/**
 * Thousands of rows of which only those are drawn that are seen, and the chosen one, so that it keeps the focus. Up, down,
 * Page, Home and End choose; Enter shows the details; "/" goes to the filter.
 */
export function RequestGrid(props: RequestGridProps) {
  const { rows, selectedId } = props
  const body = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  const mustFocus = useRef(false)
  const selected = rows.findIndex(({ id }) => id === selectedId)
  const reached = selected === -1 ? 0 : selected
  const { from, to } = rowWindow(view.top, view.height, rows.length)
  const drawn = rows.slice(from, to)
  // of what is seen only: what was long before would press all bars into a corner
  const seen = seenRows(view.top, view.height, rows.length)
  const scale = scaleOf(rows.slice(seen.from, seen.to))

  useLayoutEffect(() => {
    const element = body.current
    if (element === null) return
    const observer = new ResizeObserver(() =>
      setView({ top: element.scrollTop, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: every row that comes is an occasion
  useLayoutEffect(() => {
    const element = body.current
    if (element !== null && props.followsEnd) element.scrollTop = element.scrollHeight
  }, [rows, props.followsEnd])
  useLayoutEffect(() => {
    if (!mustFocus.current) return
    const row = body.current?.querySelector<HTMLElement>(`[data-row="${selectedId}"]`)
    if (row === null || row === undefined) return
    mustFocus.current = false
    row.focus({ preventScroll: true })
  })

  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))]
    const element = body.current
    if (row === undefined || element === null) return
    mustFocus.current = true
    element.scrollTop = scrolledTo(rows.indexOf(row), element.scrollTop, element.clientHeight)
    props.onSelect(row.id)
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.altKey || event.metaKey || event.ctrlKey) return
    switch (event.key) {
      case 'ArrowDown':
        go(index + 1)
        break
      case 'ArrowUp':
        go(index - 1)
        break
      case 'PageDown':
        go(index + pageRows)
        break
      case 'PageUp':
        go(index - pageRows)
        break
      case 'Home':
        go(0)
        break
      case 'End':
        go(rows.length - 1)
        break
      case 'Enter': {
        const row = rows[index]
        if (row !== undefined) props.onOpen(row.id)
        break
      }
      case '/':
        props.onFilter()
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const draw = (row: LoggedRequest, index: number) => (
    <RequestRow
      key={row.id}
      row={row}
      index={index}
      scale={scale}
      tabTitle={props.tabTitle(row.tabId)}
      isSelected={index === reached}
      onSelect={() => {
        if (row.id !== selectedId) props.onSelect(row.id)
      }}
      onOpen={() => props.onOpen(row.id)}
      onKeyDown={event => onKeyDown(event, index)}
    />
  )

  const chosen = rows[reached]
  const shown = drawn.map((row, position) => ({ row, index: from + position }))
  if (chosen !== undefined && reached < from) shown.unshift({ row: chosen, index: reached })
  if (chosen !== undefined && reached >= to) shown.push({ row: chosen, index: reached })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot draw some of its rows only
    <div
      className="nx-grid nx-requests"
      role="grid"
      aria-label="Requests"
      aria-rowcount={rows.length + 1}
      aria-colcount={requestColumns.length}
      aria-multiselectable={false}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup">
        <GridHead columns={requestColumns} sorting={props.sorting} onSort={props.onSort} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div
        className="nx-requests__body"
        role="rowgroup"
        ref={body}
        onScroll={event => {
          const { scrollTop, clientHeight, scrollHeight } = event.currentTarget
          setView({ top: scrollTop, height: clientHeight })
          const isAtEnd = scrollTop + clientHeight >= scrollHeight - rowHeight
          if (isAtEnd !== props.followsEnd) props.onFollow(isAtEnd)
        }}
      >
        <div className="nx-requests__all" role="presentation" style={{ height: rows.length * rowHeight }}>
          {/* one list, so that the chosen row stays the same element when it comes into view */}
          {shown.map(({ row, index }) => draw(row, index))}
        </div>
      </div>
    </div>
  )
}
