import { type CallerProcess, startCaller } from './caller-process.ts'
import { type Cell, nameOf } from './cell.ts'
import type { PairedFigure, Round } from './pairing.ts'
import { type Spread, spreadOf } from './statistics.ts'
import type { TransportName } from './transports/link.ts'

/** How one contestant did in one cell. */
export interface Comparison {
  readonly contestant: string
  readonly own: Spread
  readonly raw: Spread
  /** Of the paired figures, own by raw. */
  readonly ratio: Spread
  /** Medians of the calling process's processor time in us a call. */
  readonly cpu: PairedFigure
}

/** Everything that was measured in one cell; with one call in flight once for the median and once for the tail. */
export interface CellComparison {
  /** `port/add@256`, with ` p50` or ` p99` behind it where there is one call in flight. */
  readonly name: string
  readonly transport: TransportName
  readonly cell: Cell
  readonly quantile: 'p50' | 'p99' | null
  readonly contestants: readonly Comparison[]
}

export interface Failure {
  readonly cell: string
  readonly contestant: string
  readonly reason: string
}

export interface PlannedContestant {
  readonly name: string
  /** Of each round. */
  readonly slices: number
}

export interface ComparisonPlan {
  readonly transport: TransportName
  readonly cells: readonly Cell[]
  readonly contestants: readonly PlannedContestant[]
  readonly rounds: number
  readonly sliceMs: number
  /** Before the first cell, which compiles nearly everything, and before each other one. */
  readonly firstWarmUpMs: number
  readonly warmUpMs: number
}

/** Measures all contestants in all cells of one transport, in turns. What failed is told and not reported. */
export async function compare(
  plan: ComparisonPlan,
  tell: (progress: string) => void,
): Promise<{ readonly cells: readonly CellComparison[]; readonly failures: readonly Failure[] }> {
  const { transport } = plan
  const failures: Failure[] = []
  await using callers = new AsyncDisposableStack()
  const alive = new Map<CallerProcess, PlannedContestant>()
  for (const contestant of plan.contestants) {
    try {
      alive.set(callers.use(await startCaller(transport, contestant.name)), contestant)
    } catch (error) {
      failures.push({ cell: `${transport}/*`, contestant: contestant.name, reason: String(error) })
    }
  }
  const compared: CellComparison[] = []
  for (const cell of plan.cells) {
    const name = nameOf(transport, cell)
    tell(name)
    const rounds = new Map<CallerProcess, Round[]>()
    const durationMs = cell === plan.cells[0] ? plan.firstWarmUpMs : plan.warmUpMs
    for (let round = 0; round <= plan.rounds; round += 1) {
      for (const [caller, { slices }] of alive) {
        try {
          if (round === 0) {
            await caller.warmUp(cell, durationMs)
            continue
          }
          const measured = await caller.measure({ cell, slices, sliceMs: plan.sliceMs })
          if (measured !== null) rounds.set(caller, [...(rounds.get(caller) ?? []), measured])
        } catch (error) {
          failures.push({ cell: name, contestant: caller.contestant, reason: String(error) })
          alive.delete(caller)
          rounds.delete(caller)
        }
      }
    }
    compared.push(...comparisonsOf(name, transport, cell, rounds))
  }
  return { cells: compared, failures }
}

function comparisonsOf(
  name: string,
  transport: TransportName,
  cell: Cell,
  rounds: ReadonlyMap<CallerProcess, readonly Round[]>,
): CellComparison[] {
  const comparison = (
    quantile: CellComparison['quantile'],
    figures: (round: Round) => readonly PairedFigure[],
  ): CellComparison => ({
    name: quantile === null ? name : `${name} ${quantile}`,
    transport,
    cell,
    quantile,
    contestants: [...rounds].map(([{ contestant }, own]) => ({
      ...comparisonOf(contestant, own.flatMap(figures)),
      cpu: cpuOf(own),
    })),
  })
  const isTimed = cell.kind === 'calls' && cell.inFlight === 1
  if (!isTimed) return [comparison(null, round => round.slices)]
  return [
    comparison('p50', round => round.slices),
    comparison('p99', round => (round.p99 === null ? [] : [round.p99])),
  ]
}

function comparisonOf(contestant: string, figures: readonly PairedFigure[]): Omit<Comparison, 'cpu'> {
  return {
    contestant,
    own: spreadOf(figures.map(({ own }) => own)),
    raw: spreadOf(figures.map(({ raw }) => raw)),
    ratio: spreadOf(figures.map(({ own, raw }) => own / raw)),
  }
}

function cpuOf(rounds: readonly Round[]): PairedFigure {
  return {
    own: spreadOf(rounds.map(({ cpu }) => cpu.own)).median,
    raw: spreadOf(rounds.map(({ cpu }) => cpu.raw)).median,
  }
}
