import { parseArgs } from 'node:util'
import { Random } from '../fuzz/random.ts'
import { leftOver, megabytes, type Reading, settledReading } from '../fuzz/readings.ts'
import { World } from './world.ts'

/**
 * `node tests/soak/connections.ts [--minutes 10] [--seed N]`: connections over every transport are opened and dropped at
 * random, by members of a hub, threads that are terminated and sockets that break, while everybody calls everybody.
 * Fails when an answer was wrong, when something is left over once everybody has gone, and when memory, open files or
 * whatever holds the process are not back where they started. Once a minute everybody goes, and a row is printed.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
/** Compiled code and caches are there after it. */
const warmUpMs = 30_000
const allowedHeapBytes = 3_000_000
/**
 * Of the median reading of the last third over that of the second. What ended threads have freed, malloc keeps, up to a
 * level that it reaches within some minutes (seen: 342 MB after three, 420 after five, 423 after ten) and then goes up and
 * down about; threads that connect to nobody do the same. What leaks does not level off.
 */
const allowedRssBytes = 50_000_000

/** What a process has that does nothing: its output. */
const standard = new Set(['PipeWrap', 'TTYWrap', 'Timeout'])

const thrown: string[] = []
process.on('uncaughtException', error => thrown.push(`Thrown outside: ${error.stack}`))
process.on('unhandledRejection', reason => thrown.push(`Rejected and not handled: ${String(reason)}`))

const totalMs = Number(values.minutes) * 60_000
console.log(`soak: ${values.minutes} minutes, seed ${values.seed}`)
const world = await World.open(new Random(Number(values.seed)))
await world.live(Math.min(warmUpMs, totalMs / 4))
await world.empty()
const before = await settledReading()
const problems: string[] = []
console.log('minute   heap        rss          files  arrived  left   answered  failed')
print('0', before)

const rows = Math.max(1, Math.round(totalMs / 60_000))
const readings = [before]
for (let row = 1; row <= rows; row += 1) {
  await world.live(totalMs / rows)
  await world.empty()
  problems.push(
    ...world.leftovers().map(what => `Left over: ${what}`),
    ...world.wrong.splice(0),
    ...thrown.splice(0),
  )
  const reading = await settledReading()
  readings.push(reading)
  print(((row * totalMs) / rows / 60_000).toFixed(1), reading)
}

const last = readings.at(-1) ?? before
compare('heap', last.heapBytes - before.heapBytes, allowedHeapBytes)
const third = Math.max(1, Math.floor(rows / 3))
const [middleRows, lastRows] = [readings.slice(-2 * third, -third), readings.slice(-third)]
compare('resident memory', medianRss(lastRows) - medianRss(middleRows), allowedRssBytes)
const more = leftOver(before, last)
if (more.length > 0) problems.push(`Left over: ${more.join(', ')}`)
await world[Symbol.asyncDispose]()
const end = await settledReading()
const foreign = end.resources.filter(resource => !standard.has(resource))
if (foreign.length > 0) problems.push(`After closing everything there is still ${foreign.join(', ')}`)
problems.push(...thrown)
for (const [code, count] of world.outcomes.failed) console.log(`${count} calls ended with ${code}`)
for (const problem of new Set(problems)) console.log(`FAILED: ${problem}`)
console.log(problems.length === 0 ? 'passed' : 'failed')
process.exit(problems.length === 0 ? 0 : 1)

function medianRss(rows: readonly Reading[]): number {
  const sorted = rows.map(({ rssBytes }) => rssBytes).toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? 0
}

function compare(what: string, growth: number, allowed: number): void {
  console.log(`${what}: ${growth >= 0 ? '+' : ''}${megabytes(growth)} (allowed ${megabytes(allowed)})`)
  if (growth > allowed) problems.push(`${what} grew by ${megabytes(growth)}`)
}

function print(minute: string, { heapBytes, rssBytes, files }: Reading): void {
  const failed = [...world.outcomes.failed.values()].reduce((sum, count) => sum + count, 0)
  const cells = [minute, megabytes(heapBytes), megabytes(rssBytes), files.length, world.arrived, world.left]
  console.log(
    [...cells, world.outcomes.answered, failed]
      .map((cell, index) => String(cell).padEnd([8, 11, 12, 6, 8, 6, 9, 0][index] ?? 0))
      .join(' '),
  )
}
