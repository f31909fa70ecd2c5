/** A group of tabs as somebody asks for it. */
export interface TabGroup {
  readonly name: string
  readonly tabs: readonly string[]
}

interface Groupable {
  readonly id: string
  readonly group: string | null
}

/**
 * The tabs in the order that puts the members of each group behind its first member; all others keep their order. A tab
 * that is named twice belongs to the first group that names it; a group of fewer than two open tabs is none.
 */
export function groupTabs<T extends Groupable>(tabs: readonly T[], groups: readonly TabGroup[]): T[] {
  const open = new Set(tabs.map(tab => tab.id))
  const nameOf = new Map<string, string>()
  const taken = new Set<string>()
  for (const { name, tabs: members } of groups) {
    const free = [...new Set(members)].filter(id => open.has(id) && !nameOf.has(id))
    if (free.length < 2) continue
    const unique = uniqueName(name, taken)
    taken.add(unique)
    for (const id of free) nameOf.set(id, unique)
  }
  const grouped = tabs.map(tab => ({ ...tab, group: nameOf.get(tab.id) ?? null }))
  return grouped.flatMap((tab, index) => {
    if (tab.group === null) return [tab]
    const isFirst = grouped.findIndex(other => other.group === tab.group) === index
    return isFirst ? grouped.filter(other => other.group === tab.group) : []
  })
}

/** A tab that is moved into a group belongs to it, one that is moved away from its group to none. */
export function groupAfterMove(
  tab: Groupable,
  others: readonly Groupable[],
  position: number,
): string | null {
  const before = others[position - 1]?.group ?? null
  const after = others[position]?.group ?? null
  if (before !== null && before === after) return before
  return tab.group !== null && (tab.group === before || tab.group === after) ? tab.group : null
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let unique = name
  for (let count = 2; taken.has(unique); count += 1) unique = `${name} ${count}`
  return unique
}
