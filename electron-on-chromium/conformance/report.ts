import type { CaseResult } from './registry.ts'

const mark = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' } as const

/** One line a case, as it ends. */
export function printResult({ verdict, chapter, title, milliseconds, reason }: CaseResult): void {
  const tail = reason === undefined ? '' : `\n       ${reason.replaceAll('\n', '\n       ')}`
  console.log(`${mark[verdict]} ${chapter}: ${title} (${milliseconds} ms)${tail}`)
}

/** Failures once more, together, then a line a chapter. */
export function printSummary(results: readonly CaseResult[], milliseconds: number): void {
  const failed = results.filter(({ verdict }) => verdict === 'failed')
  if (failed.length > 0) {
    console.log('\nFailed:')
    for (const { chapter, title, reason } of failed)
      console.log(`  ${chapter}: ${title}: ${reason?.split('\n')[0]}`)
  }
  console.log('')
  for (const [chapter, cases] of Map.groupBy(results, ({ chapter }) => chapter)) {
    const passed = cases.filter(({ verdict }) => verdict === 'passed').length
    console.log(`${chapter.padEnd(18)} ${passed}/${cases.length}`)
  }
  console.log(`in ${(milliseconds / 1000).toFixed(1)} s`)
}
