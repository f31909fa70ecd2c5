import type { ReactNode } from 'react'

/** One cell; Ctrl with an arrow brings the focus to it. */
export function GridCell(props: {
  index: number
  /** The cell of this row that Tab reaches; null for the row itself, undefined for none. */
  focused: number | null | undefined
  role?: 'rowheader'
  /** The column's id, where columns come and go. */
  column?: string
  className?: string
  title?: string | undefined
  children?: ReactNode
}) {
  return (
    <div
      role={props.role ?? 'gridcell'}
      className={props.className}
      title={props.title}
      tabIndex={props.focused === props.index ? 0 : -1}
      data-cell={props.index}
      data-column={props.column}
    >
      {props.children}
    </div>
  )
}
