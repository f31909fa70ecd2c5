import type { RenderProcessGoneDetails } from 'electron'
import type { PageEnd } from '../../contracts/browser.ts'
import type { PageGone } from '../controller/tab-model.ts'
import type { EndCause } from '../processes/book/known-process.ts'
import { lossReason } from '../processes/loss-reason.ts'

/** What is known of a page's process at the moment of its end. */
export interface LostPage {
  readonly details: Pick<RenderProcessGoneDetails, 'reason' | 'exitCode'>
  readonly pid: number | null
  /** Null when we did not end it. */
  readonly cause: EndCause | null
  /** Milliseconds since the epoch; null where it is not known. */
  readonly startedAt: number | null
  /** What it held before, oldest first. */
  readonly memory: readonly { readonly at: number; readonly bytes: number }[]
  readonly at: number
}

/** More would not be seen in a picture of this size. */
const mostSamples = 600

/** How a page was lost, as its tab shows it: what we know of it goes before what the engine says. */
export function pageGone({ details, pid, cause, startedAt, memory, at }: LostPage): PageGone {
  const end: PageEnd = {
    at,
    pid,
    ranMs: startedAt === null ? null : Math.max(0, at - startedAt),
    isByPerson: cause?.kind === 'person',
    memory:
      cause?.kind === 'memoryLimit'
        ? { bytes: cause.memoryBytes, limitBytes: cause.limitBytes, samples: memory.slice(-mostSamples) }
        : null,
  }
  const said = lossReason(details.reason)
  const reason =
    cause?.kind === 'memoryLimit'
      ? 'outOfMemory'
      : cause === null || said === 'launchFailed'
        ? said
        : 'killed'
  return { reason, exitCode: details.exitCode, at, isHung: cause?.kind === 'hung', end }
}
