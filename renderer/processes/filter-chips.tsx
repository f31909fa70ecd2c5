import type { FilterChip } from './filters.ts'

/** Which rows are shown. A chip that would show none is left out, unless it is the chosen one. */
export function FilterChips<F extends string>(props: {
  chips: readonly FilterChip<F>[]
  chosen: F
  onChoose(filter: F): void
}) {
  return props.chips.map(chip =>
    chip.isOptional && chip.count === 0 && chip.filter !== props.chosen ? null : (
      <button
        type="button"
        className="nx-chip"
        key={chip.filter}
        aria-pressed={chip.filter === props.chosen}
        onClick={() => props.onChoose(chip.filter)}
      >
        {chip.title} {chip.count > 0 && chip.count}
      </button>
    ),
  )
}
