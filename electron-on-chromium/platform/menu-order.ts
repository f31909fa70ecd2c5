/** What decides about the place of an item in a template. */
interface PlacedItem {
  readonly id?: string
  readonly type?: string
  readonly before?: readonly string[]
  readonly after?: readonly string[]
  readonly beforeGroupContaining?: readonly string[]
  readonly afterGroupContaining?: readonly string[]
}

/**
 * Puts the items of a template in order. Separators part groups; `before` and `after` move an item, and the group it
 * is in, to the item they name; `...GroupContaining` order the groups. Demands that contradict each other are dropped.
 */
export function orderItems<T extends PlacedItem>(items: readonly T[], separator: () => T): T[] {
  const separators = items.filter(isGroupSeparator)
  const groups = mergeGroups(splitIntoGroups(items)).map(orderWithinGroup)
  return orderGroups(groups).flatMap((group, index) =>
    index === 0 ? group : [separators[index - 1] ?? separator(), ...group],
  )
}

function isGroupSeparator(item: PlacedItem): boolean {
  return (
    item.type === 'separator' &&
    !item.before &&
    !item.after &&
    !item.beforeGroupContaining &&
    !item.afterGroupContaining
  )
}

function splitIntoGroups<T extends PlacedItem>(items: readonly T[]): T[][] {
  const groups: T[][] = [[]]
  for (const item of items)
    if (isGroupSeparator(item)) groups.push([])
    else groups.at(-1)?.push(item)
  return groups.filter(group => group.length > 0)
}

function mergeGroups<T extends PlacedItem>(groups: readonly T[][]): T[][] {
  let merged = groups.map(group => [...group])
  for (;;) {
    const pair = findMerge(merged)
    if (!pair) return merged
    pair.target.push(...pair.group)
    merged = merged.filter(group => group !== pair.group)
  }
}

function findMerge<T extends PlacedItem>(groups: readonly T[][]): { group: T[]; target: T[] } | null {
  for (const group of groups)
    for (const { before = [], after = [] } of group)
      for (const id of [...before, ...after]) {
        const target = groups.find(other => other !== group && other.some(item => item.id === id))
        if (target) return { group, target }
      }
  return null
}

function orderWithinGroup<T extends PlacedItem>(group: readonly T[]): T[] {
  const byId = new Map(group.map(item => [item.id, item]))
  return orderByDemands(group, (item, precedes) => {
    for (const id of item.before ?? []) {
      const other = byId.get(id)
      if (other) precedes(item, other)
    }
    for (const id of item.after ?? []) {
      const other = byId.get(id)
      if (other) precedes(other, item)
    }
  })
}

function orderGroups<T extends PlacedItem>(groups: readonly T[][]): T[][] {
  const containing = (id: string, except: T[]) =>
    groups.find(group => group !== except && group.some(item => item.id === id))
  return orderByDemands(groups, (group, precedes) => {
    for (const item of group) {
      const next = item.beforeGroupContaining?.map(id => containing(id, group)).find(found => found)
      if (next) return precedes(group, next)
      const previous = item.afterGroupContaining?.map(id => containing(id, group)).find(found => found)
      if (previous) return precedes(previous, group)
    }
  })
}

/** Depth first, in the given order; whatever must precede a node comes before it, unless that closes a circle. */
function orderByDemands<N>(
  nodes: readonly N[],
  demand: (node: N, precedes: (first: N, second: N) => void) => void,
): N[] {
  const predecessors = new Map<N, N[]>()
  for (const node of nodes)
    demand(node, (first, second) => predecessors.set(second, [...(predecessors.get(second) ?? []), first]))
  const visited = new Set<N>()
  const ordered: N[] = []
  const visit = (node: N): void => {
    if (visited.has(node)) return
    visited.add(node)
    for (const predecessor of predecessors.get(node) ?? []) visit(predecessor)
    ordered.push(node)
  }
  for (const node of nodes) visit(node)
  return ordered
}
