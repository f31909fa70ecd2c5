import type { ProcessTrace, SpanRecord } from './span-record.ts'

/**
 * One call as far as it was seen: from both sides, or from one where the other side records nothing or has forgotten.
 * Times are those of the first process's clock.
 */
export interface JoinedCall {
  readonly traceId: number
  readonly spanId: number
  readonly caller: string
  readonly callee: string
  readonly method: string
  readonly call: SpanRecord | null
  readonly answer: SpanRecord | null
}

export interface MergedTrace {
  readonly processes: readonly {
    readonly endpoint: string
    readonly pid: number | null
    /** By how many milliseconds its times were moved, so that no handler works outside its call. */
    readonly shiftMs: number
    readonly lost: number
  }[]
  /** By the time at which they began. */
  readonly calls: readonly JoinedCall[]
}

interface Side {
  readonly process: number
  readonly span: SpanRecord
}
interface Pair {
  call: Side | null
  answer: Side | null
}

/**
 * Joins what several processes of one machine recorded. Their clocks differ by a millisecond or so; a handler that
 * would stand outside its call shows by how much, and its process is moved. The first process keeps its time.
 */
export function mergeTraces(traces: readonly ProcessTrace[]): MergedTrace {
  const pairs = joinSides(traces)
  const shifts = alignProcesses(traces.length, pairs)
  const calls = pairs.flatMap(pair => {
    const known = pair.call ?? pair.answer
    if (known === null) return []
    const { traceId, spanId, method, peer } = known.span
    const own = traces[known.process]?.endpoint ?? ''
    const [caller, callee] = known === pair.call ? [own, peer] : [peer, own]
    const call = moved(pair.call, shifts)
    const answer = moved(pair.answer, shifts)
    return [{ traceId, spanId, caller, callee, method, call, answer }]
  })
  return {
    processes: traces.map(({ endpoint, pid, lost }, index) => ({
      endpoint,
      pid,
      shiftMs: shifts[index] ?? 0,
      lost,
    })),
    calls: calls.sort((left, right) => startOf(left) - startOf(right)),
  }
}

/** When the call began, as far as it was seen. */
export function startOf({ call, answer }: JoinedCall): number {
  return call?.startedAt ?? answer?.startedAt ?? 0
}

function joinSides(traces: readonly ProcessTrace[]): readonly Pair[] {
  const byKey = new Map<string, Pair>()
  const pairs: Pair[] = []
  for (const [process, { endpoint, spans }] of traces.entries()) {
    for (const span of spans) {
      const [caller, callee] = span.kind === 'call' ? [endpoint, span.peer] : [span.peer, endpoint]
      const key = `${caller}>${callee}#${span.spanId}`
      let pair = byKey.get(key)
      // The same number again on the same side is another attempt, or a peer that cannot count: shown by itself.
      if (pair === undefined || pair[span.kind] !== null) {
        pair = { call: null, answer: null }
        byKey.set(key, pair)
        pairs.push(pair)
      }
      pair[span.kind] = { process, span }
    }
  }
  return pairs
}

function moved(side: Side | null, shifts: readonly number[]): SpanRecord | null {
  if (side === null) return null
  return { ...side.span, startedAt: side.span.startedAt + (shifts[side.process] ?? 0) }
}

/** How far each process has to be moved, beginning with those who spoke with the first. */
function alignProcesses(count: number, pairs: readonly Pair[]): readonly number[] {
  const shifts: (number | null)[] = Array.from({ length: count }, (_, index) => (index === 0 ? 0 : null))
  for (let round = 0; round < count; round += 1) {
    for (let process = 1; process < count; process += 1) {
      if (shifts[process] === null) shifts[process] = shiftAgainstKnown(process, shifts, pairs)
    }
  }
  return shifts.map(shift => shift ?? 0)
}

/** Null while the process has spoken with nobody whose shift is known. */
function shiftAgainstKnown(
  process: number,
  shifts: readonly (number | null)[],
  pairs: readonly Pair[],
): number | null {
  const middles: number[] = []
  let least = Number.NEGATIVE_INFINITY
  let most = Number.POSITIVE_INFINITY
  for (const { call, answer } of pairs) {
    if (call === null || answer === null || call.process === answer.process) continue
    const isCallee = answer.process === process
    if (!isCallee && call.process !== process) continue
    const other = shifts[isCallee ? call.process : answer.process]
    // The times of a call that was given up say nothing of when its handler was done.
    if (other === null || other === undefined || call.span.outcome !== 'answered') continue
    const sentAt = call.span.startedAt + call.span.queuedMs
    const room = [sentAt - answer.span.startedAt, endOf(call.span) - endOf(answer.span)] as const
    const [lower, upper] = isCallee ? [other + room[0], other + room[1]] : [other - room[1], other - room[0]]
    least = Math.max(least, lower)
    most = Math.min(most, upper)
    middles.push((lower + upper) / 2)
  }
  if (middles.length === 0) return null
  if (least <= 0 && most >= 0) return 0
  if (least <= most) return (least + most) / 2
  // One of the clocks was set meanwhile: no shift suits all calls, so the middle one is taken.
  middles.sort((left, right) => left - right)
  return middles[Math.floor(middles.length / 2)] ?? 0
}

function endOf(span: SpanRecord): number {
  return span.startedAt + span.totalMs
}
