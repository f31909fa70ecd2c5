import { type Browser, chromium } from '@playwright/test'
import { launchNexus, type Nexus } from '../../e2e/nexus.ts'
import { BareChromium, chromiumExecutable, rootSwitches } from './bare-chromium.ts'
import { type PaintServer, servePaint } from './paint-server.ts'
import { medians, type ProcessResult } from './results.ts'

/** From the press of Enter, or the call, to the first paint of the page, by turns. */
export async function measureTabs(rounds: number): Promise<ProcessResult[]> {
  await using server = await servePaint()
  await using nexus = await launchNexus()
  await using bare = await BareChromium.open()
  const driven = await chromium.launch({ executablePath: chromiumExecutable(), args: rootSwitches() })
  const times = { cold: [] as number[], pooled: [] as number[], page: [] as number[], raw: [] as number[] }
  try {
    for (let round = 0; round <= rounds; round += 1) {
      console.error(`tabs: round ${round} of ${rounds}`)
      const pooled = await openInNexus(nexus, server, 'pooled')
      const raw = await openRaw(bare, server)
      const cold = await openInNexus(nexus, server, 'cold')
      const page = await openDriven(driven, server)
      // The first round warms all of them up.
      if (round === 0) continue
      times.pooled.push(pooled)
      times.cold.push(cold)
      times.raw.push(raw)
      times.page.push(page)
    }
  } finally {
    await driven.close()
  }
  return [
    medians('tab open to first paint, from the pool', times.pooled, times.page, {
      words: '100 ms less than the new page',
      isMet: (value, ratio) => value / ratio - value >= 100,
    }),
    medians('tab open to first paint, no pool', times.cold, times.page),
    medians('the same from the pool, beside Target.createTarget alone', times.pooled, times.raw),
  ]
}

async function openInNexus(nexus: Nexus, server: PaintServer, kind: 'pooled' | 'cold'): Promise<number> {
  await waitForPool(nexus)
  if (kind === 'cold') await emptyPool(nexus)
  await nexus.newTab()
  const address = server.next()
  const omnibox = nexus.chrome.getByRole('combobox', { name: 'Address and search' })
  await omnibox.fill(address)
  const startedAt = Date.now()
  await omnibox.press('Enter')
  const paintedAt = await server.paintedAt(address)
  await nexus.chrome.keyboard.press('Control+W')
  return paintedAt - startedAt
}

/** As a driver opens a page, and as `npm run bench` has it. */
async function openDriven(browser: Browser, server: PaintServer): Promise<number> {
  const address = server.next()
  const startedAt = Date.now()
  const page = await browser.newPage()
  await page.goto(address)
  const paintedAt = await server.paintedAt(address)
  await page.close()
  return paintedAt - startedAt
}

/** One command, and nobody who listens: Chromium by itself, with the spare process that it keeps. */
async function openRaw(browser: BareChromium, server: PaintServer): Promise<number> {
  const address = server.next()
  const startedAt = Date.now()
  const target = await browser.openTab(address)
  const paintedAt = await server.paintedAt(address)
  await browser.closeTab(target)
  return paintedAt - startedAt
}

async function waitForPool(nexus: Nexus): Promise<void> {
  const deadline = Date.now() + 30_000
  let before = -1
  for (;;) {
    const count = await nexus.app.evaluate(
      ({ webContents }) =>
        webContents
          .getAllWebContents()
          .filter(one => one.getURL() === 'about:blank' && one.getOSProcessId() > 0).length,
    )
    // As many as there will be: making one more would disturb.
    if (count > 0 && count === before) return
    before = count
    if (Date.now() > deadline) throw new Error('No page waits for a tab')
    await new Promise(resolve => setTimeout(resolve, 2_000))
  }
}

/** What waits is closed as if it had been lost; nothing comes in its place before the next tab. */
async function emptyPool(nexus: Nexus): Promise<void> {
  await nexus.app.evaluate(({ webContents }) => {
    for (const one of webContents.getAllWebContents()) if (one.getURL() === 'about:blank') one.close()
  })
}
