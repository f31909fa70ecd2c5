import type { PageEnd, PageProblem, TabAnalysis } from '../../contracts/browser.ts'
import type { Judgement } from '../../contracts/judgement.ts'
import type { SleepingPage } from './sleeping-page.ts'

export type TabId = string & { readonly __brand: 'TabId' }

export interface TabInput {
  readonly id: TabId
  /** Null opens the new-tab page. */
  readonly url: string | null
  readonly title: string
  /** A tab of the command line is not part of the session. */
  readonly isEphemeral: boolean
  /** Its traces end with it: nothing of it may be kept. */
  readonly isPrivate: boolean
  /** How far down its page was when it was left. */
  readonly scroll?: ScrollPlace
  /** Its page is not loaded before the person asks: bringing it back went wrong before. */
  readonly isHeldBack?: boolean
}

/** Of a document, in CSS pixels. */
export interface ScrollPlace {
  readonly x: number
  readonly y: number
}

export interface TabContext {
  readonly id: TabId
  readonly isEphemeral: boolean
  readonly isPrivate: boolean
  readonly url: string
  readonly title: string
  readonly iconDataUrl: string | null
  readonly canGoBack: boolean
  readonly canGoForward: boolean
  readonly isLoading: boolean
  readonly progress: number
  readonly problem: PageProblem | null
  /** Null in the state `gone`: held back. */
  readonly gone: PageGone | null
  readonly lastGoneAt: number | null
  readonly isGoneRepeated: boolean
  readonly isHeldBack: boolean
  /** It does not answer and is being ended, to be loaded again. */
  readonly isReloadWanted: boolean
  readonly analysis: TabAnalysis
  readonly judgement: Judgement | null
  readonly scroll: ScrollPlace
  /** Its page stands still: no timer of it runs. */
  readonly isFrozen: boolean
  /** Its page gave its process back, and comes again when it is next shown. */
  readonly isAsleep: boolean
  /** The person wants it neither frozen nor asleep. */
  readonly isKeptAwake: boolean
  /** What the page that sleeps comes back with; null for one that does not, and where nothing was kept. */
  readonly sleeping: SleepingPage | null
}

/** The page that is to be judged. */
export interface PageToJudge {
  readonly tabId: TabId
  readonly url: string
}

export interface PageGone {
  readonly reason: 'crashed' | 'killed' | 'outOfMemory' | 'launchFailed'
  readonly exitCode: number
  readonly at: number
  /** It was ended because it did not answer. */
  readonly isHung?: boolean
  readonly end?: PageEnd
}

/** What a person asks of a tab. */
export type TabIntent =
  | { readonly type: 'go'; readonly url: string }
  /** The input was not an address that Nexus opens. */
  | { readonly type: 'refuse'; readonly problem: PageProblem }
  | { readonly type: 'goBack' }
  | { readonly type: 'goForward' }
  | { readonly type: 'reload' }
  | { readonly type: 'stop' }
  | { readonly type: 'show' }
  | { readonly type: 'endPage' }
  | { readonly type: 'waitForPage' }
  /** Gives its process back; the page comes again, with what was kept of it, when it is next shown. */
  | { readonly type: 'sleep'; readonly sleeping?: SleepingPage }
  /** Lets the page stand still, in its process. */
  | { readonly type: 'freeze' }
  | { readonly type: 'unfreeze' }
  | { readonly type: 'keepAwake'; readonly isKeptAwake: boolean }
  | { readonly type: 'analyze' }
  | { readonly type: 'cancelAnalysis' }
  /** The person knows this site. */
  | { readonly type: 'trustSite' }

/** What the page's process reports. */
export type PageFact =
  | { readonly type: 'page.started'; readonly url: string }
  | { readonly type: 'page.milestone'; readonly progress: number }
  | {
      readonly type: 'page.navigated'
      readonly url: string
      readonly isSameDocument: boolean
      readonly canGoBack: boolean
      readonly canGoForward: boolean
    }
  | { readonly type: 'page.finished' }
  /** A load came to nothing: stopped, refused, or turned into a file. What was shown before is shown still. */
  | { readonly type: 'page.aborted'; readonly url: string | null }
  | { readonly type: 'page.failed'; readonly problem: PageProblem }
  | { readonly type: 'page.titled'; readonly title: string }
  | { readonly type: 'page.icon'; readonly iconDataUrl: string | null }
  | { readonly type: 'page.scrolled'; readonly scroll: ScrollPlace }
  | { readonly type: 'page.gone'; readonly gone: PageGone }
  | { readonly type: 'page.unresponsive' }
  | { readonly type: 'page.responsive' }

export type TabEvent = TabIntent | PageFact
