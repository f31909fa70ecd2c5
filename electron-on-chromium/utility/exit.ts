import { constants } from 'node:os'

export type GoneReason = 'clean-exit' | 'abnormal-exit' | 'killed' | 'crashed' | 'launch-failed'

export interface ProcessExit {
  readonly reason: GoneReason
  /** The exit code, or the number of the signal that ended it. */
  readonly exitCode: number
}

const crashSignals: ReadonlySet<string> = new Set([
  'SIGSEGV',
  'SIGABRT',
  'SIGILL',
  'SIGFPE',
  'SIGBUS',
  'SIGTRAP',
  'SIGSYS',
])

/** Says, in Electron's words, why a process is gone. */
export function classifyExit(exitCode: number | null, signal: NodeJS.Signals | null): ProcessExit {
  if (signal) {
    const number = constants.signals[signal]
    return { reason: crashSignals.has(signal) ? 'crashed' : 'killed', exitCode: number }
  }
  if (exitCode === null) return { reason: 'launch-failed', exitCode: 1 }
  // Node ends a process that ran out of memory by aborting; a shell in between turns signals into 128 + number.
  return { reason: exitCode === 0 ? 'clean-exit' : 'abnormal-exit', exitCode }
}
