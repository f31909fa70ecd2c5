import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ComingAndGoing } from '../leak/coming-and-going.ts'
import { growth, settledHold } from '../leak/held.ts'
import { LivingBrowser } from './processes/living-browser.ts'
import { serveVisitedPages } from './processes/visited-pages.ts'

const tabs = 16
const crashes = 3
/** Code that runs for the first time is compiled and kept: over a few tabs a heap grows that does not over many. */
const allowedHeapGrowth = 0.1

it(`keeps neither a process nor a page of ${tabs} tabs that were closed and ${crashes} pages that crashed`, async () => {
  const profile = mkdtempSync(join(tmpdir(), 'nexus-chaos-leak-'))
  await using pages = await serveVisitedPages()
  const browser = await LivingBrowser.start(profile, false)
  try {
    const life = new ComingAndGoing(browser, pages)
    await browser.main.run(nexus => {
      nexus.parts.compositor.process.ensureRunning()
      // How many pages wait for tabs depends on what else the machine does.
      const { settings } = nexus.browser.getSnapshot().context
      nexus.browser.send({ type: 'settings.changed', settings: { ...settings, warmsTabs: false } })
    })
    await life.openAndClose(8)
    await life.crashAndRestore(1)
    await life.closeAll()
    let readings = 0
    const before = await settledHold(browser, () => {
      readings += 1
      return readings > 3
    })
    await life.openAndClose(tabs)
    await life.crashAndRestore(crashes)
    await life.closeAll()
    const isBack = (held: typeof before): boolean =>
      held.processes <= before.processes && held.contents <= before.contents
    const after = await settledHold(browser, isBack)
    expect(isBack(after) ? 'back' : { before, after }).toBe('back')
    expect(growth(before.mainHeapBytes, after.mainHeapBytes)).toBeLessThan(allowedHeapGrowth)
  } finally {
    await browser[Symbol.asyncDispose]()
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}, 300_000)
