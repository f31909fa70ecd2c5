import type { TabState, WindowState } from '../../contracts/browser.ts'
import { groupHue } from '../../contracts/group-hue.ts'
import type { MediaTab } from '../../contracts/media-for-chrome.ts'
import type { OverviewTab, OverviewTabs } from '../../contracts/overview-scene.ts'
import type { ProcessRow } from '../../contracts/processes.ts'

export interface OverviewFacts {
  readonly state: Pick<WindowState, 'tabs' | 'activeTabId'>
  readonly media: readonly MediaTab[]
  /** Empty while nothing samples. */
  readonly processes: readonly ProcessRow[]
  /** When each tab was last looked at, in milliseconds since the epoch. */
  readonly usedAt: ReadonlyMap<string, number>
}

/** The tabs of the window as the overview tells of them. Pure. */
export function overviewTabs({ state, media, processes, usedAt }: OverviewFacts): OverviewTabs {
  const sounds = new Map(media.map(one => [one.tabId, one]))
  const rows = new Map<string, ProcessRow>()
  // The page itself stands before its frames.
  for (const row of processes) for (const id of row.tabIds) if (!rows.has(id)) rows.set(id, row)
  const groups = new Set(state.tabs.flatMap(tab => tab.group ?? []))
  return {
    tabs: state.tabs.map(tab => overviewTab(tab, sounds.get(tab.id), rows.get(tab.id), usedAt.get(tab.id))),
    groups: [...groups].map(name => ({ name, hue: groupHue(name) })),
    activeTabId: state.activeTabId,
  }
}

function overviewTab(
  tab: TabState,
  media: MediaTab | undefined,
  row: ProcessRow | undefined,
  usedAt: number | undefined,
): OverviewTab {
  return {
    id: tab.id,
    title: tab.title,
    site: tab.site,
    url: tab.url,
    group: tab.group,
    iconDataUrl: tab.iconDataUrl,
    state: stateOf(tab),
    sound: soundOf(media),
    isPrivate: tab.isPrivate,
    cpuPercent: row?.cpuPercent ?? null,
    memoryBytes: row?.memoryBytes ?? null,
    memoryLimitBytes: row?.memoryLimitBytes ?? null,
    lastUsedAt: usedAt ?? 0,
  }
}

function stateOf(tab: TabState): OverviewTab['state'] {
  switch (tab.content.kind) {
    case 'gone':
      return 'stopped'
    case 'newTab':
      return 'unloaded'
    case 'problem':
    case 'unresponsive':
      return 'open'
    case 'page':
      if (tab.isLoading) return 'loading'
      return tab.pid === null ? 'sleeping' : 'open'
  }
}

function soundOf(media: MediaTab | undefined): OverviewTab['sound'] {
  if (media === undefined || !media.isPlaying) return 'none'
  return media.isTabMuted || media.isSiteMuted ? 'muted' : 'playing'
}
