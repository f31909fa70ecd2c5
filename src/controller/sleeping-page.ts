import type { NavigationEntry } from 'electron'
import type { KeptField, StoredItem } from '../../contracts/page-state.ts'

/**
 * What a page that sleeps comes back with. It holds what a person typed, and what the page stored for its tab: it is in
 * main's memory alone, is never written down, and goes with the tab.
 */
export interface SleepingPage {
  /** The address that it was kept of; it means nothing for another. */
  readonly url: string
  readonly fields: readonly KeptField[]
  /** Of its session storage. */
  readonly session: readonly StoredItem[]
  readonly history: {
    readonly entries: readonly NavigationEntry[]
    readonly index: number
  }
}
