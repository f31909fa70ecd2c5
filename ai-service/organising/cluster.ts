import type { Pace } from '../text/pace.ts'

/**
 * Groups things whose mean likeness stays above `least`: agglomerative clustering with average linkage by nearest-neighbour
 * chains (Murtagh 1983), which takes the square of the count in time and memory. `likeness` is symmetric. Gives groups of
 * indices, each in ascending order, in the order of their first members; single ones too.
 */
export async function clusterByAverage(
  count: number,
  likeness: (left: number, right: number) => number,
  least: number,
  pace: Pace,
): Promise<number[][]> {
  const like = new Float32Array(count * count)
  for (let left = 0; left < count; left += 1) {
    for (let right = 0; right < left; right += 1) {
      const value = likeness(left, right)
      like[left * count + right] = value
      like[right * count + left] = value
    }
    await pace.breathe()
  }
  const clusters = new Map<number, number[]>(Array.from({ length: count }, (_, index) => [index, [index]]))
  const chain: number[] = []
  // A cluster whose nearest is too far away takes no more part, nor does any merge bring it nearer: averages only shrink.
  const settled: number[][] = []
  while (clusters.size > 0) {
    if (chain.length === 0) chain.push(clusters.keys().next().value ?? 0)
    const last = chain.at(-1) ?? 0
    const previous = chain.at(-2)
    let nearest = previous ?? -1
    let best = previous === undefined ? Number.NEGATIVE_INFINITY : (like[last * count + previous] ?? 0)
    for (const other of clusters.keys()) {
      const value = like[last * count + other] ?? 0
      if (other !== last && value > best) {
        best = value
        nearest = other
      }
    }
    if (nearest === -1 || best < least) {
      settled.push(clusters.get(last) ?? [])
      clusters.delete(last)
      chain.pop()
    } else if (nearest === previous) {
      chain.length -= 2
      merge(last, nearest)
    } else {
      chain.push(nearest)
    }
    await pace.breathe()
  }
  for (const members of settled) members.sort((left, right) => left - right)
  return settled.sort(([left = 0], [right = 0]) => left - right)

  /** `kept` becomes both; how like they are to others is the mean over all members (Lance and Williams 1967). */
  function merge(kept: number, gone: number): void {
    const keptMembers = clusters.get(kept) ?? []
    const goneMembers = clusters.get(gone) ?? []
    clusters.delete(gone)
    const share = keptMembers.length / (keptMembers.length + goneMembers.length)
    for (const other of clusters.keys()) {
      if (other === kept) continue
      const value =
        (like[kept * count + other] ?? 0) * share + (like[gone * count + other] ?? 0) * (1 - share)
      like[kept * count + other] = value
      like[other * count + kept] = value
    }
    keptMembers.push(...goneMembers)
  }
}
