import type { TabState, WindowState } from '../../contracts/browser.ts'
import { connectionOf, siteOf } from '../tabs/site.ts'
import type { BrowserSnapshot } from './browser-machine.ts'
import type { TabSnapshot } from './tab-machine.ts'
import type { TabContext, TabId } from './tab-model.ts'

/** What the chrome UI draws from, computed from the machines; nothing is kept twice. */
export function windowState(
  snapshot: BrowserSnapshot,
  view: {
    readonly pidOf: (tabId: TabId) => number | null
    /** Whether a person let the certificate of what the tab shows pass. */
    readonly isUnproven: (tabId: TabId) => boolean
  },
  window: { readonly processCount: number; readonly isFullScreen: boolean },
): WindowState {
  const { tabs, activeTabId, notices, settings } = snapshot.context
  return {
    tabs: tabs
      .filter(tab => !tab.isEphemeral)
      .map(tab => ({
        ...tabState(tab.ref.getSnapshot(), view.pidOf(tab.id), view.isUnproven(tab.id)),
        group: tab.group,
        isPrivate: tab.isPrivate,
        isPinned: tab.isPinned,
      })),
    activeTabId,
    notices: [...notices],
    settings,
    ...window,
  }
}

export function tabState(
  snapshot: TabSnapshot,
  pid: number | null,
  isUnproven = false,
): Omit<TabState, 'group' | 'isPrivate' | 'isPinned'> {
  const { context } = snapshot
  return {
    id: context.id,
    title: context.title,
    url: context.url,
    site: addressOf(context).site,
    connection: connectionSeen(context, isUnproven),
    iconDataUrl: context.iconDataUrl,
    isLoading: context.isLoading,
    progress: context.progress,
    canGoBack: context.canGoBack,
    canGoForward: context.canGoForward,
    content: tabContent(snapshot),
    analysis: context.analysis,
    judgement: context.judgement,
    isFrozen: context.isFrozen,
    isAsleep: context.isAsleep,
    isKeptAwake: context.isKeptAwake,
    pid,
  }
}

/** What follows from the address of a tab, found once for each state of it: of many tabs, few change at a time. */
const addresses = new WeakMap<TabContext, Pick<TabState, 'site' | 'connection'>>()

function addressOf(context: TabContext): Pick<TabState, 'site' | 'connection'> {
  let known = addresses.get(context)
  if (known === undefined) {
    const { url, problem } = context
    known = { site: siteOf(url), connection: connectionOf(url, problem?.kind === 'certificate') }
    addresses.set(context, known)
  }
  return known
}

/** A person may have let a certificate pass that nobody proved. */
function connectionSeen(context: TabContext, isUnproven: boolean): TabState['connection'] {
  const { connection } = addressOf(context)
  return isUnproven && connection !== 'internal' ? 'broken' : connection
}

/** Pure decision: what fills the page area. */
export function tabContent({ value, context }: Pick<TabSnapshot, 'value' | 'context'>): TabState['content'] {
  switch (value.page) {
    case 'deciding':
    case 'newTab':
      return { kind: 'newTab' }
    case 'deferred':
    case 'page':
    case 'waiting':
      return { kind: 'page' }
    case 'unresponsive':
      return { kind: 'unresponsive' }
    case 'problem':
      return context.problem === null ? { kind: 'page' } : { kind: 'problem', problem: context.problem }
    case 'gone':
      return context.gone === null
        ? { kind: 'gone', reason: 'heldBack', exitCode: 0, isRepeated: true, end: null }
        : {
            kind: 'gone',
            reason: context.gone.isHung === true ? 'hung' : context.gone.reason,
            exitCode: context.gone.exitCode,
            isRepeated: context.isGoneRepeated,
            end: context.gone.end ?? null,
          }
  }
}
