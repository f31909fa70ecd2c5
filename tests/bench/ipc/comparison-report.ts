import type { CellComparison, Comparison } from './comparison.ts'
import { nexusName, nexusOneByOneName, peerNames, rawName } from './contestants/all.ts'
import { type Result, resultOf, rounded, type Target } from './results.ts'
import type { Spread } from './statistics.ts'
import { targetsOf } from './targets.ts'
import { transportTitles } from './transports/link.ts'

const peers: ReadonlySet<string> = new Set(peerNames)

/** The lines of one cell: every contestant beside raw, and Nexus beside the best peer. */
export function resultsOf(compared: CellComparison): readonly Result[] {
  const { contestants } = compared
  const noise = contestants.find(({ contestant }) => contestant === rawName)?.ratio
  const unit = compared.quantile === null ? '1/s' : 'us'
  const targets = targetsOf(compared)
  const title = titleOf(compared)
  const besideRaw = contestants.map(({ contestant, own, raw, ratio }) =>
    resultOf({
      name: `${title}: ${contestant === rawName ? 'raw again' : contestant} / raw`,
      unit,
      value: own.median,
      baseline: raw.median,
      ratio,
      target: contestant === nexusName ? targets.raw : undefined,
      noise,
    }),
  )
  const own = contestants.find(({ contestant }) => contestant === nexusName)
  if (own === undefined) return besideRaw
  const beside = (other: Comparison, name: string, target: Target | undefined): Result =>
    resultOf({
      name: `${title}: ${nexusName} / ${name}`,
      unit,
      value: own.own.median,
      baseline: other.own.median,
      ratio: quotientOf(own.ratio, other.ratio),
      target,
      noise,
    })
  const best = bestPeerOf(compared)
  const alone = contestants.find(({ contestant }) => contestant === nexusOneByOneName)
  return [
    ...besideRaw,
    ...(best === null ? [] : [beside(best, `best peer (${best.contestant})`, targets.bestPeer)]),
    ...(alone === undefined ? [] : [beside(alone, nexusOneByOneName, targets.oneByOne)]),
  ]
}

/** Both were paired with raw, not with each other: the quartiles are as far apart as they could be. */
function quotientOf(own: Spread, other: Spread): Spread {
  return {
    median: own.median / other.median,
    lower: own.lower / other.upper,
    upper: own.upper / other.lower,
  }
}

/** The table that a reader sees: a row for each contestant. */
export function printCell(compared: CellComparison): void {
  const best = bestPeerOf(compared)
  const isTime = compared.quantile !== null
  console.log(`\n${compared.name}: ${titleOf(compared)}, ${isTime ? 'us' : 'per second'}`)
  console.table(
    Object.fromEntries(
      compared.contestants.map(({ contestant, own, ratio, cpu }) => [
        contestant === rawName ? 'raw (again)' : contestant,
        {
          median: rounded(own.median),
          quartiles: `${rounded(own.lower)} – ${rounded(own.upper)}`,
          'to raw': rounded(ratio.median),
          'its quartiles': `${rounded(ratio.lower)} – ${rounded(ratio.upper)}`,
          'to the best peer': best === null ? '' : rounded(ratio.median / best.ratio.median),
          'CPU us': rounded(cpu.own),
          'raw CPU us': rounded(cpu.raw),
        },
      ]),
    ),
  )
}

function bestPeerOf({ contestants, quantile }: CellComparison): Comparison | null {
  const candidates = contestants.filter(({ contestant }) => peers.has(contestant))
  const sorted = candidates.toSorted((a, b) => b.ratio.median - a.ratio.median)
  return (quantile === null ? sorted.at(0) : sorted.at(-1)) ?? null
}

function titleOf({ cell, transport, quantile }: CellComparison): string {
  const where = transportTitles[transport]
  if (cell.kind === 'notifications') return `notifications, 64 in a turn, ${where}`
  const what = cell.work === 'add' ? 'small call' : '1 KB object echoed'
  return `${what}, ${cell.inFlight} in flight${quantile === null ? '' : `, ${quantile}`}, ${where}`
}
