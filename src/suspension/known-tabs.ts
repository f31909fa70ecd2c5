import type { WebContents } from 'electron'
import type { BrowserContext, OpenTab } from '../controller/browser-model.ts'
import type { KnownTab } from './suspension-keeper.ts'

/** What else of main knows of pages. */
export interface PageKnowledge {
  readonly contentsOf: (tabId: string) => WebContents | null
  /** Tabs in which something plays. */
  readonly playing: ReadonlySet<string>
  readonly isCapturing: (contents: WebContents) => boolean
  readonly isUploading: (contents: WebContents) => boolean
  readonly isDownloading: (contents: WebContents) => boolean
  readonly mayNotify: (contents: WebContents) => boolean
}

/** The tabs as they are to be judged. */
export function knownTabs(
  { tabs, activeTabId }: Pick<BrowserContext, 'tabs' | 'activeTabId'>,
  knowledge: PageKnowledge,
): KnownTab[] {
  return tabs.map(tab => knownTab(tab, tab.id === activeTabId, knowledge))
}

function knownTab(
  { id, ref, isEphemeral, isPrivate, isPinned }: OpenTab,
  isInView: boolean,
  knowledge: PageKnowledge,
): KnownTab {
  const { value, context } = ref.getSnapshot()
  const contents = knowledge.contentsOf(id)
  const holds = (ask: (contents: WebContents) => boolean): boolean => contents !== null && ask(contents)
  return {
    id,
    isInView,
    isOfCommandLine: isEphemeral,
    isPrivate,
    isPinned,
    isKeptAwake: context.isKeptAwake,
    hasPage: value.page === 'page',
    isLoading: context.isLoading,
    isAnalysing: isAnalysing(value),
    hasDevTools: holds(page => page.isDevToolsOpened()),
    isPlaying: knowledge.playing.has(id) || holds(page => page.isCurrentlyAudible()),
    isCapturing: holds(knowledge.isCapturing),
    isUploading: holds(knowledge.isUploading),
    isDownloading: holds(knowledge.isDownloading),
    mayNotify: holds(knowledge.mayNotify),
    isFrozen: context.isFrozen,
  }
}

type States = ReturnType<OpenTab['ref']['getSnapshot']>['value']

function isAnalysing({ analysis, judgement }: States): boolean {
  return (analysis !== 'none' && analysis !== 'settled') || judgement === 'judging' || judgement === 'waiting'
}
