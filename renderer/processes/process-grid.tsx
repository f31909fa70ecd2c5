import {
  type KeyboardEvent,
  type SyntheticEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { MessageAlert } from '../../contracts/messages.ts'
import { columnsIn, columnTracks } from './columns.ts'
import { rowText } from './dump.ts'
import { GridHead } from './grid-head.tsx'
import { type GridKey, gridMove } from './grid-movement.ts'
import { drawnRows, liveRows } from './messages/row-span.ts'
import { useElementSize } from './messages/use-element-size.ts'
import { useRowSpan } from './messages/use-row-span.ts'
import type { RowHands } from './process-cells.tsx'
import { ProcessMenu } from './process-menu.tsx'
import { ProcessRowView } from './process-row-view.tsx'
import type { TreeItem } from './process-tree.ts'
import { useProcesses } from './processes-context.tsx'
import type { SampleHistory } from './sample-history.ts'
import { nextSorting, type SortColumn, type Sorting, sortingAfter } from './sorting.ts'
import { useGridFocus } from './use-grid-focus.ts'
import { type HeldOrder, useHeldOrder } from './use-held-order.ts'
import { useRowCommands } from './use-row-commands.ts'
import type { VisibleRow } from './visible-rows.ts'

export interface ProcessGridProps {
  items: readonly TreeItem[]
  /** Whether rows stand below each other; false for all of them side by side. */
  isTree: boolean
  history: SampleHistory
  /** What is wrong with the messages of each process, by row. */
  alerts: ReadonlyMap<string, readonly MessageAlert[]>
  /** The row of the tab in view, chosen until a person chooses another. */
  defaultRowId: string | null
  /** Another row was chosen; null where there is none. */
  onSelect(rowId: string | null): void
  /** The Enter key, or a second click; null shows the tab of the row. */
  onEnter: ((item: TreeItem) => void) | null
  /** Whether the focus is to go into the grid; asked once, when there is something to go to. */
  takeFocus(): boolean
  /** The "/" key. */
  onFilter(): void
}

const none: readonly MessageAlert[] = []

/**
 * The live table. Values are not announced as they change; a reader hears them when it goes there. Enter opens what
 * `onEnter` says, Delete ends and Shift+Delete forces, Space suspends and resumes, Ctrl+C copies the row, Shift+F10 opens
 * its menu, S goes through the sortings and R sorts again. Rows keep their places while somebody looks: `useHeldOrder`.
 */
export function ProcessGrid(props: ProcessGridProps) {
  const { hands, hiddenColumns } = useProcesses()
  const [sorting, setSorting] = useState<Sorting>(null)
  const [closedIds, setClosedIds] = useState<ReadonlySet<string>>(new Set())
  const order = useHeldOrder(props.items, sorting, closedIds)
  const { rows } = order
  const has = (id: string | null) => rows.some(row => row.item.id === id)
  const defaultRowId = has(props.defaultRowId) ? props.defaultRowId : (rows[0]?.item.id ?? null)
  const { grid, current, selectedId, note, move } = useGridFocus(has, defaultRowId, props.takeFocus)
  const body = useRef<HTMLDivElement>(null)
  const span = useRowSpan(body, rows.length, drawnRows)
  const live = useRowSpan(body, rows.length, liveRows)
  const isPlaced = rows.length > span.end - span.first
  const size = useElementSize(grid)
  const columns = useMemo(() => columnsIn(size?.width ?? null, hiddenColumns), [size?.width, hiddenColumns])
  const tracks = useMemo(() => columnTracks(columns), [columns])

  const show = (item: TreeItem) => {
    const [tabId] = item.process?.tabIds ?? []
    if (tabId !== undefined) hands.showTab(tabId)
  }
  const { menuItem, menuElement, act, openMenu, closeMenu } = useRowCommands(rows)
  const toggle = (id: string) => {
    const next = new Set(closedIds)
    if (!next.delete(id)) next.add(id)
    setClosedIds(next)
  }
  const rowHands = useStableHands({
    toggle,
    end: id => act(rows.find(row => row.item.id === id)?.item, 'end'),
  })
  const sortBy = useCallback((column: SortColumn) => setSorting(known => nextSorting(column, known)), [])
  const { onSelect } = props
  useEffect(() => onSelect(selectedId), [onSelect, selectedId])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = rowAt(rows, event)
    if (row === undefined || event.altKey || event.metaKey) return
    if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return
    const step =
      current === null ? null : gridMove(pressIn(event, props.isTree), current, rows, columns.length)
    if (step !== null) {
      if (step.kind === 'focus') move(step.focus)
      else toggle(step.rowId)
    } else if (!runKey(event, row.item)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const runKey = (event: KeyboardEvent<HTMLElement>, item: TreeItem): boolean => {
    switch (event.key) {
      case 'Enter':
        ;(props.onEnter ?? show)(item)
        return true
      case 'Delete':
        act(item, event.shiftKey ? 'forceEnd' : 'end')
        return true
      case ' ':
        act(item, item.process?.actions.includes('resume') ? 'resume' : 'suspend')
        return true
      case 'ContextMenu':
        openMenu(item.id, rowElementOf(event))
        return true
      case 'F10':
        if (!event.shiftKey) return false
        openMenu(item.id, rowElementOf(event))
        return true
      case '/':
        props.onFilter()
        return true
      case 'c':
        if (!event.ctrlKey) return false
        hands.copy(rowText(item))
        return true
      case 's':
        if (event.ctrlKey) return false
        setSorting(sortingAfter(sorting))
        return true
      case 'r':
        if (event.ctrlKey) return false
        order.sortAgain()
        return true
      default:
        return false
    }
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a grid or a tree grid */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both have a name */}
      <div
        className="nx-grid nx-grid--processes"
        role={props.isTree ? 'treegrid' : 'grid'}
        aria-label="Processes"
        ref={grid}
        aria-colcount={columns.length}
        aria-rowcount={rows.length + 1}
        onPointerEnter={() => order.point(true)}
        onPointerLeave={() => order.point(false)}
        onFocus={event => {
          order.focus(isInRow(event.target))
          const row = rowAt(rows, event)
          if (row !== undefined && row.item.id !== current?.rowId) note({ rowId: row.item.id, cell: null })
        }}
        onBlur={event => order.focus(isInRow(event.relatedTarget))}
        onKeyDown={onKeyDown}
      >
        <GridHead
          columns={columns}
          tracks={tracks}
          sorting={sorting}
          onSort={sortBy}
          onSortAgain={order.isStale ? order.sortAgain : undefined}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: rows are grid lines of their own, and not all need be drawn */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard above, on the grid */}
        <div
          role="rowgroup"
          ref={body}
          className={isPlaced ? 'nx-grid__rows' : undefined}
          style={isPlaced ? { height: `calc(var(--row) * ${rows.length})` } : undefined}
          onClick={event => {
            const row = rowAt(rows, event)
            if (row !== undefined) note({ rowId: row.item.id, cell: null })
          }}
          onDoubleClick={event => {
            const row = rowAt(rows, event)
            if (row !== undefined) (props.onEnter ?? show)(row.item)
          }}
          onContextMenu={event => {
            const row = rowAt(rows, event)
            if (row === undefined) return
            event.preventDefault()
            note({ rowId: row.item.id, cell: null })
            openMenu(row.item.id, rowElementOf(event))
          }}
        >
          {rows.map((row, index) => {
            const isCurrent = row.item.id === current?.rowId
            if (!isCurrent && (index < span.first || index >= span.end)) return null
            return (
              <ProcessRowView
                key={row.item.id}
                row={row}
                index={index}
                isPlaced={isPlaced}
                isLive={index >= live.first && index < live.end}
                columns={columns}
                tracks={tracks}
                isInTree={props.isTree}
                history={props.history}
                alerts={props.alerts.get(row.item.id) ?? none}
                hands={rowHands}
                isSelected={row.item.id === selectedId}
                focusedCell={isCurrent ? current.cell : undefined}
              />
            )
          })}
        </div>
      </div>
      {menuItem !== null && (
        <ProcessMenu
          item={menuItem}
          rowElement={menuElement}
          onAction={action => act(menuItem, action)}
          onShow={hands.showTab}
          onCopy={() => hands.copy(rowText(menuItem))}
          onClose={closeMenu}
        />
      )}
    </>
  )
}

/** Where rows do not open and close, left and right go along the cells. */
function pressIn(event: GridKey, isTree: boolean): GridKey {
  const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
  return { key: event.key, ctrlKey: event.ctrlKey || (isSideways && !isTree) }
}

function rowElementOf(event: SyntheticEvent): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
}

function rowAt(rows: HeldOrder['rows'], event: SyntheticEvent): VisibleRow | undefined {
  const id = rowElementOf(event)?.dataset.row
  return rows.find(row => row.item.id === id)
}

function isInRow(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-row]') !== null
}

/** The same object for as long as the grid stands; each does what the latest one does. */
function useStableHands(latest: RowHands): RowHands {
  const current = useRef(latest)
  useLayoutEffect(() => {
    current.current = latest
  })
  return useMemo(() => ({ toggle: id => current.current.toggle(id), end: id => current.current.end(id) }), [])
}
