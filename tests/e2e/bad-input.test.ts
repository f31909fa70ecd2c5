import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus, removal } from './nexus.ts'

/** Each of these gives the person a clear message and leaves everything else running. */
test.describe('a bad page', () => {
  let server: FixtureServer
  let nexus: Nexus

  test.beforeAll(async () => {
    server = await serveFixtures()
    nexus = await launchNexus()
  })
  test.afterEach(async () => {
    // Whatever happened, the browser still loads a good page.
    await nexus.go(`${server.origin}/second`)
    await expect(nexus.chrome.getByRole('tab', { name: /Second page/, selected: true })).toBeVisible({
      timeout: 20_000,
    })
  })
  test.afterAll(async () => {
    await nexus[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  const pageArea = () => nexus.chrome.getByRole('main', { name: 'Page' })
  const panel = () => nexus.chrome.getByRole('complementary', { name: 'Analysis' })

  /** Loads a page and waits until its document stands: an analysis that is asked for earlier is left with the old one. */
  async function load(path: string): Promise<void> {
    await nexus.go(`${server.origin}${path}`)
    await nexus.page(path)
    await expect(nexus.chrome.getByRole('button', { name: 'Reload' })).toBeVisible()
  }

  /** The toolbar's button opens the panel and begins; once it is open, the panel has its own. */
  async function analyse(): Promise<void> {
    const isOpen = await panel().isVisible()
    const button = isOpen
      ? panel().getByRole('button', { name: /Analyse this page|Try again|Read again/ })
      : nexus.chrome.getByRole('button', { name: 'Analyse', exact: true })
    await button.click()
  }

  test('from an unreachable host says who refused, and offers to try again', async () => {
    await nexus.go('http://localhost:9/')
    await expect(pageArea().getByRole('alert')).toContainText('localhost:9')
    await expect(pageArea().getByRole('button', { name: 'Try again' })).toBeVisible()
  })

  test('from a host that does not exist says so', async () => {
    await nexus.go('http://no-such-host.invalid/')
    await expect(pageArea()).toContainText('no-such-host.invalid')
    await expect(pageArea()).toContainText(/ERR_NAME_NOT_RESOLVED|ERR_/)
  })

  test('with a certificate that nobody trusts is not shown', async () => {
    await nexus.go(`${server.untrustedOrigin}/article`)
    await expect(pageArea()).toContainText(/ERR_CERT_AUTHORITY_INVALID/)
    expect(server.requests).not.toContain('/article')
  })

  test('that drops the connection says so', async () => {
    await nexus.go(`${server.origin}/drops`)
    await expect(pageArea()).toContainText(/ERR_EMPTY_RESPONSE|ERR_CONNECTION/)
  })

  test('that is an image is shown, and the analysis says why it reads nothing', async () => {
    await load('/picture')
    await expect(nexus.chrome.getByRole('combobox', { name: 'Address and search' })).toHaveValue(/picture/)
    await analyse()
    await expect(panel().getByRole('alert')).toContainText(/image|picture|text/i)
  })

  test('that is a PDF gives a clear message and takes nothing along', async () => {
    await nexus.go(`${server.origin}/document.pdf`)
    const notices = nexus.chrome.getByRole('log', { name: 'Notices' })
    await expect(async () => {
      if ((await notices.textContent())?.includes('document.pdf') === true) return
      await analyse()
      await expect(panel().getByRole('alert')).toContainText(/PDF|text/i, { timeout: 3_000 })
    }).toPass({ timeout: 20_000 })
  })

  test('that is empty says that there is nothing to read', async () => {
    await load('/empty')
    await analyse()
    await expect(panel().getByRole('alert')).toContainText(/text|words|read/i)
    await expect(panel().getByRole('alert')).toContainText('NOTHING_TO_READ')
  })

  test('of ten megabytes is read in time', async () => {
    test.slow()
    await nexus.go(`${server.origin}/big`)
    await expect(nexus.chrome.getByRole('tab', { name: /Ten megabytes/ })).toBeVisible({ timeout: 40_000 })
    await analyse()
    await expect(panel().getByText(/^Done in|NOTHING_TO_READ|TOO_LARGE/)).toBeVisible({ timeout: 60_000 })
    await expect(panel()).toContainText(/English|too/)
  })

  test('that never stops loading can be read and stopped', async () => {
    await nexus.go(`${server.origin}/never-ends`)
    await expect(nexus.chrome.getByRole('tab', { name: /Never ends/ })).toBeVisible()
    await analyse()
    await expect(panel().getByText(/^Done in/)).toBeVisible({ timeout: 20_000 })
    await nexus.chrome.getByRole('button', { name: 'Stop', exact: true }).first().click()
    await expect(nexus.chrome.getByRole('button', { name: 'Reload' })).toBeVisible()
  })

  test('that hangs its process is noticed, and can be ended', async () => {
    test.slow()
    await nexus.go(`${server.origin}/hangs`)
    await expect(pageArea().getByRole('button', { name: /wait/i })).toBeVisible({ timeout: 45_000 })
    await pageArea()
      .getByRole('button', { name: /^(End|Stop)/ })
      .click()
    await expect(pageArea().getByRole('button', { name: 'Restart page' })).toBeVisible()
  })

  test('that sends a file is a download', async () => {
    const folder = path.join(nexus.userDataFolder, 'files')
    await nexus.app.evaluate(({ app }, downloads) => app.setPath('downloads', downloads), folder)
    await nexus.go(`${server.origin}/download`)
    const shelf = nexus.chrome.getByRole('region', { name: 'Downloads shelf' })
    await expect(shelf).toContainText('tables.bin')
    await expect(shelf).toContainText('Done, 5 bytes')
    await expect.poll(() => readdir(folder)).toEqual(['tables.bin'])
  })

  test('typed as no address is refused without being searched for', async () => {
    await nexus.go('file:///etc/passwd')
    await expect(pageArea()).toContainText('SCHEME_NOT_OPENED')
  })
})

test.describe('a damaged profile or model', () => {
  const root = path.resolve(import.meta.dirname, '..', '..')

  for (const damage of ['missing', 'damaged'] as const) {
    test(`${damage} model files disable their features with a message each, and the rest is read`, async () => {
      const server = await serveFixtures()
      const models = await mkdtemp(path.join(tmpdir(), 'nexus-models-'))
      for (const name of await readdir(path.join(root, 'assets', 'models'))) {
        await copyFile(path.join(root, 'assets', 'models', name), path.join(models, name))
      }
      for (const model of ['language.onnx', 'topic.onnx', 'embedding.onnx']) {
        if (damage === 'missing') await rm(path.join(models, model))
        else await writeFile(path.join(models, model), 'not a model')
      }
      const nexus = await launchNexus({ environment: { NEXUS_MODELS: models } })
      try {
        await nexus.go(`${server.origin}/article`)
        await expect(nexus.chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
        await nexus.chrome.getByRole('button', { name: 'Analyse', exact: true }).click()
        const panel = nexus.chrome.getByRole('complementary', { name: 'Analysis' })
        await expect(panel.getByText(/^Done in/)).toBeVisible({ timeout: 20_000 })
        for (const model of ['language', 'topic', 'embedding']) {
          await expect(panel).toContainText(new RegExp(`The ${model} model is ${damage}`))
        }
        await expect(panel).toContainText(/radar|tide|float/i)
      } finally {
        await nexus[Symbol.asyncDispose]()
        await server[Symbol.asyncDispose]()
        await rm(models, removal)
      }
    })
  }

  test('a damaged database is kept aside and said, and the browser works', async () => {
    const server = await serveFixtures()
    const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-damaged-'))
    await mkdir(userDataFolder, { recursive: true })
    await writeFile(path.join(userDataFolder, 'nexus.sqlite'), 'this is no database'.repeat(1_000))
    const nexus = await launchNexus({ userDataFolder })
    try {
      await expect(nexus.chrome.getByRole('log', { name: 'Notices' })).toContainText(/database was damaged/)
      await nexus.go(`${server.origin}/second`)
      await expect(nexus.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
      expect((await readdir(userDataFolder)).filter(name => /damaged/.test(name))).not.toEqual([])
    } finally {
      await nexus[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await rm(userDataFolder, removal)
    }
  })
})
