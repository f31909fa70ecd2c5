import { parseArgs } from 'node:util'
import { measureScheduling } from './affinity-case.ts'
import { measureMemory } from './memory.ts'
import { measureMonitor } from './monitor-case.ts'
import { measureTabs } from './opened-tabs.ts'
import { measurePanel, mostPercentOfCore } from './panel-case.ts'
import { type ProcessResult, print, result } from './results.ts'
import { measureStarts } from './starts.ts'

/**
 * `npm run bench:processes [-- --json] [--quick] [--only <text>]`: tabs, start and memory beside bare Chromium, and what it
 * costs to look after processes.
 */
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    // Shows that everything runs, not how fast.
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const { quick } = options

const cases: readonly (readonly [string, () => Promise<ProcessResult[]>])[] = [
  ['tabs', () => measureTabs(quick ? 2 : 15)],
  ['starts', () => measureStarts(quick ? 1 : 7)],
  ['memory', () => measureMemory(quick ? [1, 3] : [1, 10, 50])],
  ['monitor', () => measureMonitor(quick ? 20 : 1_000)],
  ['panel', () => panelResults(quick ? 3_000 : 20_000)],
  ['scheduling', () => measureScheduling(quick ? 500 : 5_000)],
]
const results: ProcessResult[] = []
for (const [name, measure] of cases) if (name.includes(options.only)) results.push(...(await measure()))
print(results, options.json)
process.exitCode = results.some(({ met }) => met === false) && !quick ? 1 : 0

async function panelResults(durationMs: number): Promise<ProcessResult[]> {
  const costs = await measurePanel(durationMs)
  return costs.map(({ view, percentOfCore }) =>
    result(`window with sixty processes, ${view}`, '% of a core', percentOfCore, {
      target: { words: `at most ${mostPercentOfCore}`, isMet: value => value <= mostPercentOfCore },
    }),
  )
}
