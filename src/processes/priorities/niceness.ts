import { constants } from 'node:os'
import type { ProcessPriority } from '../../../contracts/processes.ts'

/**
 * What the system is told, on the scale of nice(2). One step is worth a quarter of the processor time when there is too
 * little of it. What serves the person stays beside what other programs do: a browser should not push them aside. The
 * last still gets a tenth beside one that is busy: with less, a process that works would miss its heartbeats.
 */
const steps: Readonly<Record<ProcessPriority, number>> = {
  critical: -2,
  high: -1,
  normal: 4,
  low: 8,
  background: 10,
}

/** Windows has classes, which libuv finds by these numbers. The idle one may get nothing for long, and is not used. */
const windowsClasses: Readonly<Record<ProcessPriority, number>> = {
  critical: constants.priority.PRIORITY_ABOVE_NORMAL,
  high: constants.priority.PRIORITY_ABOVE_NORMAL,
  normal: constants.priority.PRIORITY_NORMAL,
  low: constants.priority.PRIORITY_BELOW_NORMAL,
  background: constants.priority.PRIORITY_BELOW_NORMAL,
}

/** `lowest` is the smallest number that this user may give, which are the best priorities. */
export function nicenessOf(priority: ProcessPriority, platform: NodeJS.Platform, lowest: number): number {
  if (platform === 'win32') return windowsClasses[priority]
  return Math.max(steps[priority], Math.min(lowest, 0))
}
