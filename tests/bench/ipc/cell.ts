import type { Work } from './load.ts'
import type { TransportName } from './transports/link.ts'

/** One thing that is measured of a contestant on a transport, always beside raw. */
export type Cell =
  | { readonly kind: 'calls'; readonly work: Work; readonly inFlight: number }
  | { readonly kind: 'notifications' }

export const cells: readonly Cell[] = [
  // The busiest first: it warms the code up for the others.
  { kind: 'calls', work: 'add', inFlight: 256 },
  { kind: 'calls', work: 'echo', inFlight: 256 },
  { kind: 'calls', work: 'add', inFlight: 16 },
  { kind: 'calls', work: 'echo', inFlight: 16 },
  { kind: 'calls', work: 'add', inFlight: 1 },
  { kind: 'calls', work: 'echo', inFlight: 1 },
  { kind: 'notifications' },
]

/** `port/add@256`: what `--only` and `--profile` take. */
export function nameOf(transport: TransportName, cell: Cell): string {
  return cell.kind === 'calls' ? `${transport}/${cell.work}@${cell.inFlight}` : `${transport}/notifications`
}
