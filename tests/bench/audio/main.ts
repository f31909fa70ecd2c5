import { parseArgs } from 'node:util'
import { decoding } from './decode-case.ts'
import { measuring, mixing, resampling } from './engine-cases.ts'
import { type AudioResult, print } from './results.ts'

/** `npm run bench:audio [-- --json] [--quick] [--only <text>]`: how fast sound is decoded, mixed, converted and measured. */
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    // Shows that everything runs, not how fast.
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const runs = options.quick ? 1 : 7
const seconds = options.quick ? 4 : 60

const cases: Readonly<Record<string, () => AudioResult[] | Promise<AudioResult[]>>> = {
  decode: () => decoding(seconds, runs),
  mix: () => mixing(seconds / 4, runs),
  resample: () => resampling(seconds / 4, runs),
  measure: () => measuring(seconds / 4, runs),
}

const results: AudioResult[] = []
for (const [name, measure] of Object.entries(cases)) {
  if (!name.includes(options.only)) continue
  console.error(`measuring: ${name}`)
  results.push(...(await measure()))
}
print(results, options.json)
process.exit(results.some(({ met }) => met === false) && !options.quick ? 1 : 0)
