import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Order, Report } from './caller.ts'
import type { Cell } from './cell.ts'
import type { Round, RoundOptions } from './pairing.ts'
import type { TransportName } from './transports/link.ts'

/** Longer than any round should take: whoever needs more has stopped. */
const patienceMs = 60_000

/** A process with one contestant beside raw. */
export interface CallerProcess extends AsyncDisposable {
  readonly contestant: string
  /** Lets both sides compile what the cell needs. */
  warmUp(cell: Cell, durationMs: number): Promise<void>
  /** Null when the contestant has nothing of the kind. Rejects when either side failed; it is of no more use then. */
  measure(round: RoundOptions): Promise<Round | null>
}

export async function startCaller(transport: TransportName, contestant: string): Promise<CallerProcess> {
  const child = fork(fileURLToPath(new URL('caller.ts', import.meta.url)), [], { execArgv: [] })
  const ended = new Promise<void>(resolve => child.on('exit', () => resolve()))

  const ask = (order: Order): Promise<Report> =>
    new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => settle(() => reject(new Error('No answer'))), patienceMs)
      const settle = (act: () => void): void => {
        clearTimeout(giveUp)
        child.off('message', receive)
        child.off('exit', die)
        act()
      }
      const receive = (report: Report): void =>
        settle(() => (report.kind === 'failed' ? reject(new Error(report.reason)) : resolve(report)))
      const die = (code: number | null): void =>
        settle(() => reject(new Error(`The caller ended with ${code}`)))
      child.on('message', receive)
      child.on('exit', die)
      child.send(order)
    })

  const process: CallerProcess = {
    contestant,
    async warmUp(cell, durationMs) {
      await ask({ kind: 'warmUp', cell, durationMs })
    },
    async measure(round) {
      const report = await ask({ kind: 'measure', round })
      if (report.kind !== 'measured') throw new Error(`It said ${report.kind}`)
      return report.round
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      const kill = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(kill)
    },
  }
  try {
    await ask({ kind: 'open', transport, contestant })
  } catch (error) {
    await process[Symbol.asyncDispose]()
    throw error
  }
  return process
}
