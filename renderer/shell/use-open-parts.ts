import { useEffect, useState } from 'react'
import type { Surface } from '../../contracts/compositor.ts'
import { useSurface } from '../overview/use-surface.ts'
import type { DockView } from '../processes/view-switch.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import type { CoverKind } from './covers.tsx'
import { returnFocus } from './panes.ts'

export type SidePanel = 'analysis' | 'settings'

/** What is open in a window besides its tabs, and how it is opened and closed. */
export interface OpenParts {
  readonly sidePanel: SidePanel | null
  readonly isDockOpen: boolean
  readonly dockView: DockView
  /** What the history looks for when it opens; null while it is closed. */
  readonly historyQuery: string | null
  /** Which other page of ours lies over the tab's; null while none does. */
  readonly cover: CoverKind | null
  /** What another process draws over the page area; null while nothing does. */
  readonly surface: Surface | null
  /** What the page is asked as soon as it is read; null where nothing was asked in the omnibox. */
  readonly question: string | null
  openSidePanel(panel: SidePanel): void
  closeSidePanel(): void
  openDock(): void
  closeDock(): void
  toggleDock(): void
  setDockView(view: DockView): void
  openCover(kind: CoverKind | 'history'): void
  /** Closes it where it is open. */
  toggleCover(kind: CoverKind): void
  closeCover(): void
  openHistory(query: string): void
  closeHistory(): void
  toggleSurface(surface: Surface): void
  setQuestion(question: string | null): void
  /** Whatever lies over the page goes. */
  uncover(): void
  /** Closes the part that lies on top, where `isStopping` is in its place; false when nothing is open. */
  closeTop(stopLoading: (() => void) | null): boolean
}

/** What is open is the window's own affair. Another tab is another page to look at: what lay over the last one goes. */
export function useOpenParts(link: BrowserLink, tabId: string | null): OpenParts {
  const [question, setQuestion] = useState<string | null>(null)
  const [sidePanel, setSidePanel] = useState<SidePanel | null>(null)
  const [isDockOpen, setIsDockOpen] = useState(false)
  const [dockView, setDockView] = useState<DockView>('tree')
  const [historyQuery, setHistoryQuery] = useState<string | null>(null)
  const [cover, setCover] = useState<CoverKind | null>(null)
  const { surface, toggle: toggleSurface, close: closeSurface } = useSurface(link)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the tab is the occasion
  useEffect(() => {
    setHistoryQuery(null)
    setCover(null)
    setQuestion(null)
  }, [tabId])

  const openHistory = (query: string) => {
    if (surface !== null) closeSurface()
    setCover(null)
    if (historyQuery === null) setHistoryQuery(query)
    else document.querySelector<HTMLElement>('#history-page input')?.focus()
  }
  const openCover = (kind: CoverKind | 'history') => {
    if (kind === 'history') {
      openHistory('')
      return
    }
    if (surface !== null) closeSurface()
    setHistoryQuery(null)
    // the page shows what the dock shows
    if (kind === 'processes') setIsDockOpen(false)
    setCover(kind)
  }
  const closeCover = () => {
    returnFocus(document, 'cover-page', 'open-menu')
    setCover(null)
  }
  const closeHistory = () => {
    returnFocus(document, 'history-page', 'open-menu')
    setHistoryQuery(null)
  }
  const closeSidePanel = () => {
    returnFocus(document, 'side-panel', sidePanel === 'settings' ? 'open-menu' : 'open-analysis')
    setSidePanel(null)
  }
  const openDock = () => {
    if (cover === 'processes') setCover(null)
    setIsDockOpen(true)
  }
  const closeDock = () => {
    returnFocus(document, 'process-dock', 'open-processes')
    setIsDockOpen(false)
  }

  return {
    sidePanel,
    isDockOpen,
    dockView,
    historyQuery,
    cover,
    surface,
    question,
    openSidePanel: setSidePanel,
    closeSidePanel,
    openDock,
    closeDock,
    toggleDock: () => {
      if (isDockOpen) closeDock()
      else openDock()
    },
    setDockView,
    openCover,
    toggleCover: kind => {
      if (cover === kind) closeCover()
      else openCover(kind)
    },
    closeCover,
    openHistory,
    closeHistory,
    toggleSurface,
    setQuestion,
    uncover: () => {
      if (surface !== null) closeSurface()
      setHistoryQuery(null)
      setCover(null)
    },
    closeTop: stopLoading => {
      if (surface !== null) closeSurface()
      else if (historyQuery !== null) closeHistory()
      else if (cover !== null) closeCover()
      else if (stopLoading !== null) stopLoading()
      else if (sidePanel !== null) closeSidePanel()
      else if (isDockOpen) closeDock()
      else return false
      return true
    },
  }
}
