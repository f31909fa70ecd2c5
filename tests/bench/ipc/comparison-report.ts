import type { CellComparison, Comparison } from './comparison.ts'
import { peers } from './contestants/all.ts'
import { type Result, resultOf, rounded } from './results.ts'
import { targetsOf } from './targets.ts'
import { transportTitles } from './transports/link.ts'

const ours = 'Nexus'
const peerNames = new Set(peers.map(peer => peer.name))

/** The lines of one cell: every contestant beside raw, and Nexus beside the best peer. */
export function resultsOf(compared: CellComparison): readonly Result[] {
  const { contestants } = compared
  const noise = contestants.find(({ contestant }) => contestant === 'raw')?.ratio
  const unit = compared.quantile === null ? '1/s' : 'us'
  const targets = targetsOf(compared)
  const title = titleOf(compared)
  const besideRaw = contestants.map(({ contestant, own, raw, ratio }) =>
    resultOf({
      name: `${title}: ${contestant === 'raw' ? 'raw again' : contestant} / raw`,
      unit,
      value: own.median,
      baseline: raw.median,
      ratio,
      target: contestant === ours ? targets.raw : undefined,
      noise,
    }),
  )
  const nexus = contestants.find(({ contestant }) => contestant === ours)
  const best = bestPeerOf(compared)
  if (nexus === undefined || best === null) return besideRaw
  return [
    ...besideRaw,
    resultOf({
      name: `${title}: ${ours} / best peer (${best.contestant})`,
      unit,
      value: nexus.own.median,
      baseline: best.own.median,
      // Both were paired with raw, not with each other.
      ratio: {
        median: nexus.ratio.median / best.ratio.median,
        lower: nexus.ratio.lower / best.ratio.upper,
        upper: nexus.ratio.upper / best.ratio.lower,
      },
      target: targets.bestPeer,
      noise,
    }),
  ]
}

/** The table that a reader sees: a row for each contestant. */
export function printCell(compared: CellComparison): void {
  const best = bestPeerOf(compared)
  const isTime = compared.quantile !== null
  console.log(`\n${compared.name}: ${titleOf(compared)}, ${isTime ? 'us' : 'per second'}`)
  console.table(
    Object.fromEntries(
      compared.contestants.map(({ contestant, own, ratio, cpu }) => [
        contestant === 'raw' ? 'raw (again)' : contestant,
        {
          median: rounded(own.median),
          quartiles: `${rounded(own.lower)} – ${rounded(own.upper)}`,
          'to raw': rounded(ratio.median),
          'its quartiles': `${rounded(ratio.lower)} – ${rounded(ratio.upper)}`,
          'to the best peer': best === null ? '' : rounded(ratio.median / best.ratio.median),
          'CPU us': cpu === null ? '' : rounded(cpu.own),
          'raw CPU us': cpu === null ? '' : rounded(cpu.raw),
        },
      ]),
    ),
  )
}

function bestPeerOf({ contestants, quantile }: CellComparison): Comparison | null {
  const candidates = contestants.filter(({ contestant }) => peerNames.has(contestant))
  const sorted = candidates.toSorted((a, b) => b.ratio.median - a.ratio.median)
  return (quantile === null ? sorted.at(0) : sorted.at(-1)) ?? null
}

function titleOf({ cell, transport, quantile }: CellComparison): string {
  const where = transportTitles[transport]
  if (cell.kind === 'notifications') return `notifications, 64 in a turn, ${where}`
  const what = cell.work === 'add' ? 'small call' : '1 KB object echoed'
  return `${what}, ${cell.inFlight} in flight${quantile === null ? '' : `, ${quantile}`}, ${where}`
}
