import type { Cell } from './cell.ts'
import { rawName } from './contestants/all.ts'
import { measureRound, type Round, type RoundOptions, warmUp } from './pairing.ts'
import type { TransportName } from './transports/link.ts'
import { openPair, type Pair } from './transports/pair.ts'

/**
 * Entry of a process that holds one contestant and raw, both on the same transport. A process for each contestant, so
 * that no contestant's garbage or type feedback weighs on another. It is told what to do over its channel.
 */
export type Order =
  | { readonly kind: 'open'; readonly transport: TransportName; readonly contestant: string }
  | { readonly kind: 'warmUp'; readonly cell: Cell; readonly durationMs: number }
  | { readonly kind: 'measure'; readonly round: RoundOptions }

export type Report =
  | { readonly kind: 'opened' }
  | { readonly kind: 'warm' }
  | { readonly kind: 'measured'; readonly round: Round | null }
  | { readonly kind: 'failed'; readonly reason: string }

let pairs: { readonly raw: Pair; readonly own: Pair } | null = null

process.on('disconnect', async () => {
  await Promise.all([pairs?.raw.end(), pairs?.own.end()])
  process.exit(0)
})
process.on('message', async (order: Order) => {
  report(await obey(order).catch(failureOf))
})

async function obey(order: Order): Promise<Report> {
  switch (order.kind) {
    case 'open': {
      const { transport, contestant } = order
      pairs = { raw: await openPair(transport, rawName), own: await openPair(transport, contestant) }
      return { kind: 'opened' }
    }
    case 'warmUp':
      await unlessFailed(({ raw, own }) => warmUp(raw.caller, own.caller, order))
      return { kind: 'warm' }
    case 'measure': {
      const round = await unlessFailed(({ raw, own }) => measureRound(raw.caller, own.caller, order.round))
      return { kind: 'measured', round }
    }
  }
}

function unlessFailed<T>(work: (open: NonNullable<typeof pairs>) => Promise<T>): Promise<T> {
  if (pairs === null) throw new Error('Nothing is open')
  return Promise.race([work(pairs), pairs.raw.failure, pairs.own.failure])
}

function failureOf(error: unknown): Report {
  return { kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

function report(what: Report): void {
  process.send?.(what)
}
