/**
 * Spearman's rank correlation of two lists of one length: 1 when they order their items alike, -1 when in reverse.
 * Equal values share the mean of their ranks. NaN when one list has one value only.
 */
export function spearman(first: readonly number[], second: readonly number[]): number {
  const a = ranksOf(first)
  const b = ranksOf(second)
  const mean = (a.length - 1) / 2
  let product = 0
  let squaresA = 0
  let squaresB = 0
  a.forEach((rank, index) => {
    const left = rank - mean
    const right = (b[index] ?? 0) - mean
    product += left * right
    squaresA += left * left
    squaresB += right * right
  })
  return product / Math.sqrt(squaresA * squaresB)
}

function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length).fill(0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end + 1 < order.length && values[order[end + 1] ?? 0] === values[order[start] ?? 0]) end++
    for (let place = start; place <= end; place++) ranks[order[place] ?? 0] = (start + end) / 2
    start = end + 1
  }
  return ranks
}
