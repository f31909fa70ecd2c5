import { readFileSync } from 'node:fs'
import { app } from 'electron'
import { systemClock } from '../../../ipc/clock.ts'
import type { Application } from '../../application.ts'
import type { OpenTab } from '../../controller/browser-model.ts'
import type { TabId } from '../../controller/tab-model.ts'
import { PagePulse, type PulsedPage } from './page-pulse.ts'
import { linuxThreadStates, measuredThreadStates, type ReadThreadState } from './thread-states.ts'

/** Feels the pulse of the page in view and of those that somebody waits for; the others are asked once they are looked at. */
export function followPages(application: Application): PagePulse {
  const tell = (tabId: string, type: 'page.unresponsive' | 'page.responsive'): void =>
    application.browser.send({ type: 'tab.tell', tabId: tabId as TabId, event: { type } })
  return new PagePulse({
    clock: systemClock,
    pages: () => wantedPages(application),
    threadState: threadStates(),
    onSilent: tabId => tell(tabId, 'page.unresponsive'),
    onAnswer: tabId => tell(tabId, 'page.responsive'),
  })
}

function wantedPages({ browser, tabs }: Application): readonly PulsedPage[] {
  const { context } = browser.getSnapshot()
  return context.tabs
    .filter(tab => tab.id === context.activeTabId || isWaitedFor(tab))
    .flatMap(tab => {
      const { page } = tab.ref.getSnapshot().value
      if (page !== 'page' && page !== 'unresponsive' && page !== 'waiting') return []
      return tabs.find(tab.id)?.pulse() ?? []
    })
}

/** The command line waits for a page of its own, and the person for what is being read. */
function isWaitedFor(tab: OpenTab): boolean {
  return tab.isEphemeral || tab.ref.getSnapshot().context.analysis.kind === 'running'
}

function threadStates(): ReadThreadState {
  if (process.platform === 'linux') return linuxThreadStates(file => readFileSync(file, 'utf8'))
  return measuredThreadStates(
    () => app.getAppMetrics().map(({ pid, cpu }) => ({ pid, cpuSeconds: cpu.cumulativeCPUUsage ?? null })),
    () => systemClock.now(),
  )
}
