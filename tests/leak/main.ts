import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LivingBrowser } from '../chaos/processes/living-browser.ts'
import { serveVisitedPages } from '../chaos/processes/visited-pages.ts'
import { ComingAndGoing } from './coming-and-going.ts'
import { growth, heldWords, settledHold } from './held.ts'

/**
 * `node tests/leak/main.ts [--tabs 200] [--crashes 50]`: a browser whose tabs come and go. Fails when it has more
 * processes or pages at the end than at the beginning, or holds 5 % more memory, in all or in main.
 */
const { values } = parseArgs({
  options: { tabs: { type: 'string', default: '200' }, crashes: { type: 'string', default: '50' } },
})
const [tabs, crashes] = [Number(values.tabs), Number(values.crashes)]
const allowed = 0.05
/** Before the first reading, so that caches are full and code is compiled. */
const warmUp = { tabs: 40, crashes: 5 }

const profile = mkdtempSync(join(tmpdir(), 'nexus-leak-'))
await using pages = await serveVisitedPages()
const browser = await LivingBrowser.start(profile, false)
let isHeld = false
try {
  const life = new ComingAndGoing(browser, pages)
  // It begins with the first picture of a tab, which would come at any time.
  await browser.main.run(nexus => nexus.parts.compositor.process.ensureRunning())
  await life.openAndClose(warmUp.tabs)
  await life.crashAndRestore(warmUp.crashes)
  await life.closeAll()
  const rests: number[] = []
  // At rest once it does not shrink any more.
  const before = await settledHold(browser, ({ memoryBytes }) => rests.push(memoryBytes) > 8)
  console.log(`before: ${heldWords(before)}`)
  const startedAt = performance.now()
  await life.openAndClose(tabs)
  await life.crashAndRestore(crashes)
  await life.closeAll()
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  const after = await settledHold(
    browser,
    held =>
      held.processes <= before.processes &&
      held.contents <= before.contents &&
      growth(before.memoryBytes, held.memoryBytes) <= allowed &&
      growth(before.mainHeapBytes, held.mainHeapBytes) <= allowed,
  )
  console.log(`after:  ${heldWords(after)}`)
  const memory = growth(before.memoryBytes, after.memoryBytes)
  const heap = growth(before.mainHeapBytes, after.mainHeapBytes)
  isHeld =
    after.processes <= before.processes &&
    after.contents <= before.contents &&
    memory <= allowed &&
    heap <= allowed
  console.log(
    `${tabs} tabs and ${crashes} crashes in ${seconds} s: memory ${percent(memory)}, main's heap ${percent(heap)}`,
  )
  console.log(JSON.stringify({ tabs, crashes, before, after }))
} finally {
  await browser[Symbol.asyncDispose]()
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}
console.log(isHeld ? 'Nothing leaks.' : 'SOMETHING LEAKS.')
process.exitCode = isHeld ? 0 : 1

function percent(share: number): string {
  return `${share >= 0 ? '+' : ''}${(share * 100).toFixed(1)} %`
}
