import type { Cell } from './cell.ts'
import type { Caller } from './contestants/contestant.ts'
import { runSlice, type Slice } from './load.ts'
import { canNotify, runNotifications } from './notifying.ts'
import { quantileOf, spreadOf } from './statistics.ts'

/** The same thing measured of a contestant and of raw, one right after the other. */
export interface PairedFigure {
  readonly own: number
  readonly raw: number
}

/** What one round of a cell gave. */
export interface Round {
  /** Of each slice: calls or notifications per second, or with one call in flight the median latency in us. */
  readonly slices: readonly PairedFigure[]
  /** Processor time of the calling process in us a call. */
  readonly cpu: PairedFigure
  /** The 99th percentile in us over the whole round; only with one call in flight. */
  readonly p99: PairedFigure | null
}

export interface RoundOptions {
  readonly cell: Cell
  readonly slices: number
  readonly sliceMs: number
}

/** What is sent in one turn of the event loop: raw posts each alone, the others do what they do. */
const notificationsPerTurn = 64

/** What does more has more to compile: raw is as fast as it gets after a quarter of the time. */
export async function warmUp(
  raw: Caller,
  own: Caller,
  { cell, durationMs }: { readonly cell: Cell; readonly durationMs: number },
): Promise<void> {
  if (!canTake(own, cell)) return
  await runCell(own, cell, durationMs)
  await runCell(raw, cell, durationMs / 4)
}

function canTake(caller: Caller, cell: Cell): boolean {
  return cell.kind === 'notifications' ? canNotify(caller) : caller.isOneByOne !== true
}

/**
 * Alternates short slices of raw and of the contestant, each first as often as the other: how fast a sleeping thread
 * wakes changes from one second to the next on virtual machines, and must meet both. Null when the contestant cannot
 * do this at all.
 */
export async function measureRound(raw: Caller, own: Caller, options: RoundOptions): Promise<Round | null> {
  const { cell, sliceMs } = options
  if (!canTake(own, cell)) return null
  const isTimed = cell.kind === 'calls' && cell.inFlight === 1
  const slices: PairedFigure[] = []
  const latencies = { raw: [] as number[], own: [] as number[] }
  const cpu = { raw: [] as number[], own: [] as number[] }

  const measure = async (who: 'raw' | 'own'): Promise<number> => {
    const caller = who === 'raw' ? raw : own
    const slice = await runCell(caller, cell, sliceMs)
    cpu[who].push(slice.cpuPerCall)
    if (!isTimed) return slice.callsPerSecond
    for (const latency of slice.latencies) latencies[who].push(latency)
    return spreadOf(slice.latencies).median
  }

  for (let index = 0; index < options.slices; index += 1) {
    const rawFirst = index % 2 === 0 ? await measure('raw') : null
    const figure = await measure('own')
    slices.push({ own: figure, raw: rawFirst ?? (await measure('raw')) })
  }
  return {
    slices,
    cpu: { own: spreadOf(cpu.own).median, raw: spreadOf(cpu.raw).median },
    p99: isTimed
      ? { own: quantileOf(sorted(latencies.own), 0.99), raw: quantileOf(sorted(latencies.raw), 0.99) }
      : null,
  }
}

/** One caller in one cell for a while; with `durationMs` long enough, what a profiler looks at. */
export async function runCell(caller: Caller, cell: Cell, durationMs: number): Promise<Slice> {
  if (cell.kind === 'calls') return await runSlice(caller, { ...cell, durationMs })
  if (!canNotify(caller)) throw new TypeError('It cannot notify')
  return await runNotifications(caller, { burst: notificationsPerTurn, durationMs })
}

function sorted(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b)
}
