import type { GroupHue, MeaningMap, OverviewTab, OverviewTabs } from '../../contracts/overview-scene.ts'

const megabyte = 1024 * 1024
const base: OverviewTab = {
  id: '',
  title: '',
  site: null,
  url: '',
  group: null,
  iconDataUrl: null,
  state: 'open',
  sound: 'none',
  isPrivate: false,
  cpuPercent: 0.4,
  memoryBytes: null,
  memoryLimitBytes: 512 * megabyte,
  lastUsedAt: 0,
}

function tab(id: string, title: string, site: string, group: string | null, memory: number): OverviewTab {
  const url = `https://${site}/${id}`
  return {
    ...base,
    id,
    title,
    site,
    url,
    group,
    memoryBytes: memory * megabyte,
    lastUsedAt: 1_800_000_000_000 + memory,
  }
}

/** The window of the design. */
export const designTabs: OverviewTabs = {
  tabs: [
    tab('tide', 'Listening to the tide', 'harbourlog.example', 'Sea project', 148),
    tab('map', 'Station map, west coast', 'kartverk.example', 'Sea project', 430),
    { ...tab('notes', 'Field notes, April', 'fieldnotes.example', 'Sea project', 0), state: 'sleeping' },
    tab('datum', 'Harbour datum tables', 'sea.example', 'Sea project', 64),
    tab('board', 'Board: spring planting', 'board.example', 'Kitchen', 96),
    tab('bread', 'Bread without hurry', 'loaf.example', 'Kitchen', 62),
    { ...tab('seed', 'Seed exchange', 'seeds.example', 'Kitchen', 0), state: 'sleeping' },
    { ...tab('piano', 'Slow piano, live', 'slowpiano.example', null, 210), sound: 'playing' },
    { ...tab('video', 'Video lab', 'videolab.example', null, 0), state: 'stopped' },
    tab('mail', 'Mail', 'mail.example', null, 122),
    tab('calendar', 'Calendar', '7days.example', null, 20),
  ],
  groups: [
    { name: 'Sea project', hue: 'sky' },
    { name: 'Kitchen', hue: 'moss' },
  ],
  activeTabId: 'tide',
}

const hues: readonly GroupHue[] = ['moss', 'teal', 'sky', 'indigo', 'plum', 'rose', 'ochre', 'slate']

/** So many tabs, a third of them in groups. */
export function manyTabs(count: number): OverviewTabs {
  const tabs = Array.from({ length: count }, (_, index) => {
    const group =
      index % 3 === 0
        ? (['Sea project', 'Kitchen', 'Reading'][index % 9 === 0 ? 0 : index % 2] ?? null)
        : null
    return tab(
      `tab-${index}`,
      `Page number ${index} of a long afternoon`,
      `site${index}.example`,
      group,
      20 + ((index * 37) % 500),
    )
  })
  const groups = [...new Set(tabs.flatMap(one => one.group ?? []))]
  return {
    tabs,
    groups: groups.map((name, index) => ({ name, hue: hues[index % hues.length] ?? 'slate' })),
    activeTabId: tabs[Math.min(5, count - 1)]?.id ?? null,
  }
}

/** So many pages in clouds, the same each time. */
export function sampleMap(count: number): MeaningMap {
  let seed = 7
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const regions = [
    'Sea and tides',
    'Gardening',
    'Baking',
    'Compilers',
    'Piano',
    'Maps',
    'Weather',
    'Letters',
  ].map((label, index) => ({
    label,
    hue: hues[index] ?? 'slate',
    x: Math.cos((index * Math.PI) / 4) * (3 + (index % 2)),
    y: Math.sin((index * Math.PI) / 4) * 2.4,
  }))
  const points = Array.from({ length: count }, (_, index) => {
    const region = regions[index % regions.length]
    const [across, down] = [random() + random() + random() - 1.5, random() + random() + random() - 1.5]
    return {
      id: `point-${index}`,
      x: (region?.x ?? 0) + across,
      y: (region?.y ?? 0) + down,
      label: `${region?.label ?? ''}: page ${index}`,
      detail: `site${index % 30}.example`,
      kind: index % 6 === 0 ? ('tab' as const) : ('history' as const),
      hue: region?.hue ?? 'slate',
      weight: random() ** 3,
    }
  })
  return { points, regions }
}
