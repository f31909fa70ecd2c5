import { ArrowDown, ArrowUp, RotateCw } from 'lucide-react'
import { memo } from 'react'
import { type ColumnSorting, type GridColumn, roomClass } from './grid-column.ts'

interface GridHeadProps<S extends string> {
  columns: readonly GridColumn<S>[]
  /** `grid-template-columns`, where the style sheet has none for the grid. */
  tracks?: string
  sorting: ColumnSorting<S> | null
  onSort(column: S): void
  /** Given while rows are kept where they would not stand if they were sorted now. */
  onSortAgain?: (() => void) | undefined
}

/** The head of a tree grid; a press on a title sorts. */
export const GridHead = memo(GridHeadRow) as typeof GridHeadRow

function GridHeadRow<S extends string>(props: GridHeadProps<S>) {
  const { sorting } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be laid out as a grid line of its own
    // biome-ignore lint/a11y/useFocusableInteractive: its sort buttons are reached instead
    <div
      className="nx-grid__row nx-grid__head"
      role="row"
      style={props.tracks === undefined ? undefined : { gridTemplateColumns: props.tracks }}
    >
      {props.columns.map(column => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          role="columnheader"
          key={column.id}
          className={`${column.isNumeric ? 'r' : ''} ${roomClass(column.room)}`}
          title={column.name}
          aria-sort={
            sorting !== null && sorting.column === column.sort
              ? sorting.isDescending
                ? 'descending'
                : 'ascending'
              : undefined
          }
        >
          {column.sort === null ? (
            <PlainTitle column={column} />
          ) : (
            <HeadButton
              title={column.title}
              name={column.name}
              isDescending={sorting?.column === column.sort ? sorting.isDescending : null}
              onPress={() => column.sort !== null && props.onSort(column.sort)}
            />
          )}
          {props.onSortAgain !== undefined && column.sort !== null && sorting?.column === column.sort && (
            <button
              type="button"
              className="nx-grid__again"
              aria-label="Sort again"
              title="Rows stand still while you look. Sort again (R)"
              onClick={props.onSortAgain}
            >
              <RotateCw className="i" />
            </button>
          )}
        </div>
      ))}
    </div>
  )
}

function PlainTitle<S extends string>({ column }: { column: GridColumn<S> }) {
  if (column.parts === undefined) {
    return <span className={column.id === 'end' ? 'sr' : undefined}>{column.title}</span>
  }
  return (
    <>
      <span className="sr">{column.title}</span>
      <span className="nx-grid__parts" aria-hidden="true">
        {column.parts.map(part => (
          <span key={part} data-part={part}>
            {part}
          </span>
        ))}
      </span>
    </>
  )
}

function HeadButton(props: {
  title: string
  name: string | undefined
  isDescending: boolean | null
  onPress(): void
}) {
  return (
    <button type="button" className="nx-grid__sort" onClick={props.onPress}>
      <span aria-hidden={props.name !== undefined}>{props.title}</span>
      {props.name !== undefined && <span className="sr">{props.name}</span>}
      {props.isDescending !== null &&
        (props.isDescending ? <ArrowDown className="i" /> : <ArrowUp className="i" />)}
    </button>
  )
}
