/** Why a tab is left as it is. */
export type StayReason =
  /** The person switched it off. */
  | 'off'
  /** It was looked at not long enough ago. */
  | 'notYet'
  | 'inView'
  /** Of the command line, which waits for it. */
  | 'commandLine'
  /** It shows no page that could be stopped: none yet, none any more, or one of ours. */
  | 'noPage'
  | 'loading'
  | 'analysing'
  | 'pinned'
  /** The person said so. */
  | 'keptAwake'
  | 'devTools'
  | 'playing'
  /** It may see or hear the room. */
  | 'capturing'
  | 'uploading'
  /** A file comes that only its page can deliver. */
  | 'downloading'
  /** The person allowed it to tell them of something. */
  | 'notifying'
  | 'unsavedInput'
  /** What a private tab holds is nowhere else. It may stand still, but keeps its process. */
  | 'private'
  /** It would ask before it is left. It may stand still. */
  | 'guarded'
  /** Its session storage is more than would be kept for it. It may stand still. */
  | 'storesTooMuch'
  /** Its page does not say what it holds. It may stand still. */
  | 'silent'

export type SuspensionDecision =
  | { readonly kind: 'freeze' }
  | { readonly kind: 'discard'; readonly because: 'age' | 'pressure' }
  | { readonly kind: 'stay'; readonly reason: StayReason }

/** What main knows of a tab without asking its page. */
export interface TabFacts {
  readonly isInView: boolean
  readonly isOfCommandLine: boolean
  readonly isPrivate: boolean
  readonly isPinned: boolean
  readonly isKeptAwake: boolean
  readonly hasPage: boolean
  readonly isLoading: boolean
  readonly isAnalysing: boolean
  readonly hasDevTools: boolean
  readonly isPlaying: boolean
  readonly isCapturing: boolean
  readonly isUploading: boolean
  readonly isDownloading: boolean
  readonly mayNotify: boolean
  readonly isFrozen: boolean
  /** Since it was last looked at, in milliseconds. */
  readonly unseenMs: number
  /** Since it last had reason to run: it was seen, or something was asked of it. At most `unseenMs`. */
  readonly idleMs: number
}

/** What its page says; `silent` where it does not answer. */
export type PageAnswer =
  | {
      readonly hasUnsavedInput: boolean
      /** It would ask before it is left. */
      readonly isGuarded: boolean
      /** More than would be kept for it. */
      readonly storesTooMuch: boolean
    }
  | 'silent'

export interface Circumstances {
  /** The setting. */
  readonly isOn: boolean
  /** The setting. */
  readonly sleepAfterMs: number
  readonly pressure: 'none' | 'moderate' | 'critical'
  readonly isOnBattery: boolean
}

/** Who looks away for less comes right back. */
const freezeAfterMs = 5 * 60_000
const scarceFreezeAfterMs = 10_000
/** On the battery everything happens after half the time. */
const batteryShare = 0.5
const pressureDiscardAfterMs = { none: Infinity, moderate: 2 * 60_000, critical: 10_000 } as const

/** When a tab is due, counted from when it was last seen, or had reason to run. Pure. */
export function dueTimes({ sleepAfterMs, pressure, isOnBattery }: Circumstances): {
  readonly freezeMs: number
  readonly discardMs: number
  readonly pressureDiscardMs: number
} {
  const share = isOnBattery ? batteryShare : 1
  return {
    freezeMs: pressure === 'none' ? freezeAfterMs * share : scarceFreezeAfterMs,
    discardMs: sleepAfterMs * share,
    pressureDiscardMs: pressureDiscardAfterMs[pressure],
  }
}

/**
 * What is to become of a tab now; pure. Before the page has answered (null) it says what would become of it if the page
 * had nothing against it.
 */
export function decideSuspension(
  facts: TabFacts,
  page: PageAnswer | null,
  circumstances: Circumstances,
): SuspensionDecision {
  const reason = lastingReason(facts, circumstances) ?? passingReason(facts) ?? pageReason(page)
  if (reason !== null) return { kind: 'stay', reason }
  const { freezeMs, discardMs, pressureDiscardMs } = dueTimes(circumstances)
  const isOld = facts.unseenMs >= discardMs
  const isInTheWay = facts.unseenMs >= pressureDiscardMs
  const mayFreeze = !facts.isFrozen && (facts.idleMs >= freezeMs || isOld || isInTheWay)
  if (isOld || isInTheWay) {
    const kept = discardReason(facts, page)
    if (kept === null) return { kind: 'discard', because: isOld ? 'age' : 'pressure' }
    return mayFreeze ? { kind: 'freeze' } : { kind: 'stay', reason: kept }
  }
  return mayFreeze ? { kind: 'freeze' } : { kind: 'stay', reason: 'notYet' }
}

/** Reasons that end by something that main hears of at once. */
export function lastingReason(facts: TabFacts, { isOn }: Circumstances): StayReason | null {
  if (!isOn) return 'off'
  if (facts.isInView) return 'inView'
  if (facts.isOfCommandLine) return 'commandLine'
  if (facts.isPinned) return 'pinned'
  if (facts.isKeptAwake) return 'keptAwake'
  return null
}

/** Reasons that end by themselves, of which nobody is told. */
function passingReason(facts: TabFacts): StayReason | null {
  if (!facts.hasPage) return 'noPage'
  if (facts.isLoading) return 'loading'
  if (facts.isAnalysing) return 'analysing'
  if (facts.hasDevTools) return 'devTools'
  if (facts.isPlaying) return 'playing'
  if (facts.isCapturing) return 'capturing'
  if (facts.isUploading) return 'uploading'
  if (facts.isDownloading) return 'downloading'
  if (facts.mayNotify) return 'notifying'
  return null
}

function pageReason(page: PageAnswer | null): StayReason | null {
  return page !== null && page !== 'silent' && page.hasUnsavedInput ? 'unsavedInput' : null
}

function discardReason(facts: TabFacts, page: PageAnswer | null): StayReason | null {
  if (facts.isPrivate) return 'private'
  if (page === 'silent') return 'silent'
  if (page?.isGuarded === true) return 'guarded'
  return page?.storesTooMuch === true ? 'storesTooMuch' : null
}
