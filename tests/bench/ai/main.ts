import { parseArgs } from 'node:util'
import { peers } from './peers-case.ts'
import { analysis, coldStart, embedding, memory, queue } from './process-cases.ts'
import { type AiResult, print } from './results.ts'
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
  peers: () => peers(runs),
}

await buildAi()
const results: AiResult[] = []
for (const [name, measure] of Object.entries(cases)) {
  if (!name.includes(options.only)) continue
  console.error(`measuring: ${name}`)
  results.push(...(await measure()))
}
print(results, options.json)
process.exit(results.some(({ met }) => met === false) && !options.quick ? 1 : 0)

async function withAi<T>(work: (started: ReturnType<typeof startAi>) => Promise<T>): Promise<T> {
  await using started = startAi()
  return await work(started)
}
