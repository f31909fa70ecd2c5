import type { LifecycleEntry, LifecycleState } from '../../contracts/processes.ts'
import { clockText } from './messages/message-readings.ts'
import { stateWord } from './process-state.ts'

/** How far back the strip reaches. */
export const stripSpanMs = 10 * 60_000

export interface StripEvent extends LifecycleEntry {
  /** Of its own among all events. */
  readonly id: string
}

/**
 * What the strip shows of the steps in the lives of processes: beginnings, ends and what goes wrong. That a process goes
 * to work and comes to rest, as pages do with every change of the tab, is left out.
 */
export function stripEvents(entries: readonly LifecycleEntry[], fromMs: number): readonly StripEvent[] {
  const before = new Map<string, LifecycleState>()
  const events: StripEvent[] = []
  for (const entry of entries) {
    const last = before.get(entry.processId)
    before.set(entry.processId, entry.state)
    if (entry.at < fromMs || !isWorthShowing(entry.state, last)) continue
    events.push({ ...entry, id: `${entry.processId} ${entry.state} ${entry.at}` })
  }
  return events
}

function isWorthShowing(state: LifecycleState, before: LifecycleState | undefined): boolean {
  switch (state) {
    case 'idle':
      return false
    case 'active':
      return before === 'ready' || before === 'created' || before === 'restarting' || before === 'suspended'
    case 'created':
    case 'ready':
    case 'suspended':
    case 'crashed':
    case 'restarting':
    case 'failed':
    case 'terminated':
      return true
  }
}

/** "videolab.example crashed, 14:06:02", and why where that is known. */
export function eventWords(event: LifecycleEntry): string {
  const cause = event.cause === null ? '' : `: ${event.cause}`
  return `${event.name} ${stateWord(event.state)}${cause}, ${clockText(event.at)}`
}

export interface FaultLabel {
  readonly processId: string
  readonly text: string
  readonly at: number
}

/** A process that came back more than once, or gave up, is named over its events. Names that would touch are left out. */
export function faultLabels(events: readonly StripEvent[]): readonly FaultLabel[] {
  const faults = Map.groupBy(
    events.filter(event => event.state === 'restarting' || event.state === 'failed'),
    event => event.processId,
  )
  const labels: FaultLabel[] = []
  for (const [processId, own] of faults) {
    const restarts = own.filter(event => event.state === 'restarting').length
    const [first] = own
    const last = own.at(-1)
    if (first === undefined || last === undefined) continue
    const hasGivenUp = own.some(event => event.state === 'failed')
    if (restarts < 2 && !hasGivenUp) continue
    const words = restarts === 1 ? '1 restart' : `${restarts} restarts`
    const text = hasGivenUp ? `${first.name}: gave up after ${words}` : `${first.name}: ${words}`
    labels.push({ processId, text, at: (first.at + last.at) / 2 })
  }
  labels.sort((one, other) => one.at - other.at)
  return labels.filter(
    (label, index) => label.at - (labels[index - 1]?.at ?? Number.NEGATIVE_INFINITY) > roomMs,
  )
}

/** What the name of a process takes of the strip. */
const roomMs = stripSpanMs / 5

/** A span of time, from the earlier to the later; milliseconds since the epoch. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

export function spanBetween(one: number, other: number): TimeSpan {
  return { from: Math.min(one, other), to: Math.max(one, other) }
}

export function idsIn(events: readonly StripEvent[], span: TimeSpan): ReadonlySet<string> {
  return new Set(events.filter(event => isIn(event, span)).map(event => event.processId))
}

export function isIn(event: LifecycleEntry, span: TimeSpan): boolean {
  return event.at >= span.from && event.at <= span.to
}
