import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { content } from './content-case.ts'
import { peers } from './peers-case.ts'
import { analysis, coldStart, embedding, memory, queue } from './process-cases.ts'
import { type AiFailure, type AiResult, print } from './results.ts'
import { search } from './search-case.ts'
import { buildAi, startAi } from './start-ai.ts'

/** `npm run bench:ai [-- --json] [--quick] [--only <text>]`: what the AI process takes and gives. */
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    // Shows that everything runs, not how fast.
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const patienceMs = 90_000
const runs = options.quick ? 10 : 200

const cases: Readonly<Record<string, () => Promise<AiResult[]>>> = {
  'cold start': () => coldStart(options.quick ? 2 : 7),
  analysis: () => withAi(started => analysis(started, runs)),
  queue: () =>
    withAi(async started => {
      await analysis(started, 5)
      return queue(started)
    }),
  memory: () => withAi(memory),
  embedding: () => withAi(started => embedding(started, runs)),
  search: () => search(options.quick ? 20_000 : 100_000),
  content: () => content(options.quick ? 2 : 10),
  peers: () => peers(runs),
}

await buildAi()
const results: AiResult[] = []
const failures: AiFailure[] = []
for (const [name, measure] of Object.entries(cases)) {
  if (!name.includes(options.only)) continue
  console.error(`measuring: ${name}`)
  try {
    results.push(...(await inTime(name, measure())))
  } catch (error) {
    // Told of at the end; the others are measured.
    failures.push({ case: name, problem: error instanceof Error ? error.message : String(error) })
  }
}
print(results, failures, options.json)
const isMissed = results.some(({ met }) => met === false) && !options.quick
process.exit(isMissed || failures.length > 0 ? 1 : 0)

/** A case that hangs is given up: the whole run has to end. */
async function inTime<T>(name: string, work: Promise<T>): Promise<T> {
  const waiting = new AbortController()
  try {
    const late = delay(patienceMs, null, { signal: waiting.signal }).then((): never => {
      throw new Error(`The case "${name}" took more than ${patienceMs / 1_000} s`)
    })
    return await Promise.race([work, late])
  } finally {
    waiting.abort()
  }
}

async function withAi<T>(work: (started: ReturnType<typeof startAi>) => Promise<T>): Promise<T> {
  await using started = startAi()
  return await work(started)
}
