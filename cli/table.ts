import { displayWidth, fitted, padEnd, padStart } from './terminal-text.ts'

export interface Column<Row> {
  readonly heading: string
  readonly isNumber: boolean
  /** Where there is no room for all, columns of least worth are left out first; without one it stays. */
  readonly worth?: number
  readonly cell: (row: Row) => string
}

const gap = '  '
const minNameColumns = 16

/** With less, a name says nothing any more; columns that have a worth are left out before that. */
const wantedNameColumns = 28

/**
 * Aligned lines: a name and further columns. Where the terminal is too narrow, columns that have a worth are left out, then
 * names are cut, and nothing else. What `nameOf` gives must be plain text already.
 */
export function formatTable<Row>(
  rows: readonly Row[],
  name: { readonly heading: string; readonly of: (row: Row) => string },
  allColumns: readonly Column<Row>[],
  terminalColumns: number,
): string {
  const names = rows.map(name.of)
  const longestName = Math.max(displayWidth(name.heading), ...names.map(displayWidth))
  const columns = columnsThatFit(rows, allColumns, terminalColumns - Math.min(longestName, wantedNameColumns))
  const cells = rows.map(row => columns.map(column => column.cell(row)))
  const widths = columns.map(column => widthOf(rows, column))
  const rest = widths.reduce((sum, width) => sum + width + gap.length, 0)
  const nameColumns = Math.min(longestName, Math.max(minNameColumns, terminalColumns - rest))
  const line = (text: string, values: readonly string[]): string =>
    [
      padEnd(fitted(text, nameColumns), nameColumns),
      ...columns.map(({ isNumber }, index) =>
        (isNumber ? padStart : padEnd)(values[index] ?? '', widths[index] ?? 0),
      ),
    ]
      .join(gap)
      .trimEnd()
  const headings = columns.map(column => column.heading)
  return [line(name.heading, headings), ...names.map((text, index) => line(text, cells[index] ?? []))].join(
    '\n',
  )
}

function widthOf<Row>(rows: readonly Row[], column: Column<Row>): number {
  return Math.max(displayWidth(column.heading), ...rows.map(row => displayWidth(column.cell(row))))
}

function columnsThatFit<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  room: number,
): readonly Column<Row>[] {
  let kept = columns
  while (kept.reduce((sum, column) => sum + widthOf(rows, column) + gap.length, 0) > room) {
    const least = Math.min(...kept.map(column => column.worth ?? Number.POSITIVE_INFINITY))
    if (!Number.isFinite(least)) return kept
    kept = kept.filter(column => column.worth !== least)
  }
  return kept
}
