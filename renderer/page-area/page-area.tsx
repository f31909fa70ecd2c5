import { type ReactNode, useRef } from 'react'
import type { Area, PageProblem, TabState } from '../../contracts/browser.ts'
import type { HistoryEntry } from '../../contracts/storage.ts'
import { shortHost } from '../omnibox/address.ts'
import { CertificatePage } from '../sites/certificate-page.tsx'
import { InsecurePage } from '../sites/insecure-page.tsx'
import { tabTitle } from '../tabs/tab-words.ts'
import { GonePage } from './gone-page.tsx'
import { NewTabPage } from './new-tab-page.tsx'
import { PrivateTabPage } from './private-tab-page.tsx'
import { ProblemPage } from './problem-page.tsx'
import { UnresponsivePage } from './unresponsive-page.tsx'
import { usePageArea } from './use-page-area.ts'

export interface PageAreaProps {
  /** What was kept for the new-tab page. */
  favourites: ReactNode
  tab: TabState | null
  /** Whether another process draws over the page area, whatever fills the tab. */
  isCovered: boolean
  /** Drawn in place of the page, such as the history; null shows the page. */
  cover: ReactNode
  search(query: string, limit: number): Promise<readonly HistoryEntry[]>
  onArea(area: Area | null): void
  onGo(input: string): void
  onBack(): void
  onReload(): void
  onRestartWithMore(): void
  onClose(): void
  onWait(): void
  onEnd(): void
  onProcesses(): void
  /** Loads a page whose certificate was refused, with the one of this fingerprint. */
  onContinueUnproven(fingerprint: string): void
  onAllowInsecure(isAlways: boolean): void
}

/** The plate of the tab in view. A page is laid over it by its own process; everything else is drawn here. */
export function PageArea(props: PageAreaProps) {
  const plate = useRef<HTMLDivElement>(null)
  const isPage = !props.cover && props.tab?.content.kind === 'page'
  usePageArea(plate, isPage || props.isCovered, props.onArea)
  return (
    <main className="nx-plate nx-plate--page" id="page-area" aria-label="Page">
      <div className="nx-page-space" ref={plate}>
        {props.cover || <Contents {...props} />}
      </div>
    </main>
  )
}

function Contents(props: PageAreaProps) {
  const { tab } = props
  if (tab === null)
    return <NewTabPage favourites={props.favourites} search={props.search} onGo={props.onGo} />
  switch (tab.content.kind) {
    case 'page':
      return null
    case 'newTab':
      if (tab.isPrivate) return <PrivateTabPage key={tab.id} onGo={props.onGo} />
      return <NewTabPage key={tab.id} favourites={props.favourites} search={props.search} onGo={props.onGo} />
    case 'problem':
      return <Problem {...props} tab={tab} problem={tab.content.problem} />
    case 'gone':
      return (
        <GonePage
          name={pageName(tab)}
          url={tab.url}
          content={tab.content}
          mayRaise={!tab.isPrivate && tab.site !== null}
          onRestart={props.onReload}
          onRestartWithMore={props.onRestartWithMore}
          onClose={props.onClose}
          onProcesses={props.onProcesses}
        />
      )
    case 'unresponsive':
      return (
        <UnresponsivePage
          name={pageName(tab)}
          url={tab.url}
          pid={tab.pid}
          onWait={props.onWait}
          onEnd={props.onEnd}
        />
      )
  }
}

/** Long titles would fill the page. */
const longestName = 60

function pageName(tab: TabState): string {
  const title = tabTitle(tab)
  return title.length > longestName ? shortHost(tab.url) : title
}

function Problem(props: PageAreaProps & { tab: TabState; problem: PageProblem }) {
  const { tab, problem } = props
  const common = {
    problem,
    canGoBack: tab.canGoBack,
    onRetry: props.onReload,
    onLeave: tab.canGoBack ? props.onBack : props.onClose,
  }
  switch (problem.kind) {
    case 'certificate':
      return <CertificatePage key={problem.url} {...common} onContinue={props.onContinueUnproven} />
    case 'insecureOnly':
      return <InsecurePage {...common} isPrivate={tab.isPrivate} onAllow={props.onAllowInsecure} />
    default:
      return <ProblemPage {...common} />
  }
}
