import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Ground, reading, starting, writing } from './cases.ts'
import { writeMadeDatabase } from './made-database.ts'
import { MadeHistory } from './made-history.ts'
import { print, type StorageResult } from './results.ts'

/** `npm run bench:storage [-- --json] [--quick] [--only <text>]`: storage with a history of a million pages. */
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    // Shows that everything runs, not how fast.
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const seed = 7
const pages = options.quick ? 20_000 : 1_000_000

const cases: Readonly<Record<string, (ground: Ground) => Promise<StorageResult[]>>> = {
  reading,
  writing,
  starting,
}

const folder = mkdtempSync(join(tmpdir(), 'nexus-bench-storage-'))
const results: StorageResult[] = []
try {
  const history = new MadeHistory(seed)
  const ground: Ground = {
    folder,
    large: join(folder, 'large', 'nexus.sqlite'),
    small: join(folder, 'small', 'nexus.sqlite'),
    history,
    rounds: options.quick ? 100 : 600,
  }
  console.error(`writing a history of ${pages} pages`)
  writeMadeDatabase(ground.large, history, pages)
  writeMadeDatabase(ground.small, new MadeHistory(seed), 100)
  for (const [name, measure] of Object.entries(cases)) {
    if (!name.includes(options.only)) continue
    console.error(`measuring: ${name}`)
    results.push(...(await measure(ground)))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
print(results, options.json)
process.exit(results.some(({ met }) => met === false) && !options.quick ? 1 : 0)
