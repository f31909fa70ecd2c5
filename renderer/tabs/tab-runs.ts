import type { TabState } from '../../contracts/browser.ts'

/** Tabs that stand side by side: of one group, or of none. */
export interface TabRun {
  readonly group: string | null
  readonly tabs: readonly TabState[]
}

/** The tabs cut wherever the group changes. */
export function tabRuns(tabs: readonly TabState[]): TabRun[] {
  const runs: { group: string | null; tabs: TabState[] }[] = []
  for (const tab of tabs) {
    const last = runs.at(-1)
    if (last !== undefined && last.group === tab.group) last.tabs.push(tab)
    else runs.push({ group: tab.group, tabs: [tab] })
  }
  return runs
}
