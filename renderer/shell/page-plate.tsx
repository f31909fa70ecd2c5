import { useCallback } from 'react'
import type { Area, TabState, WindowState } from '../../contracts/browser.ts'
import { HistoryPage } from '../history/history-page.tsx'
import type { MemoryLink } from '../history/memory-link.ts'
import { Favourites } from '../library/favourites.tsx'
import { PageArea } from '../page-area/page-area.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Browser } from '../system/use-browser.ts'
import { Cover } from './covers.tsx'
import type { OpenParts } from './use-open-parts.ts'
import type { WindowActions } from './use-window-actions.ts'

/** The page, or the page of ours that lies over it. */
export function PagePlate(props: {
  link: BrowserLink
  browser: Browser
  state: WindowState
  tab: TabState | null
  memory: MemoryLink
  parts: OpenParts
  actions: WindowActions
}) {
  const { link, tab, parts, actions } = props
  const { act, attempt } = props.browser
  const tabId = tab?.id ?? null
  const search = useCallback(
    (query: string, limit: number) => link.call('searchHistory', { query, limit }),
    [link],
  )
  const onArea = useCallback((area: Area | null) => act('setPageArea', { area }), [act])
  const history = parts.historyQuery !== null && (
    <HistoryPage
      memory={props.memory}
      link={link}
      initialQuery={parts.historyQuery}
      url={tab?.content.kind === 'page' ? tab.url : null}
      onOpen={actions.go}
      onClose={parts.closeHistory}
    />
  )
  const cover = parts.cover !== null && (
    <Cover
      kind={parts.cover}
      link={link}
      tab={tab}
      tabs={props.state.tabs}
      onOpen={actions.go}
      onClose={parts.closeCover}
    />
  )
  return (
    <PageArea
      tab={tab}
      isCovered={parts.surface !== null}
      cover={history || cover}
      favourites={<Favourites link={link} onOpen={actions.go} />}
      search={search}
      onArea={onArea}
      onGo={actions.go}
      onBack={() => actions.onTab('goBack')}
      onReload={() => actions.onTab('reload')}
      onRestartWithMore={() => {
        if (tabId === null) return
        attempt('restart the page', () => link.area('crashes').restartWithMore({ tabId }))
      }}
      onClose={() => actions.onTab('closeTab')}
      onWait={() => actions.onTab('waitForPage')}
      onEnd={() => actions.onTab('endPage')}
      onProcesses={parts.openDock}
      onContinueUnproven={fingerprint => {
        if (tabId === null) return
        attempt('go on', () => link.area('sites').continueUnproven({ tabId, fingerprint }))
      }}
      onAllowInsecure={isAlways => {
        if (tabId === null) return
        attempt('go on', () => link.area('sites').allowInsecure({ tabId, isAlways }))
      }}
    />
  )
}
