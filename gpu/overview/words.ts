import type { OverviewTab, OverviewTabs } from '../../contracts/overview-scene.ts'
import type { Section } from './sections.ts'

const megabyte = 1024 * 1024

export function tabTitle(tab: OverviewTab): string {
  if (tab.title !== '') return tab.title
  return tab.url === '' ? 'New tab' : (tab.site ?? tab.url)
}

/** "430 MB"; "0" for a tab that was put to sleep; nothing where it is not known. */
export function memoryText(tab: OverviewTab): string {
  if (tab.state === 'sleeping') return '0'
  if (tab.memoryBytes === null || tab.state === 'stopped') return ''
  return megabytes(tab.memoryBytes)
}

function megabytes(bytes: number): string {
  return `${Math.max(bytes > 0 ? 1 : 0, Math.round(bytes / megabyte))} MB`
}

export function countText(count: number): string {
  return count === 1 ? '1 tab' : `${count} tabs`
}

/** "CPU 4.8 % · 642 MB" */
export function costText({ cpuPercent, memoryBytes, tabs }: Section): string {
  const isKnown = tabs.some(tab => tab.memoryBytes !== null)
  return isKnown ? `CPU ${cpuPercent.toFixed(1)} % · ${megabytes(memoryBytes)}` : ''
}

/** The name of a card for a reader: what its marks show is in it. */
export function cardName(tab: OverviewTab, isActive: boolean): string {
  const states = [
    isActive ? 'in view' : '',
    tab.isPrivate ? 'private' : '',
    stateWord(tab),
    tab.sound === 'none' ? '' : tab.sound,
  ]
  return [tabTitle(tab), ...states.filter(word => word !== '')].join(', ')
}

/** What a card costs, for a reader; nothing where it is not known. */
export function costWords(tab: OverviewTab): string {
  const isKnown = tab.memoryBytes !== null && tab.state !== 'sleeping' && tab.state !== 'stopped'
  return isKnown ? `${Math.round((tab.memoryBytes ?? 0) / megabyte)} megabytes` : ''
}

function stateWord(tab: OverviewTab): string {
  switch (tab.state) {
    case 'open':
      return ''
    case 'unloaded':
      return tab.url === '' ? '' : 'not loaded'
    case 'stopped':
      return 'stopped by a fault'
    case 'loading':
    case 'sleeping':
      return tab.state
  }
}

/** "11 tabs, 2 groups, 2 sleeping" */
export function summary({ tabs, groups }: OverviewTabs): string {
  const used = groups.filter(({ name }) => tabs.some(tab => tab.group === name)).length
  const sleeping = tabs.filter(tab => tab.state === 'sleeping').length
  const parts = [countText(tabs.length)]
  if (used > 0) parts.push(used === 1 ? '1 group' : `${used} groups`)
  if (sleeping > 0) parts.push(`${sleeping} sleeping`)
  return parts.join(', ')
}
