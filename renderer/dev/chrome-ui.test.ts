import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FolderServer, serveFolder } from './serve.ts'

/** The whole UI as it is built, in Chromium, under the product's policy, on made-up data. */
let folder: string
let server: FolderServer
let browser: Browser
let page: Page
/** What the console had to say; a refusal by the policy shows here. */
let complaints: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nexus-chrome-'))
  // the test runner sets "test", which would build React for development
  vi.stubEnv('NODE_ENV', 'production')
  await build({
    configFile: path.join(import.meta.dirname, 'vite.config.mts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
  })
  vi.unstubAllEnvs()
  server = await serveFolder(folder)
  browser = await chromium.launch({
    executablePath: process.env.NEXUS_CHROMIUM ?? '/usr/bin/chromium',
    // Chromium refuses to run sandboxed as root; the page under test is our own
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  page = await context.newPage()
  page.on('console', message => {
    // the browser looks for an icon of the page by itself
    if (!message.location().url.endsWith('/favicon.ico')) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
}, 60_000)

afterEach(() => {
  expect(complaints).toEqual([])
})

afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function open(
  fixture: string,
  options: { theme?: string; link?: string; width?: number } = {},
): Promise<void> {
  await page.setViewportSize({ width: options.width ?? 1280, height: 800 })
  const query = new URLSearchParams({ fixture, theme: options.theme ?? 'light', link: options.link ?? '' })
  complaints = []
  await page.goto(`${server.origin}/?${query}`)
  await page.getByRole('toolbar').waitFor()
}

const calls = (method: string) =>
  page.evaluate(
    wanted => window.fixture.calls.filter(call => call.method === wanted).map(call => call.args),
    method,
  )
const address = () => page.getByRole('combobox', { name: 'Address and search' })
const focusedName = () =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  )

describe('accessibility', () => {
  const screens: readonly (readonly [fixture: string, prepare?: () => Promise<void>])[] = [
    ['page', () => page.keyboard.press('Shift+Escape')],
    ['loading'],
    ['newTab'],
    ['manyTabs'],
    ['analysis', () => page.getByRole('button', { name: 'Analyse' }).click()],
    ['running', () => page.getByRole('button', { name: 'Analyse' }).click()],
    ['analysisFailed', () => page.getByRole('button', { name: 'Analyse' }).click()],
    ['hostNotFound'],
    ['certificate'],
    ['crashed'],
    ['unresponsive'],
    ['notices', () => page.keyboard.press('Control+,')],
    ['page', () => typeAddress('harb')],
    ['page', () => page.getByRole('button', { name: 'Menu' }).click()],
  ]
  // the dark screens differ in their colours alone
  test.each(['light', 'dark'])(
    'no serious violation on any screen, %s',
    async theme => {
      const found: string[] = []
      for (const [fixture, prepare] of screens) {
        await open(fixture, { theme })
        await prepare?.()
        const axe = new AxeBuilder({ page })
        if (theme === 'dark') axe.withRules(['color-contrast'])
        const { violations } = await axe.analyze()
        for (const violation of violations) {
          if (violation.impact !== 'serious' && violation.impact !== 'critical') continue
          const [first] = violation.nodes
          found.push(`${fixture}: ${violation.id}: ${first?.html} ${first?.failureSummary}`)
        }
      }
      expect(found).toEqual([])
    },
    180_000,
  )
})

describe('tabs', () => {
  test('are one list with their state in the name, and one of them is in the tab order', async () => {
    await open('page')
    const tabs = page.getByRole('tab')
    expect(
      await tabs.evaluateAll(all => all.map(tab => [tab.getAttribute('aria-label'), tab.tabIndex])),
    ).toEqual([
      ['Listening to the tide', 0],
      ['Station map, west coast', -1],
      ['Field notes, April', -1],
      ['Video lab, stopped', -1],
    ])
  })

  test('arrows move the focus, Enter shows, Delete closes, Ctrl+Shift+PageDown moves', async () => {
    await open('page')
    await page.getByRole('tab', { selected: true }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await focusedName()).toBe('Station map, west coast')
    expect(await calls('activateTab')).toEqual([])
    await page.keyboard.press('Control+Shift+PageDown')
    expect(await calls('moveTab')).toEqual([{ tabId: 'tab:2', position: 2 }])
    await page.keyboard.press('Enter')
    expect(await calls('activateTab')).toEqual([{ tabId: 'tab:2' }])
    await page.keyboard.press('Delete')
    expect(await calls('closeTab')).toEqual([{ tabId: 'tab:2' }])
    expect(await focusedName()).toBe('Video lab, stopped')
  })

  test('the middle button closes, the close button too', async () => {
    await open('page')
    await page.getByRole('tab', { name: 'Station map, west coast' }).click({ button: 'middle' })
    await page.getByRole('button', { name: 'Close Listening to the tide' }).click()
    expect(await calls('closeTab')).toEqual([{ tabId: 'tab:2' }, { tabId: 'tab:1' }])
  })

  test('can be dragged to another place', async () => {
    await open('page')
    const from = await page.getByRole('tab', { name: 'Listening to the tide' }).boundingBox()
    const over = await page.getByRole('tab', { name: 'Field notes, April' }).boundingBox()
    if (from === null || over === null) throw new Error('The tabs are not shown')
    await page.mouse.move(from.x + 60, from.y + 10)
    await page.mouse.down()
    await page.mouse.move(from.x + 80, from.y + 10)
    await page.mouse.move(over.x + over.width - 30, over.y + 10)
    await page.mouse.up()
    expect(await calls('moveTab')).toEqual([{ tabId: 'tab:1', position: 2 }])
  })

  test('a new tab is ready to be typed into', async () => {
    await open('page')
    await page.keyboard.press('Control+t')
    await page.getByRole('tab', { name: 'New tab' }).waitFor()
    expect(await focusedName()).toBe('Address and search')
  })
})

async function typeAddress(text: string): Promise<void> {
  await page.keyboard.press('Control+l')
  await page.keyboard.type(text)
  await page.getByRole('listbox', { name: 'Suggestions' }).waitFor()
}

describe('omnibox', () => {
  test('selects all on focus, and Esc restores the address', async () => {
    await open('page')
    await address().click()
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(
      'https://harbourlog.example/essays/listening-to-the-tide',
    )
    await page.keyboard.type('zzz')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    expect(await address().inputValue()).toBe('https://harbourlog.example/essays/listening-to-the-tide')
  })

  test('completes what was visited, and Enter goes there', async () => {
    await open('page')
    await typeAddress('harb')
    await page.getByRole('option', { name: /Completed/ }).waitFor()
    expect(await address().inputValue()).toBe('harbourlog.example')
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('ourlog.example')
    await page.keyboard.press('Enter')
    expect(await calls('go')).toEqual([{ tabId: 'tab:1', input: 'harbourlog.example' }])
  })

  test('deleting the completion does not bring it back', async () => {
    await open('page')
    await typeAddress('harb')
    await page.getByRole('option', { name: /Completed/ }).waitFor()
    await page.keyboard.press('Backspace')
    await page.getByRole('option', { name: /Completed/ }).waitFor({ state: 'detached' })
    expect(await address().inputValue()).toBe('harb')
    await page.keyboard.press('Enter')
    expect(await calls('go')).toEqual([{ tabId: 'tab:1', input: 'harb' }])
  })

  test('what is pasted is meant as it is', async () => {
    await open('page')
    await address().fill('harb')
    await page.getByRole('option', { name: /Harbour Log/ }).waitFor()
    expect(await address().inputValue()).toBe('harb')
  })

  test('arrows choose a row, which the field points at; an open tab is switched to', async () => {
    await open('page')
    await typeAddress('station')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const option = page.getByRole('option', { selected: true })
    expect(await option.textContent()).toContain('Switch')
    expect(await address().getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
    await page.keyboard.press('Enter')
    expect(await calls('activateTab')).toEqual([{ tabId: 'tab:2' }])
  })

  test('Alt+Enter opens a new tab', async () => {
    await open('page')
    await typeAddress('zebra')
    await page.keyboard.press('Alt+Enter')
    expect(await calls('newTab')).toEqual([{ input: 'zebra' }])
  })
})

describe('page area', () => {
  const lastArea = async () => (await calls('setPageArea')).at(-1)
  const settled = () =>
    page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))

  test('is the inside of the plate, and makes room for panels, popups and notices', async () => {
    await open('page')
    await settled()
    expect(await lastArea()).toEqual({ area: { x: 7, y: 85, width: 1266, height: 688 } })
    await page.getByRole('button', { name: 'Analyse' }).click()
    await settled()
    expect(await lastArea()).toEqual({ area: { x: 7, y: 85, width: 876, height: 688 } })
    await page.keyboard.press('Shift+Escape')
    await settled()
    expect(await lastArea()).toEqual({ area: { x: 7, y: 85, width: 876, height: 378 } })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await typeAddress('zebra')
    await settled()
    expect(await lastArea()).toMatchObject({ area: { x: 7, width: 1266 } })
    const list = await page.getByRole('listbox', { name: 'Suggestions' }).boundingBox()
    const covered = await page.evaluate(
      () => document.querySelector('.nx-suggest')?.getBoundingClientRect().bottom,
    )
    expect(list).not.toBeNull()
    expect(await lastArea()).toMatchObject({ area: { y: Math.round(covered ?? 0) } })
  })

  test('is none where the UI draws the content', async () => {
    await open('crashed')
    await settled()
    expect(await lastArea()).toEqual({ area: null })
    await page.keyboard.press('Control+1')
    await settled()
    expect(await lastArea()).toMatchObject({ area: { x: 7, y: 85 } })
  })

  test.each([
    ['crashed', 'Restart page', 'reload'],
    ['hostNotFound', 'Try again', 'reload'],
    ['certificate', 'Go back', 'goBack'],
    ['unresponsive', 'Wait', 'waitForPage'],
    ['repeated', 'Close tab', 'closeTab'],
  ])('%s: the first answer, %s, has the focus', async (fixture, answer, method) => {
    await open(fixture)
    expect(await page.getByRole('alert').getByRole('heading', { level: 1 }).count()).toBe(1)
    expect(await focusedName()).toBe(answer)
    await page.keyboard.press('Enter')
    expect(await calls(method)).toHaveLength(1)
  })
})

describe('analysis', () => {
  test('the button opens the panel and starts, stage by stage; Stop cancels', async () => {
    await open('page')
    await page.getByRole('button', { name: 'Analyse' }).click()
    expect(await calls('analyze')).toEqual([{ tabId: 'tab:1' }])
    const panel = page.getByRole('complementary', { name: 'Analysis' })
    expect(await panel.getByRole('progressbar').getAttribute('aria-valuetext')).toBe('1 of 5 stages')
    expect(await panel.getByText('On this device').isVisible()).toBe(true)
    await panel.getByRole('button', { name: 'Stop' }).click()
    expect(await calls('cancelAnalysis')).toEqual([{ tabId: 'tab:1' }])
    await panel.getByRole('button', { name: 'Analyse this page' }).waitFor()
  })

  test('shows language, summary, keywords, reading time and stage times', async () => {
    await open('analysis')
    await page.getByRole('button', { name: 'Analyse' }).click()
    const panel = page.getByRole('complementary', { name: 'Analysis' })
    await panel.getByRole('button', { name: 'Stage times' }).click()
    const text = await panel.innerText()
    for (const part of [
      'English 99 %',
      '7 min',
      '1,640 words',
      'tide gauge',
      'The pen drew the sea',
      '41 ms',
    ]) {
      expect(text).toContain(part)
    }
    expect(await calls('analyze')).toEqual([])
  })
})

describe('processes', () => {
  async function openDock(): Promise<void> {
    await open('page')
    await page.keyboard.press('Shift+Escape')
    await page.getByRole('treegrid', { name: 'Processes' }).waitFor()
  }

  test('samples only while the panel is open', async () => {
    await openDock()
    expect(await calls('watchProcesses')).toHaveLength(1)
    await page.keyboard.press('Shift+Escape')
    await page.getByRole('treegrid').waitFor({ state: 'detached' })
    expect(await calls('unwatchProcesses')).toHaveLength(1)
  })

  test('begins at the process of the tab in view; arrows, open and close, Delete and Enter', async () => {
    await openDock()
    const row = () => page.locator('[role=row]:focus')
    expect(await row().getAttribute('data-row')).toBe('tab:1')
    await page.keyboard.press('ArrowLeft')
    expect(await row().getAttribute('data-row')).toBe('group:sites')
    await page.keyboard.press('ArrowLeft')
    expect(await row().getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    expect(await row().getAttribute('data-row')).toBe('tab:2')
    await page.keyboard.press('Enter')
    expect(await calls('activateTab')).toEqual([{ tabId: 'tab:2' }])
    await page.keyboard.press('Delete')
    expect(await calls('endProcess')).toEqual([{ processId: 'tab:2' }])
    await page.evaluate(() => window.fixture.sample())
    await page.locator('[data-row="tab:2"]').waitFor({ state: 'detached' })
  })

  test('rows say their place and their readings', async () => {
    await openDock()
    const row = page.getByRole('row', { name: /kartverk\.example/ })
    expect(
      await row.evaluate(element =>
        ['aria-level', 'aria-posinset', 'aria-setsize'].map(name => element.getAttribute(name)),
      ),
    ).toEqual(['2', '2', '4'])
    expect(await row.getByRole('meter').getAttribute('aria-valuetext')).toBe('430 of 512 megabytes')
    expect(await page.locator('[data-row=controller]').getByRole('button', { name: 'End' }).count()).toBe(0)
  })

  test('filters by words with "/" and sorts by the head', async () => {
    await openDock()
    await page.keyboard.press('/')
    await page.keyboard.type('stor')
    expect(await page.getByRole('rowheader').count()).toBe(2)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Memory of limit' }).click()
    expect(await page.getByRole('columnheader', { name: 'Memory of limit' }).getAttribute('aria-sort')).toBe(
      'descending',
    )
  })

  test('the edge moves by arrows', async () => {
    await openDock()
    const edge = page.getByRole('separator', { name: 'Height of the process panel' })
    await edge.focus()
    await page.keyboard.press('ArrowUp')
    expect(await edge.getAttribute('aria-valuenow')).toBe('320')
    expect((await page.getByRole('region', { name: 'Processes' }).boundingBox())?.height).toBe(320)
  })
})

describe('the rest of the window', () => {
  test('an intent that fails says so and can be dismissed', async () => {
    await open('page')
    await page.evaluate(() => window.fixture.refused.add('reload'))
    await page.keyboard.press('F5')
    const note = page.getByRole('log', { name: 'Notices' })
    await note
      .getByText('Nexus could not reload the page. The controller refused it. (HANDLER_ERROR)')
      .waitFor()
    await note.getByRole('button', { name: /^Dismiss/ }).click()
    expect(await note.innerText()).toBe('')
  })

  test('a controller that goes takes the page with it, over a real port', async () => {
    await open('page', { link: 'port' })
    await page.keyboard.press('Control+2')
    await page.getByRole('tab', { name: 'Station map, west coast', selected: true }).waitFor()
    await page.evaluate(() => window.fixture.lose())
    await page.getByRole('heading', { name: 'Nexus core is gone' }).waitFor()
  })

  test('a shortcut pressed in a page acts here', async () => {
    await open('page')
    await page.evaluate(() => window.fixture.press('analyze'))
    await page.getByRole('complementary', { name: 'Analysis' }).waitFor()
    await page.evaluate(() => window.fixture.press('closePanel'))
    await page.getByRole('complementary').waitFor({ state: 'detached' })
    await page.evaluate(() => window.fixture.press('focusOmnibox'))
    expect(await focusedName()).toBe('Address and search')
  })

  test('the theme follows the setting at once', async () => {
    await open('page')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('menuitem', { name: 'Settings' }).click()
    await page.getByText('Dark', { exact: true }).click()
    expect(await calls('saveSettings')).toEqual([{ theme: 'dark' }])
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.getByRole('switch', { name: 'Open the last tabs again' }).press('Space')
    expect((await calls('saveSettings')).at(-1)).toEqual({ restoresSession: false })
  })

  test('everything keeps its place in a narrow window', async () => {
    await open('analysis', { width: 480 })
    await page.keyboard.press('Shift+Escape')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(480)
  })
})
