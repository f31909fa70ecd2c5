import type { ProcessKind } from '../../../contracts/processes.ts'
import type { RestartPolicy } from '../../controller/process-machine.ts'

/** How it is noticed that a process hangs. */
export type HangPolicy =
  /** It is asked so often; after so many answers that did not come in that time it is ended. */
  | { readonly kind: 'heartbeat'; readonly everyMs: number; readonly missesAllowed: number }
  /** The engine tells that it does not react; it then has so long before it is ended. */
  | { readonly kind: 'engineTells'; readonly patienceMs: number }
  /** The engine tells, and the person is asked. */
  | { readonly kind: 'personDecides' }
  /** It is the one that looks after the others, or the engine looks after it. */
  | { readonly kind: 'notWatched' }

/** What there is instead of a process that is away, or does not come back. */
export type FallbackKind =
  | 'softwareGraphics'
  | 'withoutAnalysis'
  | 'withoutSoundFiles'
  | 'tabsReloadThemselves'
  | 'writesWait'
  | 'sessionRestored'
  | 'windowReloaded'
  | 'sadTab'
  | 'engineRestarts'

export interface Fallback {
  readonly kind: FallbackKind
  /** What the person is told when it stopped and comes back: a sentence after "… stopped and is being restarted." */
  readonly whileAway: string
  /** What the person is told when it does not come back: a sentence, before the way out. */
  readonly givenUp: string
}

/** How one kind of process is looked after. */
export interface SupervisionPolicy {
  /** A process that begins has so long to answer first; null where nobody asks it. */
  readonly greetingMs: number | null
  readonly hang: HangPolicy
  readonly restart: RestartPolicy
  /** Without work for so long it is ended, and started again by its next call; null keeps it. */
  readonly idleOutMs: number | null
  readonly fallback: Fallback
}

/**
 * Once at once, then doubled from a fortieth of a second: six seconds in all before we give up and say so. What ran well
 * for a third of a minute is not taken for one that cannot run.
 */
const backoff: RestartPolicy = {
  kind: 'backoff',
  attempts: 9,
  firstDelayMs: 0,
  initialDelayMs: 25,
  maximumDelayMs: 5_000,
  stableAfterMs: 20_000,
}

/** On a busy machine, loading its code alone takes a process seconds. */
const greetingMs = 20_000
const heartbeat: HangPolicy = { kind: 'heartbeat', everyMs: 5_000, missesAllowed: 3 }
const never: RestartPolicy = { kind: 'never' }
const minuteMs = 60_000

/** One row a kind; the whole of what we do about a process that dies, hangs or is not needed. */
export const supervisionPolicies: Readonly<Record<ProcessKind, SupervisionPolicy>> = {
  controller: {
    greetingMs: null,
    hang: { kind: 'notWatched' },
    restart: never,
    idleOutMs: null,
    fallback: {
      kind: 'sessionRestored',
      whileAway: 'Your tabs come back with the next start.',
      givenUp: 'Your tabs come back with the next start.',
    },
  },
  chrome: {
    greetingMs,
    hang: { kind: 'engineTells', patienceMs: 10_000 },
    restart: { ...backoff, attempts: 11, maximumDelayMs: 10_000 },
    idleOutMs: null,
    fallback: {
      kind: 'windowReloaded',
      whileAway: 'Pages were not affected.',
      givenUp: 'Your tabs are kept and come back with the next start.',
    },
  },
  tab: {
    greetingMs: null,
    hang: { kind: 'personDecides' },
    restart: never,
    idleOutMs: null,
    fallback: {
      kind: 'sadTab',
      whileAway: 'Reload it to go on.',
      givenUp: 'Reload it to go on.',
    },
  },
  storage: {
    greetingMs,
    hang: heartbeat,
    restart: backoff,
    idleOutMs: null,
    fallback: {
      kind: 'writesWait',
      whileAway: 'Nothing was lost.',
      givenUp: 'What is to be kept waits in memory until it runs again.',
    },
  },
  network: {
    greetingMs,
    hang: heartbeat,
    restart: backoff,
    idleOutMs: null,
    fallback: {
      kind: 'tabsReloadThemselves',
      whileAway: 'Pages that were loading load again by themselves.',
      givenUp: 'No page can be loaded until it runs again; pages that were loading then load by themselves.',
    },
  },
  ai: {
    greetingMs,
    hang: heartbeat,
    restart: backoff,
    idleOutMs: 10 * minuteMs,
    fallback: {
      kind: 'withoutAnalysis',
      whileAway: 'What it was reading is read again.',
      givenUp: 'Pages are not read until it runs again. Browsing goes on.',
    },
  },
  audio: {
    greetingMs,
    hang: heartbeat,
    restart: backoff,
    idleOutMs: 2 * minuteMs,
    fallback: {
      kind: 'withoutSoundFiles',
      whileAway: 'Sound in pages was not affected.',
      givenUp: 'Sound files cannot be played until it runs again. Sound in pages is not affected.',
    },
  },
  compositor: {
    greetingMs,
    hang: heartbeat,
    restart: backoff,
    idleOutMs: null,
    fallback: {
      kind: 'softwareGraphics',
      whileAway: 'Pages were not affected.',
      givenUp: 'The overview and the map cannot be shown until it runs again. Pages are not affected.',
    },
  },
  gpu: {
    greetingMs: null,
    hang: { kind: 'notWatched' },
    restart: never,
    idleOutMs: null,
    fallback: {
      kind: 'softwareGraphics',
      whileAway: 'The engine starts it again.',
      givenUp: 'Nexus draws without the graphics processor until its next start.',
    },
  },
  engine: {
    greetingMs: null,
    hang: { kind: 'notWatched' },
    restart: never,
    idleOutMs: null,
    fallback: {
      kind: 'engineRestarts',
      whileAway: 'The engine starts it again.',
      givenUp: 'The engine starts it again.',
    },
  },
}

/** Ended so often without a stable run between, the graphics are taken to be at fault. */
export const lossesUntilSoftware = 3

/** What the person is told when a process stopped and comes back. */
export function stoppedWords(title: string, kind: ProcessKind): string {
  return `${title} stopped and is being restarted. ${supervisionPolicies[kind].fallback.whileAway}`
}

/** What the person is told when it does not come back, and what they can do. */
export function givenUpWords(title: string, kind: ProcessKind): string {
  const { givenUp } = supervisionPolicies[kind].fallback
  return `${title} stopped too often and is not restarted any more. ${givenUp} To try again, choose Restart in the list of processes (Shift+Esc).`
}
