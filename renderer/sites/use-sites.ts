import { useEffect, useState } from 'react'
import type { SitesState, TabSite } from '../../contracts/sites.ts'
import type { BrowserLink } from '../system/browser-link.ts'

const nothingYet: SitesState = { isOnline: true, tabs: [] }

/** What is known of the sites of the open tabs, as long as the window stands. */
export function useSites(link: BrowserLink): SitesState {
  const [state, setState] = useState(nothingYet)
  useEffect(() => {
    const sites = link.area('sites')
    let isWanted = true
    const listening = sites.on('changed', changed => {
      // It is newer than what was asked for before it.
      isWanted = false
      setState(changed)
    })
    sites.state({}).then(
      first => {
        if (isWanted) setState(first)
      },
      () => {},
    )
    return () => {
      isWanted = false
      listening[Symbol.dispose]()
    }
  }, [link])
  return state
}

export function siteOfTab(state: SitesState, tabId: string | null): TabSite | null {
  return state.tabs.find(tab => tab.tabId === tabId) ?? null
}
