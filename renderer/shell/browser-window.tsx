import { LayoutGrid } from 'lucide-react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Area, WindowState } from '../../contracts/browser.ts'
import { AnalysisPanel } from '../analysis/analysis-panel.tsx'
import { DownloadShelf } from '../downloads/download-shelf.tsx'
import { DownloadsButton } from '../downloads/downloads-button.tsx'
import { useDownloads } from '../downloads/use-downloads.ts'
import { HistoryPage } from '../history/history-page.tsx'
import { memoryLink } from '../history/memory-link.ts'
import { WarningBar } from '../judgement/warning-bar.tsx'
import { BookmarkStar } from '../library/bookmark-star.tsx'
import { Favourites } from '../library/favourites.tsx'
import { useLibraryActions } from '../library/use-library-actions.ts'
import { soundOf, type TabSound } from '../media/media-words.ts'
import { NowPlaying } from '../media/now-playing.tsx'
import { useMedia } from '../media/use-media.ts'
import { ShieldChip } from '../network/shield-chip.tsx'
import { NoticeBar } from '../notices/notice-bar.tsx'
import { Omnibox } from '../omnibox/omnibox.tsx'
import { usePreviews } from '../overview/use-previews.ts'
import { useSurface } from '../overview/use-surface.ts'
import { PageArea } from '../page-area/page-area.tsx'
import { PageCovers, PageCoversContext } from '../page-area/page-covers.tsx'
import { useMessageTraffic } from '../processes/messages/use-message-traffic.ts'
import { ProcessDock } from '../processes/process-dock.tsx'
import { useProcessSamples } from '../processes/use-process-samples.ts'
import type { DockView } from '../processes/view-switch.tsx'
import { ReaderButton } from '../reading/reader-button.tsx'
import { useHovered } from '../reading/use-hovered.ts'
import { SettingsPanel } from '../settings/settings-panel.tsx'
import { SiteIdentity } from '../sites/site-identity.tsx'
import { SiteMarks } from '../sites/site-marks.tsx'
import { siteOfTab, useSites } from '../sites/use-sites.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Browser } from '../system/use-browser.ts'
import { Organiser } from '../tabs/organiser.tsx'
import { TabStrip } from '../tabs/tab-strip.tsx'
import { Cover, type CoverKind, coverOfAddress } from './covers.tsx'
import { MainMenu } from './main-menu.tsx'
import { focusNextPane, returnFocus } from './panes.ts'
import { PanelSeparator } from './separator.tsx'
import { type Command, tabForCommand } from './shortcuts.ts'
import { StatusLine } from './status-line.tsx'
import { Toolbar } from './toolbar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useTheme } from './use-theme.ts'
import { WindowControls } from './window-controls.tsx'

export interface BrowserWindowProps {
  link: BrowserLink
  browser: Browser
  state: WindowState
  isFrameless: boolean
}

type SidePanel = 'analysis' | 'settings'

const panelWidths = { initial: 384, min: 320, max: 560 }
const dockHeights = { initial: 304, min: 160, maxShare: 0.6 }

/** Puts the parts of a window together. What is open here is the window's own affair; all else is the state. */
export function BrowserWindow(props: BrowserWindowProps) {
  const { link, state } = props
  const { act, ask, attempt, failures, dismissFailure } = props.browser
  /** What the page is asked as soon as it is read; null where nothing was asked in the omnibox. */
  const [question, setQuestion] = useState<string | null>(null)
  const [sidePanel, setSidePanel] = useState<SidePanel | null>(null)
  const [isDockOpen, setIsDockOpen] = useState(false)
  /** What the history looks for when it opens; null while it is closed. */
  const [historyQuery, setHistoryQuery] = useState<string | null>(null)
  /** Which other page of ours lies over the tab's; null while none does. */
  const [cover, setCover] = useState<CoverKind | null>(null)
  const [dockView, setDockView] = useState<DockView>('tree')
  const [panelWidth, setPanelWidth] = useState(() => (window.innerWidth < 1120 ? 340 : panelWidths.initial))
  const [dockHeight, setDockHeight] = useState(dockHeights.initial)
  const covers = useMemo(() => new PageCovers(), [])
  const omnibox = useRef<HTMLInputElement>(null)
  useTheme(state.settings.theme)

  const tab = state.tabs.find(candidate => candidate.id === state.activeTabId) ?? null
  const tabId = tab?.id ?? null
  const samples = useProcessSamples(link, act, isDockOpen)
  // the tree needs them too: its rows carry alerts and the p95 to the busiest peer
  const traffic = useMessageTraffic(link, act, isDockOpen)
  const tabProcess = samples.tree?.rows.find(row => tabId !== null && row.tabIds.includes(tabId)) ?? null
  const memoryShares = useMemo(() => {
    const shares = new Map<string, number>()
    for (const row of samples.tree?.rows ?? []) {
      if (row.memoryBytes === null || row.memoryLimitBytes === null || row.memoryLimitBytes === 0) continue
      // the page itself stands before its frames
      for (const id of row.tabIds) if (!shares.has(id)) shares.set(id, row.memoryBytes / row.memoryLimitBytes)
    }
    return shares
  }, [samples.tree])

  const { tabs: playing } = useMedia(link)
  const downloads = useDownloads(link)
  const hovered = useHovered(link, tabId)
  const sites = useSites(link)
  const site = siteOfTab(sites, tabId)
  const sounds = useMemo(
    () => new Map<string, TabSound>(playing.map(media => [media.tabId, soundOf(media)])),
    [playing],
  )
  const preview = usePreviews(link, state.activeTabId)
  const { surface, toggle: toggleSurface, close: closeSurface } = useSurface(link)
  const search = useCallback(
    (query: string, limit: number) => link.call('searchHistory', { query, limit }),
    [link],
  )
  const suggest = useCallback(
    (typed: string, limit: number) => link.call('suggestPages', { typed, limit }),
    [link],
  )
  const findBookmarks = useCallback(
    (query: string, limit: number) => link.area('library').findBookmarks({ query, tag: null, limit }),
    [link],
  )
  const read = useCallback((input: string) => link.call('readInput', { input }), [link])
  const memory = useMemo(() => memoryLink(link), [link])
  // another tab is another page to look at
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tab is the occasion
  useEffect(() => {
    setHistoryQuery(null)
    setCover(null)
    setQuestion(null)
  }, [tabId])
  const onArea = useCallback((area: Area | null) => act('setPageArea', { area }), [act])
  const onTab = useCallback(
    (
      method:
        | 'goBack'
        | 'goForward'
        | 'reload'
        | 'stop'
        | 'closeTab'
        | 'analyze'
        | 'cancelAnalysis'
        | 'trustSite'
        | 'endPage'
        | 'waitForPage',
    ) => {
      if (tabId !== null) act(method, { tabId })
    },
    [act, tabId],
  )
  const library = useLibraryActions(
    link,
    attempt,
    useMemo(
      () => ({
        onReload: (id: string) => act('reload', { tabId: id }),
        onReopen: () => act('reopenTab', {}),
      }),
      [act],
    ),
  )
  const go = (input: string) => {
    const wanted = coverOfAddress(input)
    if (wanted !== null) {
      openCover(wanted)
      return
    }
    if (surface !== null) closeSurface()
    setHistoryQuery(null)
    setCover(null)
    if (tabId === null) act('newTab', { input })
    else act('go', { tabId, input })
  }
  const leave = () => {
    if (tab?.canGoBack) {
      onTab('goBack')
      return
    }
    act('newTab', { input: null })
    onTab('closeTab')
  }
  const newTab = () => {
    act('newTab', { input: null })
    omnibox.current?.focus()
  }
  const focusOmnibox = () => {
    omnibox.current?.focus()
    omnibox.current?.select()
  }

  // a new tab is opened to go somewhere: the field is ready for it
  const isEmptyTab = tab?.content.kind === 'newTab'
  // biome-ignore lint/correctness/useExhaustiveDependencies: another empty tab is another occasion
  useEffect(() => {
    if (isEmptyTab) omnibox.current?.focus()
  }, [isEmptyTab, tabId])

  const canAnalyze = tab?.content.kind === 'page'
  const analyze = () => {
    setSidePanel('analysis')
    if (canAnalyze && tab.analysis.kind === 'none') onTab('analyze')
  }
  const askPage = (words: string) => {
    analyze()
    setQuestion(words)
  }
  const toggleAnalysis = () => {
    if (sidePanel === 'analysis') closeSidePanel()
    else analyze()
  }
  const closeSidePanel = () => {
    returnFocus(document, 'side-panel', sidePanel === 'settings' ? 'open-menu' : 'open-analysis')
    setSidePanel(null)
  }
  const openCover = (kind: CoverKind | 'history') => {
    if (kind === 'history') {
      openHistory('')
      return
    }
    if (surface !== null) closeSurface()
    setHistoryQuery(null)
    setCover(kind)
  }
  const closeCover = () => {
    returnFocus(document, 'cover-page', 'open-menu')
    setCover(null)
  }
  const openHistory = (query: string) => {
    if (surface !== null) closeSurface()
    setCover(null)
    if (historyQuery === null) setHistoryQuery(query)
    else document.querySelector<HTMLElement>('#history-page input')?.focus()
  }
  const closeHistory = () => {
    returnFocus(document, 'history-page', 'open-menu')
    setHistoryQuery(null)
  }
  const closeDock = () => {
    returnFocus(document, 'process-dock', 'open-processes')
    setIsDockOpen(false)
  }
  const toggleDock = () => {
    if (isDockOpen) closeDock()
    else setIsDockOpen(true)
  }
  const closePanel = (): boolean => {
    if (surface !== null) closeSurface()
    else if (historyQuery !== null) closeHistory()
    else if (cover !== null) closeCover()
    else if (tab?.isLoading) onTab('stop')
    else if (sidePanel !== null) closeSidePanel()
    else if (isDockOpen) closeDock()
    else return false
    return true
  }

  const run = (command: Command): boolean => {
    const wanted = tabForCommand(
      command,
      state.tabs.map(candidate => candidate.id),
      state.activeTabId,
    )
    switch (command.kind) {
      case 'newTab':
        newTab()
        return true
      case 'newPrivateTab':
        library.newPrivateTab()
        return true
      case 'closeTab':
        onTab('closeTab')
        return true
      case 'reopenTab':
        act('reopenTab', {})
        return true
      case 'focusOmnibox':
        focusOmnibox()
        return true
      case 'reload':
        onTab('reload')
        return true
      case 'back':
        if (tab?.canGoBack) onTab('goBack')
        return true
      case 'forward':
        if (tab?.canGoForward) onTab('goForward')
        return true
      case 'nextTab':
      case 'previousTab':
      case 'showTab':
        if (wanted !== null) act('activateTab', { tabId: wanted })
        return true
      case 'toggleProcesses':
        toggleDock()
        return true
      case 'analyze':
        analyze()
        return true
      case 'history':
        openHistory('')
        return true
      case 'overview':
      case 'map':
        toggleSurface(command.kind)
        return true
      case 'reader':
        openCover('reader')
        return true
      case 'downloads':
      case 'bookmarks':
      case 'network':
        openCover(command.kind)
        return true
      case 'keepPage':
        document.getElementById('bookmark-star')?.click()
        return true
      case 'zoom':
        if (tabId !== null) {
          attempt('change the zoom', () => link.area('sites').zoom({ tabId, to: command.to }))
        }
        return true
      case 'settings':
        setSidePanel('settings')
        return true
      case 'organise':
        document.getElementById('organise-tabs')?.click()
        return true
      case 'nextPane':
        focusNextPane(document, document.activeElement)
        return true
      case 'closePanel':
        return closePanel()
    }
  }
  useShortcuts(run)
  const latestRun = useRef(run)
  useLayoutEffect(() => {
    latestRun.current = run
  })
  useLayoutEffect(() => link.onShortcut(shortcut => void latestRun.current({ kind: shortcut })), [link])

  const panelMax = Math.min(panelWidths.max, Math.round(window.innerWidth * 0.6))
  const dockMax = Math.round(window.innerHeight * dockHeights.maxShare)
  return (
    <PageCoversContext value={covers}>
      <div className="nx-window" data-private={tab?.isPrivate || undefined}>
        <header>
          <TabStrip
            tabs={state.tabs}
            activeTabId={state.activeTabId}
            memoryShares={memoryShares}
            sounds={sounds}
            isFrameless={props.isFrameless}
            organiser={
              <>
                <button
                  type="button"
                  className="nx-ib nx-ib--s"
                  id="open-overview"
                  aria-label="All tabs"
                  title="All tabs (Ctrl+Shift+Space)"
                  aria-pressed={surface === 'overview'}
                  onClick={() => toggleSurface('overview')}
                >
                  <LayoutGrid className="i" />
                </button>
                <Organiser tabs={state.tabs} act={act} ask={ask} />
              </>
            }
            windowControls={
              props.isFrameless && !state.isFullScreen ? (
                <WindowControls onAction={action => act('windowControl', { action })} />
              ) : null
            }
            onNewTab={newTab}
            onActivate={id => act('activateTab', { tabId: id })}
            onClose={id => act('closeTab', { tabId: id })}
            hasPreviews={state.settings.showsPreviews}
            onHover={preview}
            onMute={(id, isMuted) =>
              void link
                .area('media')
                .setTabMuted({ tabId: id, isMuted })
                .catch(() => {})
            }
            onMove={(id, position) => act('moveTab', { tabId: id, position })}
            onAction={(id, action) => {
              if (action.kind === 'mute') return
              library.onTab(id, state.tabs.find(one => one.id === id)?.url ?? '', action)
            }}
          />
          <Toolbar
            tab={tab}
            processCount={samples.tree?.rows.length ?? state.processCount ?? null}
            alerts={traffic?.alerts ?? []}
            isAnalysisOpen={sidePanel === 'analysis'}
            isDockOpen={isDockOpen}
            onBack={() => onTab('goBack')}
            onForward={() => onTab('goForward')}
            onReload={() => onTab('reload')}
            onStop={() => onTab('stop')}
            onAnalyze={toggleAnalysis}
            onToggleProcesses={toggleDock}
            omnibox={
              <Omnibox
                tab={tab}
                tabs={state.tabs}
                inputRef={omnibox}
                tools={
                  <>
                    <ShieldChip
                      link={link}
                      tab={tab}
                      settings={state.settings}
                      onNetwork={() => openCover('network')}
                    />
                    <ReaderButton
                      link={link}
                      tab={tab}
                      isOpen={cover === 'reader'}
                      onPress={() => (cover === 'reader' ? closeCover() : openCover('reader'))}
                    />
                    <BookmarkStar link={link} tab={tab} attempt={attempt} />
                  </>
                }
                identity={(mark, isSite) =>
                  tab !== null && isSite ? (
                    <SiteIdentity link={link} tabId={tab.id} site={site} onSites={() => openCover('sites')}>
                      {mark}
                    </SiteIdentity>
                  ) : (
                    mark
                  )
                }
                marks={<SiteMarks link={link} site={site} attempt={attempt} />}
                onGo={go}
                onNewTab={input => act('newTab', { input })}
                onActivateTab={id => act('activateTab', { tabId: id })}
                search={suggest}
                read={read}
                onCommand={command => act('runCommand', { command })}
                onAskPage={askPage}
                onRecall={openHistory}
                findBookmarks={findBookmarks}
              />
            }
            nowPlaying={
              <NowPlaying
                link={link}
                playing={playing}
                tabs={state.tabs}
                onShow={id => act('activateTab', { tabId: id })}
                onAll={() => openCover('media')}
              />
            }
            downloads={
              <DownloadsButton
                downloads={downloads}
                isOpen={cover === 'downloads'}
                onPress={() => (cover === 'downloads' ? closeCover() : openCover('downloads'))}
              />
            }
            menu={
              <MainMenu
                canAnalyze={canAnalyze}
                onNewTab={newTab}
                onNewPrivateTab={library.newPrivateTab}
                onReopenTab={() => act('reopenTab', {})}
                onAnalyze={analyze}
                onHistory={() => openHistory('')}
                onCover={openCover}
                onSurface={toggleSurface}
                onProcesses={() => setIsDockOpen(true)}
                onSettings={() => setSidePanel('settings')}
              />
            }
          />
          <NoticeBar
            notices={[...state.notices, ...failures]}
            onDismiss={id =>
              failures.some(failure => failure.id === id) ? dismissFailure(id) : act('dismissNotice', { id })
            }
          />
          <WarningBar tab={tab} onLeave={leave} onTrust={() => onTab('trustSite')} />
        </header>
        <div className="nx-body">
          <div className="nx-column">
            <PageArea
              tab={tab}
              isCovered={surface !== null}
              cover={
                historyQuery === null ? (
                  cover !== null && (
                    <Cover
                      kind={cover}
                      link={link}
                      tab={tab}
                      tabs={state.tabs}
                      onOpen={go}
                      onClose={closeCover}
                    />
                  )
                ) : (
                  <HistoryPage
                    memory={memory}
                    link={link}
                    initialQuery={historyQuery}
                    url={tab?.content.kind === 'page' ? tab.url : null}
                    onOpen={go}
                    onClose={closeHistory}
                  />
                )
              }
              favourites={<Favourites link={link} onOpen={go} />}
              search={search}
              onArea={onArea}
              onGo={go}
              onBack={() => onTab('goBack')}
              onReload={() => onTab('reload')}
              onClose={() => onTab('closeTab')}
              onWait={() => onTab('waitForPage')}
              onEnd={() => onTab('endPage')}
              onProcesses={() => setIsDockOpen(true)}
              onContinueUnproven={fingerprint => {
                if (tabId === null) return
                attempt('go on', () => link.area('sites').continueUnproven({ tabId, fingerprint }))
              }}
              onAllowInsecure={isAlways => {
                if (tabId === null) return
                attempt('go on', () => link.area('sites').allowInsecure({ tabId, isAlways }))
              }}
            />
            {isDockOpen && (
              <>
                <PanelSeparator
                  label="Height of the process panel"
                  orientation="horizontal"
                  value={Math.min(dockHeight, dockMax)}
                  min={dockHeights.min}
                  max={dockMax}
                  onChange={setDockHeight}
                />
                <section
                  className="nx-plate nx-dock"
                  id="process-dock"
                  aria-label="Processes"
                  style={{ height: Math.min(dockHeight, dockMax) }}
                >
                  <ProcessDock
                    tree={samples.tree}
                    history={samples.history}
                    traffic={traffic}
                    view={dockView}
                    activeTabId={tabId}
                    onView={setDockView}
                    onEnd={processId => act('endProcess', { processId })}
                    onShowTab={id => act('activateTab', { tabId: id })}
                    onClose={closeDock}
                  />
                </section>
              </>
            )}
          </div>
          {sidePanel !== null && (
            <>
              <PanelSeparator
                label="Width of the side panel"
                orientation="vertical"
                value={Math.min(panelWidth, panelMax)}
                min={panelWidths.min}
                max={panelMax}
                onChange={setPanelWidth}
              />
              <aside
                className="nx-plate nx-plate--panel"
                id="side-panel"
                aria-label={sidePanel === 'analysis' ? 'Analysis' : 'Settings'}
                style={{ width: Math.min(panelWidth, panelMax) }}
              >
                {sidePanel === 'analysis' ? (
                  <AnalysisPanel
                    tab={tab}
                    ask={ask}
                    question={question}
                    memory={memory}
                    onOpen={url => act('newTab', { input: url })}
                    onAnalyze={() => onTab('analyze')}
                    onCancel={() => onTab('cancelAnalysis')}
                    onClose={closeSidePanel}
                  />
                ) : (
                  <SettingsPanel
                    link={link}
                    settings={state.settings}
                    onSave={change => act('saveSettings', change)}
                    onClose={closeSidePanel}
                  />
                )}
              </aside>
            </>
          )}
        </div>
        <DownloadShelf
          link={link}
          downloads={downloads}
          attempt={attempt}
          onAll={() => openCover('downloads')}
        />
        <StatusLine tab={tab} process={tabProcess} isOnline={sites.isOnline} hovered={hovered} />
      </div>
    </PageCoversContext>
  )
}
