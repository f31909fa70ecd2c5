import { type RefObject, useCallback } from 'react'
import type { TabState, WindowState } from '../../contracts/browser.ts'
import type { MediaState } from '../../contracts/media-for-chrome.ts'
import type { TabSite } from '../../contracts/sites.ts'
import { DownloadsButton } from '../downloads/downloads-button.tsx'
import type { DownloadsState } from '../downloads/use-downloads.ts'
import { BookmarkStar } from '../library/bookmark-star.tsx'
import { NowPlaying } from '../media/now-playing.tsx'
import { ShieldChip } from '../network/shield-chip.tsx'
import { Omnibox } from '../omnibox/omnibox.tsx'
import type { ProcessWatch } from '../processes/process-watch.ts'
import { ProcessesButton } from '../processes/processes-button.tsx'
import { ReaderButton } from '../reading/reader-button.tsx'
import { SiteIdentity } from '../sites/site-identity.tsx'
import { SiteMarks } from '../sites/site-marks.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Browser } from '../system/use-browser.ts'
import { MainMenu } from './main-menu.tsx'
import { Toolbar } from './toolbar.tsx'
import type { OpenParts } from './use-open-parts.ts'
import type { WindowActions } from './use-window-actions.ts'

export interface WindowToolbarProps {
  link: BrowserLink
  browser: Browser
  state: WindowState
  tab: TabState | null
  site: TabSite | null
  watch: ProcessWatch
  playing: MediaState['tabs']
  downloads: DownloadsState
  parts: OpenParts
  actions: WindowActions
  omnibox: RefObject<HTMLInputElement | null>
}

/** The toolbar with the omnibox and everything that hangs from either. */
export function WindowToolbar(props: WindowToolbarProps) {
  const { link, state, tab, parts, actions } = props
  const { act } = props.browser
  return (
    <Toolbar
      tab={tab}
      isAnalysisOpen={parts.sidePanel === 'analysis'}
      onBack={() => actions.onTab('goBack')}
      onForward={() => actions.onTab('goForward')}
      onReload={() => actions.onTab('reload')}
      onStop={() => actions.onTab('stop')}
      onAnalyze={actions.toggleAnalysis}
      omnibox={<WindowOmnibox {...props} />}
      nowPlaying={
        <NowPlaying
          link={link}
          playing={props.playing}
          tabs={state.tabs}
          onShow={actions.showTab}
          onAll={() => parts.openCover('media')}
        />
      }
      downloads={
        <DownloadsButton
          downloads={props.downloads}
          isOpen={parts.cover === 'downloads'}
          onPress={() => parts.toggleCover('downloads')}
        />
      }
      processes={
        <ProcessesButton
          watch={props.watch}
          count={state.processCount ?? null}
          isOpen={parts.isDockOpen}
          onPress={parts.toggleDock}
        />
      }
      menu={
        <MainMenu
          canAnalyze={actions.canAnalyze}
          onNewTab={actions.newTab}
          onNewPrivateTab={actions.library.newPrivateTab}
          onReopenTab={() => act('reopenTab', {})}
          onAnalyze={actions.analyze}
          onHistory={() => parts.openHistory('')}
          onCover={parts.openCover}
          onSurface={parts.toggleSurface}
          onProcesses={parts.openDock}
          onSettings={() => parts.openSidePanel('settings')}
        />
      }
    />
  )
}

function WindowOmnibox(props: WindowToolbarProps) {
  const { link, state, tab, site, parts, actions } = props
  const { act, attempt } = props.browser
  const suggest = useCallback(
    (typed: string, limit: number) => link.call('suggestPages', { typed, limit }),
    [link],
  )
  const findBookmarks = useCallback(
    (query: string, limit: number) => link.area('library').findBookmarks({ query, tag: null, limit }),
    [link],
  )
  const read = useCallback((input: string) => link.call('readInput', { input }), [link])
  return (
    <Omnibox
      tab={tab}
      tabs={state.tabs}
      inputRef={props.omnibox}
      tools={
        <>
          <ShieldChip
            link={link}
            tab={tab}
            settings={state.settings}
            onNetwork={() => parts.openCover('network')}
          />
          <ReaderButton
            link={link}
            tab={tab}
            isOpen={parts.cover === 'reader'}
            onPress={() => parts.toggleCover('reader')}
          />
          <BookmarkStar link={link} tab={tab} attempt={attempt} />
        </>
      }
      identity={(mark, isSite) =>
        tab !== null && isSite ? (
          <SiteIdentity link={link} tabId={tab.id} site={site} onSites={() => parts.openCover('sites')}>
            {mark}
          </SiteIdentity>
        ) : (
          mark
        )
      }
      marks={<SiteMarks link={link} site={site} attempt={attempt} />}
      onGo={actions.go}
      onNewTab={input => act('newTab', { input })}
      onActivateTab={actions.showTab}
      search={suggest}
      read={read}
      onCommand={command => act('runCommand', { command })}
      onAskPage={actions.askPage}
      onRecall={parts.openHistory}
      findBookmarks={findBookmarks}
    />
  )
}
