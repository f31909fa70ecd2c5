import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { type Core, planCores } from '../../../src/processes/affinity/core-plan.ts'
import { readCores } from '../../../src/processes/affinity/read-cores.ts'
import { findTaskset, type Taskset } from '../../../src/processes/affinity/taskset.ts'
import { nicenessOf } from '../../../src/processes/priorities/niceness.ts'
import { ProcessNiceness } from '../../../src/processes/priorities/process-niceness.ts'
import { raisingAbility } from '../../../src/processes/priorities/raising-ability.ts'
import { type ProcessResult, result } from './results.ts'

interface Load {
  readonly page: boolean
  readonly batch: boolean
  /** Other busy processes, as tabs in the background that do not rest. */
  readonly others: number
}

const loads: Readonly<Record<string, Load>> = {
  'page alone': { page: true, batch: false, others: 0 },
  'AI alone': { page: false, batch: true, others: 0 },
  'page beside AI': { page: true, batch: true, others: 0 },
  'page beside AI and two busy tabs': { page: true, batch: true, others: 2 },
}

interface Means {
  readonly name: string
  readonly setsPriorities: boolean
  readonly setsAffinity: boolean
}

const means: readonly Means[] = [
  { name: 'nothing set', setsPriorities: false, setsAffinity: false },
  { name: 'priorities', setsPriorities: true, setsAffinity: false },
  { name: 'cores', setsPriorities: false, setsAffinity: true },
  { name: 'both', setsPriorities: true, setsAffinity: true },
]

/**
 * When priorities and cores of one's own help, and when they harm: a page that draws sixty frames a second beside work
 * without a pause, each a real process with threads, set by the code that sets them in the browser. Where there are so few
 * cores that the browser leaves them alone, they are split in halves all the same, to show why.
 */
export async function measureScheduling(durationMs: number): Promise<ProcessResult[]> {
  const taskset = findTaskset()
  const cores = taskset === null ? [] : readCores()
  const results: ProcessResult[] = []
  for (const [loadName, load] of Object.entries(loads)) {
    for (const mean of means) {
      if (mean.setsAffinity && (taskset === null || cores.length < 2)) continue
      const { delays, units, elapsedMs } = await run(load, mean, { taskset, cores, durationMs })
      if (load.page) {
        const name = `${loadName}, ${mean.name}`
        results.push(result(`${name}: frame is done after, p95`, 'ms', slowOf(delays)))
        results.push(result(`${name}: frames`, '1/s', (delays.length / elapsedMs) * 1_000))
      }
      if (load.batch)
        results.push(result(`${loadName}, ${mean.name}: AI work`, '1/s', (units / elapsedMs) * 1_000))
    }
  }
  return results
}

interface Machine {
  readonly taskset: Taskset | null
  readonly cores: readonly Core[]
  readonly durationMs: number
}

async function run(
  load: Load,
  mean: Means,
  machine: Machine,
): Promise<{ delays: number[]; units: number; elapsedMs: number }> {
  const threads = Math.max(1, machine.cores.length)
  // Both count from their start until they are asked, which on a busy machine is longer than was meant.
  const began = performance.now()
  const page = load.page ? await start('page') : null
  const batch = load.batch ? await start('batch', threads) : null
  const others = await Promise.all(Array.from({ length: load.others }, () => start('batch', 1)))
  await arrange({ page, batch, others }, mean, machine)
  await setTimeout(machine.durationMs)
  const [delays, units] = await Promise.all([askOf(page), askOf(batch)])
  const elapsedMs = performance.now() - began
  for (const other of others) await askOf(other)
  return { delays, units: units[0] ?? 0, elapsedMs }
}

interface Running {
  readonly page: ChildProcess | null
  readonly batch: ChildProcess | null
  readonly others: readonly ChildProcess[]
}

async function arrange({ page, batch, others }: Running, mean: Means, machine: Machine): Promise<void> {
  if (mean.setsPriorities) {
    const { lowest } = raisingAbility()
    const niceness = new ProcessNiceness()
    const give = (child: ChildProcess | null, priority: Parameters<typeof nicenessOf>[0]): void => {
      if (child?.pid !== undefined) niceness.set(child.pid, nicenessOf(priority, process.platform, lowest))
    }
    give(page, 'high')
    give(batch, 'background')
    for (const other of others) give(other, 'normal')
  }
  const { taskset, cores } = machine
  if (!mean.setsAffinity || taskset === null) return
  const { fast, batch: rest } = splitOf(cores)
  if (page?.pid !== undefined) await taskset.pin(page.pid, fast)
  if (batch?.pid !== undefined) await taskset.pin(batch.pid, rest)
}

function splitOf(cores: readonly Core[]): { fast: readonly number[]; batch: readonly number[] } {
  const plan = planCores(cores)
  if (plan.kind === 'shared') return plan
  const [first, ...others] = cores.map(core => core.id)
  return { fast: first === undefined ? [] : [first], batch: others }
}

async function start(role: 'page' | 'batch', threads = 1): Promise<ChildProcess> {
  const child = fork(new URL('scheduling-load.ts', import.meta.url), [role, `${threads}`])
  await once(child, 'message')
  return child
}

/** Ends it, and gives what it counted. */
async function askOf(child: ChildProcess | null): Promise<number[]> {
  if (child === null) return []
  const answered = once(child, 'message')
  const ended = once(child, 'exit')
  child.send('end')
  const [counted] = await answered
  await ended
  return Array.isArray(counted) ? counted.filter(one => typeof one === 'number') : []
}

/** What one in twenty exceeds. */
function slowOf(delays: readonly number[]): number {
  const sorted = delays.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
}
