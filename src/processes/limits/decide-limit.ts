/** What is remembered of one process between two looks at its memory. */
export interface LimitState {
  /** When it was asked last to free memory; null before. */
  readonly askedAt: number | null
  /** Since when every look found it over its limit; null while it is not. */
  readonly overSince: number | null
}

/** What is done about a process, by what it holds. */
export type LimitStep =
  | { readonly kind: 'leave' }
  /** It is asked to collect garbage and to drop what it can get again. */
  | { readonly kind: 'ask' }
  /** It had its chance, and is ended. */
  | { readonly kind: 'end' }
  /** It would be ended, if it might be. */
  | { readonly kind: 'tell' }

export interface LimitLook {
  readonly memoryBytes: number
  readonly limitBytes: number
  /** It was asked to free memory, and may still be at it. */
  readonly isFreeing: boolean
  /** False of the core, and where the limit was too low again and again. */
  readonly mayEnd: boolean
  /** In milliseconds, of a clock that never runs backwards. */
  readonly at: number
}

/** From this share of its limit on a process is asked for memory. */
const askShare = 0.9
/** Who was asked and stays high is not asked all the time: collecting everything costs it a pause. */
const askAgainAfterMs = 5 * 60_000
/**
 * Between the first look that finds a process over its limit, when it is asked, and the one that ends it: time for what
 * it was asked for. A peak that collection takes away is not punished.
 */
export const confirmAfterMs = 2_500

export const unknownState: LimitState = { askedAt: null, overSince: null }

/**
 * What is to be done about a process that holds so much. Nothing is ended that was not over its limit at two looks in a
 * row, with a request to free memory and `confirmAfterMs` between them, or while it may still do what it was asked. Pure.
 */
export function decideLimit(
  look: LimitLook,
  state: LimitState,
): { readonly step: LimitStep; readonly state: LimitState } {
  const { memoryBytes, limitBytes, isFreeing, mayEnd, at } = look
  const wasJustAsked = state.askedAt !== null && at - state.askedAt < askAgainAfterMs
  if (memoryBytes > limitBytes && !mayEnd) {
    const overSince = state.overSince ?? at
    if (!wasJustAsked) return { step: { kind: 'ask' }, state: { askedAt: at, overSince } }
    const isConfirmed = at - overSince >= confirmAfterMs
    return { step: { kind: isConfirmed ? 'tell' : 'leave' }, state: { ...state, overSince } }
  }
  if (memoryBytes > limitBytes) {
    if (state.overSince === null) return { step: { kind: 'ask' }, state: { askedAt: at, overSince: at } }
    if (isFreeing || at - state.overSince < confirmAfterMs) return { step: { kind: 'leave' }, state }
    return { step: { kind: 'end' }, state: unknownState }
  }
  const isHigh = memoryBytes >= limitBytes * askShare
  if (isHigh && !wasJustAsked) return { step: { kind: 'ask' }, state: { askedAt: at, overSince: null } }
  return { step: { kind: 'leave' }, state: { ...state, overSince: null } }
}

/** From this share on a process is looked at often: what grows fast must not pass its limit unseen for long. */
const nearShare = 0.75

export function isNear({ memoryBytes, limitBytes }: Pick<LimitLook, 'memoryBytes' | 'limitBytes'>): boolean {
  return memoryBytes >= limitBytes * nearShare
}
