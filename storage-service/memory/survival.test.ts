import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Analyses } from '../analyses.ts'
import { History } from '../history/history.ts'
import { openDatabase } from '../opening/opening.ts'
import type { SqlDatabase } from '../sqlite-driver.ts'
import { meaning, now, pageOf } from '../testing/memory-world.ts'
import { Memory } from './memory.ts'
import { MemorySearch } from './search.ts'

const url = 'https://a.example/'

function memoryOn(database: SqlDatabase): { memory: Memory; search: MemorySearch } {
  const history = new History(database)
  const memory = new Memory({
    database,
    history,
    analyses: new Analyses(database),
    pause: () => Promise.resolve(),
    warn: () => {},
  })
  return { memory, search: new MemorySearch({ database, memory, history }) }
}

it('what was read is carried over from a damaged file, with its words and its meaning', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-memory-'))
  try {
    const file = join(folder, 'nexus.sqlite')
    const first = openDatabase(file, { wallClock: () => now })
    memoryOn(first.database).memory.save(pageOf(url, ['about whales'], { meanings: [meaning(1)] }))
    first.database.close()
    const bytes = readFileSync(file)
    bytes.fill(0, 0, 16)
    writeFileSync(file, bytes)
    const second = openDatabase(file, { wallClock: () => now })
    try {
      expect(second.report.kind).toBe('recovered')
      const { search } = memoryOn(second.database)
      expect(await search.search('whales', meaning(1), 5, now)).toMatchObject([{ url, foundBy: 'both' }])
    } finally {
      second.database.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
