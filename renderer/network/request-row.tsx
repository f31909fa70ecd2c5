import { Ban, EyeOff } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { LoggedRequest } from '../../contracts/request-log.ts'
import { roomClass } from '../processes/grid-column.ts'
import { requestColumns } from './request-columns.ts'
import { filteringWords, kindText, nameOf, sizeText, spanText, statusText, toneOf } from './request-words.ts'
import { rowHeight } from './visible-rows.ts'
import { barOf, type TimeScale } from './waterfall.ts'

export interface RequestRowProps {
  row: LoggedRequest
  index: number
  scale: TimeScale
  tabTitle: string
  isSelected: boolean
  onSelect(): void
  onOpen(): void
  onKeyDown(event: KeyboardEvent): void
}

/** One line of the list. A click chooses it and shows its details. */
export function RequestRow(props: RequestRowProps) {
  const { row, index } = props
  const { name, host } = nameOf(row.url)
  const room = (id: string) => roomClass(requestColumns.find(column => column.id === id)?.room ?? 'any')
  const why = filteringWords(row.filtering)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed by itself among thousands that are not drawn
    <div
      className="nx-grid__row nx-request"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      tabIndex={props.isSelected ? 0 : -1}
      data-row={row.id}
      data-tone={toneOf(row)}
      style={{ top: index * rowHeight }}
      onFocus={props.onSelect}
      onClick={props.onOpen}
      onKeyDown={props.onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
      <div role="rowheader" className="nx-request__name" title={row.url}>
        {row.state === 'blocked' && <Ban className="i i-s" />}
        {row.isPrivate && <EyeOff className="i i-s" aria-label="Private" role="img" />}
        <span className="nx-name">{name}</span>
        <small className="ell t3">{host}</small>
      </div>
      <Cell title={why ?? row.error ?? undefined}>
        {row.method === 'GET' ? '' : `${row.method} `}
        {statusText(row)}
      </Cell>
      <Cell>{kindText(row.kind)}</Cell>
      <Cell className={`ell ${room('tab')}`}>{props.tabTitle}</Cell>
      <Cell className="r num">{row.isFromCache ? 'cache' : sizeText(row.bytes)}</Cell>
      <Cell className="r num">{spanText(row.totalMs)}</Cell>
      <Cell className={room('start')}>
        <Waterfall row={row} scale={props.scale} />
      </Cell>
    </div>
  )
}

function Cell(props: { className?: string; title?: string | undefined; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
    <div role="gridcell" className={props.className} title={props.title}>
      {props.children}
    </div>
  )
}

function Waterfall({ row, scale }: { row: LoggedRequest; scale: TimeScale }) {
  const bar = barOf(row, scale)
  const words = [
    row.decidedMs === null ? '' : `decided after ${spanText(row.decidedMs)}`,
    row.firstByteMs === null ? '' : `answer after ${spanText(row.firstByteMs)}`,
    row.totalMs === null ? '' : `over after ${spanText(row.totalMs)}`,
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <span className="nx-waterfall" role="img" aria-label={words === '' ? 'waiting' : words} title={words}>
      <i
        className="nx-waterfall__bar"
        style={{ left: `${bar.left}%`, width: `${bar.decided + bar.waited + bar.received}%` }}
      >
        <i data-part="decided" style={{ flexGrow: bar.decided }} />
        <i data-part="waited" style={{ flexGrow: bar.waited }} />
        <i data-part="received" style={{ flexGrow: bar.received }} />
      </i>
    </span>
  )
}
