import { Lanes } from './lanes.ts'
import { type JoinedCall, type MergedTrace, startOf } from './merge-traces.ts'
import type { SpanRecord } from './span-record.ts'
import { traceIdText } from './trace-id.ts'

/**
 * One event of the Chrome trace format, as chrome://tracing and ui.perfetto.dev read it. `ts` and `dur` in
 * microseconds. https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export type ChromeTraceEvent = {
  readonly name: string
  readonly cat: string
  readonly ts: number
  readonly pid: number
  readonly tid: number
  readonly args: Readonly<Record<string, string | number>>
} & (
  | { readonly ph: 'M' }
  /** A span with its length. */
  | { readonly ph: 'X'; readonly dur: number }
  /** Begin and end of what lies across processes. */
  | { readonly ph: 'b' | 'e'; readonly id: string }
  /** An arrow from the span around its start to the span around its end. */
  | { readonly ph: 's'; readonly id: string }
  | { readonly ph: 'f'; readonly id: string; readonly bp: 'e' }
)

export interface ChromeTrace {
  readonly traceEvents: readonly ChromeTraceEvent[]
  readonly displayTimeUnit: 'ms'
  readonly otherData: Readonly<Record<string, string>>
}

/** Tracks of handlers stand below those of calls; nobody makes so many calls at a time that they would meet. */
const firstHandlerTrack = 100_001
/** For processes whose number is not known, or is taken by another endpoint of the same process. */
const firstInventedPid = 1_000_000_001

/**
 * One track group for each process, with calls made above and handlers below; side by side where they overlap. Arrows
 * lead from each call to its handler, and a bar spans each trace of several calls.
 */
export function chromeTraceOf(trace: MergedTrace): ChromeTrace {
  const origin = trace.calls[0] === undefined ? 0 : startOf(trace.calls[0])
  const drawing = new Drawing(origin, pidsOf(trace))
  for (const call of trace.calls) drawing.addCall(call)
  drawing.addTraces(trace.calls)
  return {
    traceEvents: [...drawing.tracks(trace), ...drawing.events],
    displayTimeUnit: 'ms',
    otherData: {
      startedAt: new Date(origin).toISOString(),
      calls: String(trace.calls.length),
      ...Object.fromEntries(
        trace.processes
          .filter(process => process.lost > 0)
          .map(({ endpoint, lost }) => [`lost at ${endpoint}`, `up to ${lost} older spans`]),
      ),
    },
  }
}

/** A process that recorded nothing has no track of its own. */
function pidsOf({ processes }: MergedTrace): ReadonlyMap<string, number> {
  const taken = new Set<number>()
  const pids = new Map<string, number>()
  for (const [index, { endpoint, pid }] of processes.entries()) {
    const chosen = pid === null || taken.has(pid) ? firstInventedPid + index : pid
    taken.add(chosen)
    pids.set(endpoint, chosen)
  }
  return pids
}

class Drawing {
  readonly events: ChromeTraceEvent[] = []
  readonly #origin: number
  readonly #pids: ReadonlyMap<string, number>
  readonly #lanes = new Map<string, Lanes>()

  constructor(origin: number, pids: ReadonlyMap<string, number>) {
    this.#origin = origin
    this.#pids = pids
  }

  addCall({ method, caller, callee, call, answer, ...ids }: JoinedCall): void {
    const args = { ...argsOf(ids), from: caller, to: callee }
    const from = call === null ? null : this.#span(caller, method, 'call', call, args)
    const to = answer === null ? null : this.#span(callee, method, 'handler', answer, args)
    if (from === null || to === null || call === null || answer === null) return
    const arrow = { name: 'call', cat: 'call', id: args.span, args: {} }
    const sentAt = this.#micros(call.startedAt + call.queuedMs)
    const arrivedAt = this.#micros(answer.startedAt)
    this.events.push({ ...arrow, ph: 's', ts: sentAt, ...from })
    this.events.push({ ...arrow, ph: 'f', bp: 'e', ts: arrivedAt, ...to })
  }

  /** A bar over all calls of a trace, from the process where it began. */
  addTraces(calls: readonly JoinedCall[]): void {
    const traces = Map.groupBy(calls, call => call.traceId)
    for (const [traceId, parts] of traces) {
      const root = parts.find(({ call }) => call?.parentSpanId === 0)
      const pid = root === undefined ? undefined : this.#pids.get(root.caller)
      if (root === undefined || pid === undefined || parts.length === 1) continue
      const id = traceIdText(traceId)
      const bar = { name: root.method, cat: 'trace', id, pid, tid: 0 }
      const end = parts.reduce((latest, part) => Math.max(latest, endOf(part)), 0)
      this.events.push({
        ...bar,
        ph: 'b',
        ts: this.#micros(startOf(root)),
        args: { trace: id, calls: parts.length },
      })
      this.events.push({ ...bar, ph: 'e', ts: this.#micros(end), args: {} })
    }
  }

  /** Names of processes and tracks; after all spans, when the tracks are known. */
  tracks({ processes }: MergedTrace): readonly ChromeTraceEvent[] {
    return processes.flatMap(({ endpoint }, order) => {
      const pid = this.#pids.get(endpoint) ?? 0
      const about = (
        name: string,
        tid: number,
        args: Readonly<Record<string, string | number>>,
      ): ChromeTraceEvent => ({ ph: 'M', name, cat: '__metadata', ts: 0, pid, tid, args })
      const lanesOf = (kind: SpanKind): readonly ChromeTraceEvent[] =>
        Array.from({ length: this.#lanes.get(`${endpoint} ${kind}`)?.size ?? 0 }, (_, lane) => {
          const tid = trackOf(kind, lane)
          return [
            about('thread_name', tid, { name: kind === 'call' ? 'calls' : 'handlers' }),
            about('thread_sort_index', tid, { sort_index: tid }),
          ]
        }).flat()
      return [
        about('process_name', 0, { name: endpoint }),
        about('process_sort_index', 0, { sort_index: order }),
        ...lanesOf('call'),
        ...lanesOf('handler'),
      ]
    })
  }

  /** Draws one side of a call, with the time before it got through as a span within. */
  #span(
    endpoint: string,
    name: string,
    kind: SpanKind,
    span: SpanRecord,
    ids: Readonly<Record<string, string>>,
  ): { readonly pid: number; readonly tid: number } | null {
    const pid = this.#pids.get(endpoint)
    if (pid === undefined) return null
    const { startedAt, queuedMs, wireMs, handlerMs, totalMs, outcome } = span
    const ts = this.#micros(startedAt)
    const end = this.#micros(startedAt + totalMs)
    const key = `${endpoint} ${kind}`
    const lanes = this.#lanes.get(key) ?? new Lanes()
    this.#lanes.set(key, lanes)
    const tid = trackOf(kind, lanes.place(ts, end))
    const times =
      kind === 'call'
        ? { queuedMs: rounded(queuedMs), wireMs: rounded(wireMs), handlerMs: rounded(handlerMs) }
        : { queuedMs: rounded(queuedMs), handlerMs: rounded(handlerMs) }
    const args = { ...ids, ...times, totalMs: rounded(totalMs), outcome }
    this.events.push({ ph: 'X', name, cat: kind, ts, dur: rounded(end - ts), pid, tid, args })
    const waitedUntil = Math.min(end, this.#micros(startedAt + queuedMs))
    if (waitedUntil > ts) {
      const dur = rounded(waitedUntil - ts)
      this.events.push({ ph: 'X', name: 'queued', cat: 'queued', ts, dur, pid, tid, args: {} })
    }
    return { pid, tid }
  }

  #micros(epochMs: number): number {
    return Math.max(0, rounded((epochMs - this.#origin) * 1_000))
  }
}

type SpanKind = 'call' | 'handler'

function trackOf(kind: SpanKind, lane: number): number {
  return kind === 'call' ? 1 + lane : firstHandlerTrack + lane
}

function argsOf({ traceId, spanId }: Pick<JoinedCall, 'traceId' | 'spanId'>): {
  readonly trace: string
  readonly span: string
} {
  return { trace: traceIdText(traceId), span: traceIdText(spanId) }
}

function endOf({ call, answer }: JoinedCall): number {
  const span = call ?? answer
  return span === null ? 0 : span.startedAt + span.totalMs
}

/** Nanoseconds are more than any clock here tells. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
