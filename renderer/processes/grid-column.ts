export interface GridColumn<S extends string> {
  readonly id: string
  readonly title: string
  /** The title in full, for readers and as a hint, where the title is cut short. */
  readonly name?: string
  /** What the column's marks mean, each with its colour, in place of the title. */
  readonly parts?: readonly string[]
  /** Null for a column that cannot be sorted. */
  readonly sort: S | null
  readonly isNumeric: boolean
  /** What the window must have room for before it is shown: `roomy` from 860 px, `wide` from 1120 px. */
  readonly room: 'any' | 'roomy' | 'wide'
}

export interface ColumnSorting<S extends string> {
  readonly column: S
  readonly isDescending: boolean
}

/** The next sorting after a press on a column's head: one way, then the other, then back to the given order. */
export function nextColumnSorting<S extends string>(
  column: S,
  current: ColumnSorting<S> | null,
  startsDescending: boolean,
): ColumnSorting<S> | null {
  if (current?.column !== column) return { column, isDescending: startsDescending }
  return current.isDescending === startsDescending ? { column, isDescending: !startsDescending } : null
}

/** The class that leaves a column out where there is no room for it. */
export function roomClass(room: GridColumn<string>['room']): string {
  switch (room) {
    case 'any':
      return ''
    case 'roomy':
      return 'nx-col-more'
    case 'wide':
      return 'nx-col-wide'
  }
}
