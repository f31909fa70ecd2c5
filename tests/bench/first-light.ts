import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { launchNexus, type Nexus, removal } from '../e2e/nexus.ts'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { measurement, print } from './result.ts'

/**
 * Start to usable window, tab open to first paint, and analysis of a page, each beside the same step in bare Chromium:
 * the same binary, in the same run, one after the other so that a drift of the machine meets both.
 */
const rounds = 5
const server = await serveFixtures()
try {
  const starts = await measureStarts()
  const { tabs, analyses } = await measureTabs(server)
  print('first-light', [starts, tabs, analyses])
} finally {
  await server[Symbol.asyncDispose]()
}

async function measureStarts() {
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-bench-'))
    let startedAt = performance.now()
    const nexus = await launchNexus({ userDataFolder })
    ours.push(performance.now() - startedAt)
    await nexus[Symbol.asyncDispose]()
    startedAt = performance.now()
    const browser = await launchBare()
    const page = await browser.newPage()
    await page.setContent('<button>New tab</button>')
    bare.push(performance.now() - startedAt)
    await browser.close()
    await rm(userDataFolder, removal)
  }
  return measurement('start to usable window', ours, bare, 4)
}

async function measureTabs({ origin }: FixtureServer) {
  const nexus = await launchNexus()
  const browser = await launchBare()
  const opened = { ours: [] as number[], bare: [] as number[] }
  const analysed = { ours: [] as number[], bare: [] as number[] }
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const address = `${origin}/article?round=${round}`
      const ours = await openInNexus(nexus, address)
      const startedAt = Date.now()
      const page = await browser.newPage()
      await page.goto(address)
      const bare = (await firstPaintAt(page)) - startedAt
      const analysis = await analyseInNexus(nexus)
      const reading = await readInBareChromium(page)
      await page.close()
      // The first round warms both up: the model is loaded and the code compiled.
      if (round === 0) continue
      opened.ours.push(ours)
      opened.bare.push(bare)
      analysed.ours.push(analysis)
      analysed.bare.push(reading)
    }
  } finally {
    await nexus[Symbol.asyncDispose]()
    await browser.close()
  }
  return {
    tabs: measurement('tab open to first paint', opened.ours, opened.bare, 2),
    analyses: measurement(
      'analysis of an article (bare: its text, cut into words)',
      analysed.ours,
      analysed.bare,
      20,
    ),
  }
}

async function openInNexus(nexus: Nexus, address: string): Promise<number> {
  await nexus.newTab()
  const startedAt = Date.now()
  await nexus.go(address)
  return (await firstPaintAt(await nexus.page(address))) - startedAt
}

/** From the press of the button until the panel shows the result. */
async function analyseInNexus({ chrome }: Nexus): Promise<number> {
  const panel = chrome.getByRole('complementary', { name: 'Analysis' })
  const isOpen = await panel.isVisible()
  const button = isOpen
    ? panel.getByRole('button', { name: 'Analyse this page' })
    : chrome.getByRole('button', { name: 'Analyse', exact: true })
  await button.waitFor()
  const startedAt = performance.now()
  await button.click()
  await panel.getByText(/^Done in/).waitFor()
  return performance.now() - startedAt
}

/** The raw limit of any analysis: to get the text out of the page at all, and to cut it into words and sentences. */
async function readInBareChromium(page: Page): Promise<number> {
  const startedAt = performance.now()
  await page.evaluate(() => {
    const text = document.body.innerText
    const count = (granularity: 'word' | 'sentence') =>
      [...new Intl.Segmenter('en', { granularity }).segment(text)].length
    return count('word') + count('sentence')
  })
  return performance.now() - startedAt
}

function firstPaintAt(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>(resolve => {
        new PerformanceObserver((list, observer) => {
          const [entry] = list.getEntriesByName('first-contentful-paint')
          if (entry === undefined) return
          observer.disconnect()
          resolve(performance.timeOrigin + entry.startTime)
        }).observe({ type: 'paint', buffered: true })
      }),
  )
}

/** The binary that draws Nexus's pages where the stand-in runs; Playwright's own choice elsewhere. */
function launchBare(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath: process.env.NEXUS_CHROMIUM ?? '/usr/lib/chromium/chromium', args })
}
