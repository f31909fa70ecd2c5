/** A score that should be higher for what is sought, and whether it is sought. */
export interface Scored {
  readonly score: number
  readonly isPositive: boolean
}

/** Area under the ROC curve: how often something sought scores higher than something else, ties half. */
export function areaUnderCurve(items: readonly Scored[]): number {
  const sorted = [...items].sort((left, right) => left.score - right.score)
  let rankSum = 0
  for (let start = 0; start < sorted.length; ) {
    let end = start
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end++
    const rank = (start + 1 + end) / 2
    for (let index = start; index < end; index++) if (sorted[index]?.isPositive) rankSum += rank
    start = end
  }
  const positives = items.filter(item => item.isPositive).length
  const negatives = items.length - positives
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** The share of what is sought that scores above all but `share` of the rest. */
export function recallAtFalseShare(items: readonly Scored[], share: number): number {
  const negatives = items.filter(item => !item.isPositive).map(item => item.score)
  negatives.sort((left, right) => right - left)
  const limit = negatives[Math.floor(negatives.length * share)] ?? Number.NEGATIVE_INFINITY
  const positives = items.filter(item => item.isPositive)
  return positives.filter(item => item.score > limit).length / positives.length
}
