import { machine } from '../result.ts'
import { cells, nameOf } from './cell.ts'
import { compare, type Failure } from './comparison.ts'
import { printCell, resultsOf } from './comparison-report.ts'
import {
  contestantNamed,
  nexusName,
  nexusOneByOneName,
  peerNames,
  rawName,
  rawWithPromisesName,
} from './contestants/all.ts'
import { groups } from './groups/all.ts'
import type { Group } from './groups/group.ts'
import { runGroup } from './groups/run.ts'
import { foreignLoad } from './machine-load.ts'
import { type Options, readOptions } from './options.ts'
import { profileCell } from './profile.ts'
import { type Result, resultOf } from './results.ts'
import { printGroup, printTargets } from './tables.ts'
import { type TransportName, transports } from './transports/link.ts'

const contestants = [rawName, rawWithPromisesName, nexusName, nexusOneByOneName, ...peerNames]
const quickPlan = { rounds: 1, sliceMs: 6, firstWarmUpMs: 100, warmUpMs: 10 }
const fullPlan = { rounds: 5, sliceMs: 12, firstWarmUpMs: 900, warmUpMs: 200 }

/** Most often what a target hangs on: ourselves, and how much raw differs from itself. */
function slicesOf(contestant: string): number {
  return contestant === rawName || contestant === nexusName ? 8 : 4
}

interface Outcome {
  readonly results: readonly Result[]
  readonly failures: readonly Failure[]
}

async function measureAll(options: Options): Promise<void> {
  const names = [
    ...transports.flatMap(transport => cells.map(cell => nameOf(transport, cell))),
    ...groups.map(({ name }) => name),
  ]
  if (!names.some(name => name.includes(options.only))) {
    throw new RangeError(`There is no cell ${options.only}, but: ${names.join(' ')}`)
  }
  const startedAt = performance.now()
  const runtime = `Node ${process.versions.node}`
  const others = await foreignLoad(1_000)
  console.log(`ipc: measured on ${runtime}; ${machine()}`)
  for (const name of peerNames) {
    const { remark } = await contestantNamed(name)
    if (remark !== undefined) console.log(`${name} ${remark}.`)
  }
  if (others > 0.1)
    console.log(`Others use ${Math.round(others * 100)} % of this machine: believe no figure.`)
  const outcomes: Outcome[] = []
  for (const transport of transports) {
    outcomes.push(await measureTransport(transport, options))
  }
  for (const group of groups) {
    if (group.name.includes(options.only)) outcomes.push(await measureGroup(group, options))
  }
  const results = outcomes.flatMap(outcome => outcome.results)
  const failures = outcomes.flatMap(outcome => outcome.failures)
  printTargets(results)
  for (const { cell, contestant, reason } of failures) {
    console.log(`Not reported, because it failed: ${cell} of ${contestant}: ${reason}`)
  }
  console.log(`Took ${Math.round((performance.now() - startedAt) / 1_000)} s.`)
  if (failures.length > 0) process.exitCode = 1
  if (!options.json) return
  console.log(
    JSON.stringify({ benchmark: 'ipc', runtime, machine: machine(), foreignLoad: others, results, failures }),
  )
}

async function measureTransport(transport: TransportName, { only, quick }: Options): Promise<Outcome> {
  const chosen = cells.filter(cell => nameOf(transport, cell).includes(only))
  if (chosen.length === 0) return { results: [], failures: [] }
  const compared = await compare(
    {
      transport,
      cells: chosen,
      contestants: contestants.map(name => ({ name, slices: quick ? 3 : slicesOf(name) })),
      ...(quick ? quickPlan : fullPlan),
    },
    tell,
  )
  for (const cell of compared.cells) printCell(cell)
  return { results: compared.cells.flatMap(resultsOf), failures: compared.failures }
}

async function measureGroup(group: Group, { quick }: Options): Promise<Outcome> {
  tell(group.name)
  try {
    const results = (await runGroup(group, { quick })).map(resultOf)
    printGroup(group.title, results)
    return { results, failures: [] }
  } catch (error) {
    return { results: [], failures: [{ cell: group.name, contestant: nexusName, reason: String(error) }] }
  }
}

/** Beside the tables, for whoever waits. */
function tell(progress: string): void {
  process.stderr.write(`${progress}\n`)
}

/** `npm run bench:ipc`: Nexus's messages beside raw posts and beside its peers, in one run. */
const options = readOptions()
if (options.profile === null) await measureAll(options)
else await profileCell(options.profile)
