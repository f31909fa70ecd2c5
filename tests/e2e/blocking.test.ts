import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchNexus, type Nexus, removal } from './nexus.ts'

/** The lists that ship judge: they name `/matomo.js` wherever it lies, and hide `.ad_top_banner` on every site but `localhost`. */
test.describe.configure({ mode: 'serial' })

let server: Server
let port: number
let nexus: Nexus
let downloads: string
const asked: string[] = []

const page = () => `http://shop.localhost:${port}/`
/** Whether the tracker's script ran; null while the page is being loaded. */
const isTracked = async () =>
  (await nexus.page('shop.localhost')).evaluate(() => Reflect.get(window, 'isTracked')).catch(() => null)
const tracker = () => `http://metrics.localhost:${port}/matomo.js`

const files: Readonly<Record<string, () => { readonly type: string; readonly text: string }>> = {
  '/': () => ({
    type: 'text/html',
    text: `<!doctype html><title>Shop</title><h1>Fine</h1><div class="ad_top_banner">Buy now</div>
      <script>window.isTracked = false</script>
      <script src="${tracker()}?visit=${asked.length}"></script>
      <script src="/shop.js"></script>`,
  }),
  '/shop.js': () => ({
    type: 'text/javascript',
    text: 'document.querySelector("h1").dataset.shop = "ready"',
  }),
  '/matomo.js': () => ({ type: 'text/javascript', text: 'window.isTracked = true' }),
}

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    asked.push(pathname)
    const file = files[pathname]?.()
    if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': file.type, 'set-cookie': 'visit=secret' }).end(file.text)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  downloads = await mkdtemp(path.join(tmpdir(), 'nexus-har-'))
  nexus = await launchNexus()
  await nexus.app.evaluate(({ app }, folder) => app.setPath('downloads', folder), downloads)
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  server.closeAllConnections()
  server.close()
  await rm(downloads, removal)
})

test('a tracker of another site is not asked for, the count says so, and the page is fine', async () => {
  await nexus.go(page())
  const tab = await nexus.page('shop.localhost')
  await expect(tab.locator('h1')).toHaveAttribute('data-shop', 'ready')
  expect(await isTracked()).toBe(false)
  expect(asked).not.toContain('/matomo.js')
  await nexus.chrome.getByRole('button', { name: '1 blocked on this page' }).click()
  const popover = nexus.chrome.getByRole('dialog', { name: 'Blocking' })
  await expect(popover).toContainText('metrics.localhost')
  await expect(popover).toContainText('EasyPrivacy')
  await nexus.chrome.keyboard.press('Escape')
})

test('what the lists hide is not seen', async () => {
  const tab = await nexus.page('shop.localhost')
  await expect(tab.locator('.ad_top_banner')).toBeHidden()
  await expect(tab.getByRole('heading', { name: 'Fine' })).toBeVisible()
})

test('the panel lists the requests with the rule that blocked one', async () => {
  const { chrome } = nexus
  await nexus.go('nexus://network')
  const grid = chrome.getByRole('grid', { name: 'Requests' })
  const row = (name: RegExp) => grid.getByRole('row').filter({ has: chrome.getByRole('rowheader', { name }) })
  await expect(row(/shop\.js/)).toContainText('200')
  await expect(row(/matomo\.js/)).toContainText('Blocked')
  await row(/matomo\.js/).click()
  const details = chrome.getByRole('complementary', { name: 'Request' })
  await expect(details).toContainText('Blocked by a rule of EasyPrivacy')
  await expect(details).toContainText('/matomo.js')
  await row(/shop\.js/).click()
  await expect(details).toContainText('HTTP/1.1 200 OK')
  await expect(details).toContainText('text/javascript')
})

test('the list is exported as an archive without cookies', async () => {
  const { chrome } = nexus
  await chrome.getByRole('button', { name: 'Export HAR' }).click()
  await expect(chrome.getByText(/requests were saved as/)).toBeVisible()
  const [name] = await readdir(downloads)
  const text = await readFile(path.join(downloads, name ?? ''), 'utf8')
  expect(text).not.toContain('visit=secret')
  const { log } = JSON.parse(text)
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'Nexus' } })
  const entries = log.entries.map((entry: { request: { url: string }; response: { status: number } }) => [
    entry.request.url,
    entry.response.status,
  ])
  expect(entries).toContainEqual([page(), 200])
  expect(entries).toContainEqual([expect.stringContaining(`${tracker()}?visit=`), 0])
  await chrome.getByRole('button', { name: 'Close network' }).click()
})

test('with the switch off for the site everything is loaded and shown, and on again it is not', async () => {
  const { chrome } = nexus
  await chrome.getByRole('button', { name: '1 blocked on this page' }).click()
  const toggle = chrome.getByRole('switch', { name: /^Block on shop/ })
  await toggle.click({ force: true })
  await expect(chrome.getByRole('button', { name: 'Nothing is blocked on this site' })).toBeVisible()
  const tab = await nexus.page('shop.localhost')
  await expect.poll(isTracked).toBe(true)
  expect(asked).toContain('/matomo.js')
  await expect(tab.locator('.ad_top_banner')).toBeVisible()
  await toggle.click({ force: true })
  await expect.poll(isTracked).toBe(false)
  await expect(chrome.getByRole('button', { name: '1 blocked on this page' })).toBeVisible()
})

test('pages load and filtering comes back when the network process is killed', async () => {
  const { chrome, app } = nexus
  await chrome.keyboard.press('Escape')
  const killed = await app.evaluate(({ app: main }) => {
    const network = main
      .getAppMetrics()
      .find(({ name, serviceName }) => [name, serviceName].includes('nexus-network'))
    if (network !== undefined) process.kill(network.pid, 'SIGKILL')
    return network?.pid ?? main.getAppMetrics().map(({ name, serviceName }) => [name, serviceName])
  })
  expect(killed).toEqual(expect.any(Number))
  let tries = 0
  await expect(async () => {
    tries += 1
    await nexus.go(`${page()}?again=${tries}`)
    const tab = await nexus.page(`again=${tries}`)
    await expect(tab.locator('h1')).toHaveAttribute('data-shop', 'ready', { timeout: 3_000 })
    await expect(chrome.getByRole('button', { name: '1 blocked on this page' })).toBeVisible({
      timeout: 3_000,
    })
  }).toPass({ timeout: 25_000 })
  expect(asked.filter(path => path === '/matomo.js')).toHaveLength(1)
})
