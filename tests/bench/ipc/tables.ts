import type { Result } from './results.ts'

/** The figures of one group. */
export function printGroup(title: string, results: readonly Result[]): void {
  console.log(`\n${title}`)
  console.table(
    Object.fromEntries(
      results.map(({ name, unit, value, baseline, ratio, quartiles }) => [
        name,
        { value, unit, baseline: baseline ?? '', ratio: ratio ?? '', quartiles: rangeOf(quartiles) },
      ]),
    ),
  )
}

/** What was aimed at, and whether it was reached. */
export function printTargets(results: readonly Result[]): void {
  const aimed = results.filter(({ target }) => target !== null)
  if (aimed.length === 0) return
  console.log('\nTargets')
  console.table(
    Object.fromEntries(
      aimed.map(result => [
        result.name,
        {
          value: result.value,
          unit: result.unit,
          ratio: result.ratio ?? '',
          quartiles: rangeOf(result.quartiles),
          noise: rangeOf(result.noise),
          target: `${result.targetOf} ${result.bound === 'atMost' ? '<=' : '>='} ${result.target}`,
          met: result.met,
        },
      ]),
    ),
  )
}

function rangeOf(range: readonly [number, number] | null): string {
  return range === null ? '' : `${range[0]} – ${range[1]}`
}
