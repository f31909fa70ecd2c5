import type { SitesState, TabSite } from '../../contracts/sites.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { useAreaState } from '../system/use-area-state.ts'

const nothingYet: SitesState = { isOnline: true, tabs: [] }
const sitesOf = (link: BrowserLink) => link.area('sites')

/** What is known of the sites of the open tabs, as long as the window stands. */
export function useSites(link: BrowserLink): SitesState {
  return useAreaState(link, sitesOf, nothingYet)
}

export function siteOfTab(state: SitesState, tabId: string | null): TabSite | null {
  return state.tabs.find(tab => tab.tabId === tabId) ?? null
}
