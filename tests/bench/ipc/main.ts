import { machine } from '../result.ts'
import { cells, nameOf } from './cells/cell.ts'
import { compare, type Failure } from './comparison.ts'
import { printCell, resultsOf } from './comparison-report.ts'
import { peers } from './contestants/all.ts'
import { foreignLoad } from './machine-load.ts'
import { type Options, readOptions } from './options.ts'
import type { Result } from './results.ts'
import type { TransportName } from './transports/link.ts'

/** `npm run bench:ipc`: Nexus's messages beside raw posts and beside its peers, in one run. */
const options = readOptions()
await measure(options)

async function measure({ quick, only, json }: Options): Promise<void> {
  const runtime = `Node ${process.versions.node}`
  const others = await foreignLoad(1_000)
  console.log(`ipc: measured on ${runtime}; ${machine()}`)
  for (const { name, remark } of peers) if (remark !== undefined) console.log(`${name} ${remark}.`)
  if (others > 0.1)
    console.log(`Others use ${Math.round(others * 100)} % of this machine: believe no figure.`)
  const results: Result[] = []
  const failures: Failure[] = []
  const tell = (progress: string): void => void process.stderr.write(`${progress}\n`)
  for (const transport of ['port', 'channel', 'socket'] satisfies TransportName[]) {
    const chosen = cells.filter(cell => nameOf(transport, cell).includes(only))
    if (chosen.length === 0) continue
    const compared = await compare(
      {
        transport,
        cells: chosen,
        contestants: ['raw', 'raw + promise', 'Nexus', ...peers.map(({ name }) => name)],
        ...(quick ? { rounds: 1, slices: 3, sliceMs: 8 } : { rounds: 5, slices: 8, sliceMs: 12 }),
      },
      tell,
    )
    for (const cell of compared.cells) {
      printCell(cell)
      results.push(...resultsOf(cell))
    }
    failures.push(...compared.failures)
  }
  for (const { cell, contestant, reason } of failures) {
    console.log(`Not reported, because it failed: ${cell} of ${contestant}: ${reason}`)
  }
  if (json) {
    console.log(
      JSON.stringify({
        benchmark: 'ipc',
        runtime,
        machine: machine(),
        foreignLoad: others,
        results,
        failures,
      }),
    )
  }
  if (failures.length > 0) process.exitCode = 1
}
