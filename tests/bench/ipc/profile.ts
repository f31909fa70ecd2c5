import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Cell, cells, nameOf } from './cell.ts'
import { type TransportName, transports } from './transports/link.ts'

const rows = 25
/** The part of a profile that is looked at: before it programs are loaded and code is compiled, after it all ends. */
const busyMs = 3_000
const lastMs = 300

/**
 * Runs our side of one cell under Node's CPU profiler, without raw beside it, and prints where both sides spend their
 * time. The profiles can be opened in Chromium's developer tools.
 */
export async function profileCell(name: string): Promise<void> {
  const found = findCell(name)
  if (found === null) throw new RangeError(`There is no cell ${name}; a cell is called like port/add@256`)
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-bench-profile-'))
  const child = fork(fileURLToPath(new URL('profiled.ts', import.meta.url)), [], {
    execArgv: ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200'],
  })
  child.send(found)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The profiled process ended with ${code}`)
  for (const file of (await readdir(folder)).sort()) {
    const profile: Profile = JSON.parse(await readFile(path.join(folder, file), 'utf8'))
    console.log(`\n${path.join(folder, file)}`)
    console.table(selfTimes(profile))
  }
}

/** What a profiled process is told. */
export interface ProfileTask {
  readonly transport: TransportName
  readonly cell: Cell
}

function findCell(name: string): ProfileTask | null {
  for (const transport of transports) {
    const cell = cells.find(one => nameOf(transport, one) === name)
    if (cell !== undefined) return { transport, cell }
  }
  return null
}

/** The part of a `.cpuprofile` that is read here. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

function selfTimes({ nodes, samples, timeDeltas }: Profile) {
  const byId = new Map(nodes.map(node => [node.id, node.callFrame]))
  const times = new Map<string, number>()
  const endsAt = timeDeltas.reduce((sum, delta) => sum + delta, 0) - lastMs * 1_000
  let total = 0
  let at = 0
  for (const [index, id] of samples.entries()) {
    const frame = byId.get(id)
    const microseconds = timeDeltas[index] ?? 0
    at += microseconds
    if (at < endsAt - busyMs * 1_000 || at > endsAt) continue
    if (frame === undefined || frame.functionName === '(idle)') continue
    const file = frame.url.replace(/^.*\/(ipc|tests|node_modules)\//, '$1/')
    const place = `${frame.functionName || '(anonymous)'} ${file}${file === '' ? '' : `:${frame.lineNumber + 1}`}`
    times.set(place, (times.get(place) ?? 0) + microseconds)
    total += microseconds
  }
  const sorted = [...times].sort(([, a], [, b]) => b - a).slice(0, rows)
  return sorted.map(([place, microseconds]) => ({
    function: place,
    'self ms': Math.round(microseconds / 1_000),
    share: `${((microseconds / total) * 100).toFixed(1)} %`,
  }))
}
