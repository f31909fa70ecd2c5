import type { GroupHue, OverviewTab, OverviewTabs } from '../../contracts/overview-scene.ts'

export type Order = 'groups' | 'lastUsed' | 'cost'

/** Cards under one heading. */
export interface Section {
  /** Null for the tabs without a group, and where tabs are not shown by groups. */
  readonly group: string | null
  readonly title: string
  readonly hue: GroupHue
  readonly tabs: readonly OverviewTab[]
  /** Of all its tabs, as far as it is known. */
  readonly cpuPercent: number
  readonly memoryBytes: number
  /** Whether its tabs may be sent to sleep together. */
  readonly canSleep: boolean
}

/** The tabs that answer a query, under the headings that the order asks for. Sections without a tab are left out. */
export function sectionsOf(
  all: OverviewTabs,
  order: Order,
  isShown: (tab: OverviewTab) => boolean,
): Section[] {
  const tabs = all.tabs.filter(isShown)
  switch (order) {
    case 'groups':
      return groupSections(all, tabs)
    case 'lastUsed':
      return whole(
        'Last used first',
        tabs.toSorted((one, other) => other.lastUsedAt - one.lastUsedAt),
      )
    case 'cost':
      return whole('Most memory first', tabs.toSorted(byCost))
  }
}

function groupSections(all: OverviewTabs, tabs: readonly OverviewTab[]): Section[] {
  const hues = new Map(all.groups.map(({ name, hue }) => [name, hue]))
  const members = Map.groupBy(tabs, tab => tab.group)
  const named = [...members].flatMap(([group, of]) =>
    group === null ? [] : [section(group, group, hues.get(group) ?? 'slate', of)],
  )
  const without = members.get(null) ?? []
  const title = all.groups.length === 0 ? 'Tabs' : 'No group'
  return without.length === 0 ? named : [...named, section(null, title, 'slate', without)]
}

function whole(title: string, tabs: readonly OverviewTab[]): Section[] {
  return tabs.length === 0 ? [] : [{ ...section(null, title, 'slate', tabs), canSleep: false }]
}

function section(group: string | null, title: string, hue: GroupHue, tabs: readonly OverviewTab[]): Section {
  return {
    group,
    title,
    hue,
    tabs,
    cpuPercent: tabs.reduce((total, tab) => total + (tab.cpuPercent ?? 0), 0),
    memoryBytes: tabs.reduce((total, tab) => total + (tab.memoryBytes ?? 0), 0),
    canSleep: tabs.some(tab => tab.state === 'open' || tab.state === 'loading'),
  }
}

/** What is not known costs nothing that could be said. */
function byCost(one: OverviewTab, other: OverviewTab): number {
  return (other.memoryBytes ?? 0) - (one.memoryBytes ?? 0) || (other.cpuPercent ?? 0) - (one.cpuPercent ?? 0)
}
