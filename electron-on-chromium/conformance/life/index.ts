import type { Launch } from '../chapter-process.ts'
import { type CaseResult, runCase } from '../registry.ts'
import { launcher } from './launch.ts'
import { registry } from './registry.ts'
import './app-life.ts'

/** Chapters that run here, in the runner: each case starts small applications of its own from apps/. */
export const lifeChapters = [...Map.groupBy(registry.cases, ({ chapter }) => chapter)].map(
  ([name, cases]) => ({
    name,
    titles: cases.map(({ title }) => title),
  }),
)

export async function runLifeCases(
  chapter: string,
  titles: readonly string[],
  launch: Launch,
  accept: (result: CaseResult) => void,
): Promise<void> {
  for (const entry of registry.cases) {
    if (entry.chapter !== chapter || !titles.includes(entry.title)) continue
    accept(await runCase(entry, base => ({ ...base, start: launcher(base, launch) })))
  }
}
