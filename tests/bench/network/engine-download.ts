import { type Browser, chromium } from '@playwright/test'
import type { World } from './processes.ts'

/** Chromium itself, as pages use it: once straight, once by our proxy. */
export async function openEngine(world: World | null): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.NEXUS_CHROMIUM ?? '/usr/lib/chromium/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
    ...(world === null ? {} : { proxy: { ...world.login, bypass: '<-loopback>' } }),
  })
}

/** A page reads that many bytes as they come; in MB/s. */
export async function downloadInPage(browser: Browser, sitePort: number, bytes: number): Promise<number> {
  const page = await browser.newPage()
  try {
    await page.goto(`http://127.0.0.1:${sitePort}/small`)
    const ms = await page.evaluate(async address => {
      const startedAt = performance.now()
      const { body } = await fetch(address, { cache: 'no-store' })
      const reader = body?.getReader()
      while (reader !== undefined && !(await reader.read()).done);
      return performance.now() - startedAt
    }, `/bytes/${bytes}`)
    return bytes / 1_000 / ms
  } finally {
    await page.close()
  }
}

/** Small requests of a page, one after another, in ms each. */
export async function smallInPage(browser: Browser, sitePort: number, count: number): Promise<number[]> {
  const page = await browser.newPage()
  try {
    await page.goto(`http://127.0.0.1:${sitePort}/small`)
    return await page.evaluate(async times => {
      const taken: number[] = []
      for (let done = 0; done < times; done += 1) {
        const startedAt = performance.now()
        await (await fetch('/small', { cache: 'no-store' })).text()
        taken.push(performance.now() - startedAt)
      }
      return taken
    }, count)
  } finally {
    await page.close()
  }
}
