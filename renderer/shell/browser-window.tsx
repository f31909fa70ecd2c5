import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { WindowState } from '../../contracts/browser.ts'
import { DownloadShelf } from '../downloads/download-shelf.tsx'
import { useDownloads } from '../downloads/use-downloads.ts'
import { memoryLink } from '../history/memory-link.ts'
import { WarningBar } from '../judgement/warning-bar.tsx'
import { useMedia } from '../media/use-media.ts'
import { NoticeBar } from '../notices/notice-bar.tsx'
import { PageCovers, PageCoversContext } from '../page-area/page-covers.tsx'
import { ProcessDock } from '../processes/process-dock.tsx'
import { useProcessWatch } from '../processes/process-watch.ts'
import { ProcessesProvider, useProcessesContents } from '../processes/processes-context.tsx'
import { useHovered } from '../reading/use-hovered.ts'
import { siteOfTab, useSites } from '../sites/use-sites.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Browser } from '../system/use-browser.ts'
import { DockPlate } from './dock-plate.tsx'
import { PagePlate } from './page-plate.tsx'
import { runCommand } from './run-command.ts'
import type { Command } from './shortcuts.ts'
import { SidePlate } from './side-plate.tsx'
import { StatusLine } from './status-line.tsx'
import { useOpenParts } from './use-open-parts.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useTheme } from './use-theme.ts'
import { useWindowActions } from './use-window-actions.ts'
import { WindowTabs } from './window-tabs.tsx'
import { WindowToolbar } from './window-toolbar.tsx'

export interface BrowserWindowProps {
  link: BrowserLink
  browser: Browser
  state: WindowState
  isFrameless: boolean
}

/** Puts the parts of a window together. What is open here is the window's own affair; all else is the state. */
export function BrowserWindow(props: BrowserWindowProps) {
  const { link, browser, state } = props
  const { act, attempt, failures, dismissFailure } = browser
  const covers = useMemo(() => new PageCovers(), [])
  const omnibox = useRef<HTMLInputElement>(null)
  useTheme(state.settings.theme)

  const tab = state.tabs.find(candidate => candidate.id === state.activeTabId) ?? null
  const tabId = tab?.id ?? null
  const parts = useOpenParts(link, tabId)
  const actions = useWindowActions({ link, act, attempt, tab, parts, omnibox })
  const watch = useProcessWatch(link, act, parts.isDockOpen || parts.cover === 'processes')
  const processes = useProcessesContents({
    link,
    act,
    attempt,
    watch,
    activeTabId: tabId,
    hiddenColumns: state.settings.hiddenProcessColumns,
  })
  const { tabs: playing } = useMedia(link)
  const downloads = useDownloads(link)
  const hovered = useHovered(link, tabId)
  const sites = useSites(link)
  const memory = useMemo(() => memoryLink(link), [link])

  // a new tab is opened to go somewhere: the field is ready for it
  const isEmptyTab = tab?.content.kind === 'newTab'
  // biome-ignore lint/correctness/useExhaustiveDependencies: another empty tab is another occasion
  useEffect(() => {
    if (isEmptyTab) omnibox.current?.focus()
  }, [isEmptyTab, tabId])

  const run = (command: Command) => runCommand(command, { link, act, attempt, state, tab, parts, actions })
  useShortcuts(run)
  const latestRun = useRef(run)
  useLayoutEffect(() => {
    latestRun.current = run
  })
  useLayoutEffect(() => link.onShortcut(shortcut => void latestRun.current({ kind: shortcut })), [link])

  const common = { link, browser, state, tab, parts, actions }
  return (
    <PageCoversContext value={covers}>
      <div className="nx-window" data-private={tab?.isPrivate || undefined}>
        <header>
          <WindowTabs {...common} watch={watch} playing={playing} isFrameless={props.isFrameless} />
          <WindowToolbar
            {...common}
            site={siteOfTab(sites, tabId)}
            watch={watch}
            playing={playing}
            downloads={downloads}
            omnibox={omnibox}
          />
          <NoticeBar
            notices={[...state.notices, ...failures]}
            onDismiss={id =>
              failures.some(failure => failure.id === id) ? dismissFailure(id) : act('dismissNotice', { id })
            }
          />
          <WarningBar tab={tab} onLeave={actions.leave} onTrust={() => actions.onTab('trustSite')} />
        </header>
        <div className="nx-body">
          <ProcessesProvider value={processes}>
            <div className="nx-column">
              <PagePlate {...common} memory={memory} />
              {parts.isDockOpen && (
                <DockPlate>
                  <ProcessDock
                    view={parts.dockView}
                    onView={parts.setDockView}
                    onPage={() => parts.openCover('processes')}
                    onClose={parts.closeDock}
                  />
                </DockPlate>
              )}
            </div>
          </ProcessesProvider>
          <SidePlate {...common} memory={memory} />
        </div>
        <DownloadShelf
          link={link}
          downloads={downloads}
          attempt={attempt}
          onAll={() => parts.openCover('downloads')}
        />
        <StatusLine tab={tab} watch={watch} isOnline={sites.isOnline} hovered={hovered} />
      </div>
    </PageCoversContext>
  )
}
