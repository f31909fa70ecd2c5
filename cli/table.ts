import { displayWidth, fitted, padEnd, padStart } from './terminal-text.ts'

export interface Column<Row> {
  readonly heading: string
  readonly isNumber: boolean
  readonly cell: (row: Row) => string
}

const gap = '  '
const minNameColumns = 16

/**
 * Aligned lines: a name and further columns. Names are cut where the terminal is too narrow, and nothing else. What
 * `nameOf` gives must be plain text already.
 */
export function formatTable<Row>(
  rows: readonly Row[],
  name: { readonly heading: string; readonly of: (row: Row) => string },
  columns: readonly Column<Row>[],
  terminalColumns: number,
): string {
  const names = rows.map(name.of)
  const cells = rows.map(row => columns.map(column => column.cell(row)))
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.heading), ...cells.map(line => displayWidth(line[index] ?? ''))),
  )
  const rest = widths.reduce((sum, width) => sum + width + gap.length, 0)
  const nameColumns = Math.min(
    Math.max(displayWidth(name.heading), ...names.map(displayWidth)),
    Math.max(minNameColumns, terminalColumns - rest),
  )
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
