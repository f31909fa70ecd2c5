import { createContext, use, useMemo } from 'react'
import type { ProcessAction, ProcessRow } from '../../contracts/processes.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Act, Attempt } from '../system/use-browser.ts'
import type { ProcessWatch } from './process-watch.ts'
import { actionWords } from './row-actions.ts'

export type DumpFormat = 'txt' | 'json'

/** What the views of the processes ask for. Whatever fails is said in a notice. */
export interface ProcessHands {
  act(row: ProcessRow, action: ProcessAction): void
  copy(text: string): void
  save(text: string, format: DumpFormat): void
  showTab(tabId: string): void
  /** Remembers which columns are not shown. */
  hideColumns(ids: readonly string[]): void
}

/** What the dock and the page of the processes have in common. */
export interface ProcessesContents {
  readonly link: BrowserLink
  readonly watch: ProcessWatch
  readonly hands: ProcessHands
  readonly activeTabId: string | null
  readonly hiddenColumns: readonly string[]
}

const ProcessesContext = createContext<ProcessesContents | null>(null)

export const ProcessesProvider = ProcessesContext.Provider

export function useProcesses(): ProcessesContents {
  const contents = use(ProcessesContext)
  if (contents === null) throw new Error('There are no processes to show outside of a window')
  return contents
}

export interface ProcessesContentsOptions {
  readonly link: BrowserLink
  readonly act: Act
  readonly attempt: Attempt
  readonly watch: ProcessWatch
  readonly activeTabId: string | null
  readonly hiddenColumns: readonly string[]
}

export function useProcessesContents(options: ProcessesContentsOptions): ProcessesContents {
  const { link, act, attempt, watch, activeTabId, hiddenColumns } = options
  const hands = useMemo<ProcessHands>(
    () => ({
      act: (row, action) =>
        attempt(actionWords(action, row), () => link.area('processes').act({ processId: row.id, action })),
      copy: text => attempt('copy', () => link.area('processes').copy({ text })),
      save: (text, format) =>
        attempt('save the processes', () => link.area('processes').save({ text, format })),
      showTab: tabId => act('activateTab', { tabId }),
      hideColumns: ids => act('saveSettings', { hiddenProcessColumns: [...ids] }),
    }),
    [link, act, attempt],
  )
  return useMemo(
    () => ({ link, watch, hands, activeTabId, hiddenColumns }),
    [link, watch, hands, activeTabId, hiddenColumns],
  )
}
