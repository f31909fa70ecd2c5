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

const hues = ['moss', 'teal', 'sky', 'indigo', 'plum', 'rose', 'ochre', 'slate'] as const

/** The same colour for the same name, in every window and every session. */
export function groupHue(name: string): (typeof hues)[number] {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973
  return hues[sum % hues.length] ?? 'slate'
}
