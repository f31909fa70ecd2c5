import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { type SiteServer, serveSites } from '../fixtures/site-server.ts'
import { launchNexus, type Nexus, removal } from './nexus.ts'

/** How a page of the public web is reached, on names that lead to this machine because the test says so. */
test.describe('the security of a load', () => {
  let sites: SiteServer
  let nexus: Nexus

  test.beforeAll(async () => {
    sites = await serveSites()
    nexus = await launchNexus({ environment: { NEXUS_HOSTS: sites.hosts } })
  })
  test.afterAll(async () => {
    await nexus[Symbol.asyncDispose]()
    await sites[Symbol.asyncDispose]()
  })

  const pageArea = () => nexus.chrome.getByRole('main', { name: 'Page' })
  const reached = (host: string, path: string) =>
    sites.requests.filter(request => request.host === host && request.path === path).length

  test('a certificate that proves nothing is explained, and let pass for this visit on purpose only', async () => {
    const address = `https://shop.example:${sites.securePort}/cart`
    await nexus.go(address)
    await expect(pageArea()).toContainText('This may not be shop.example')
    await expect(pageArea()).toContainText('ERR_CERT_AUTHORITY_INVALID')
    await pageArea().getByRole('button', { name: 'All of the certificate' }).click()
    await expect(pageArea()).toContainText(/SHA-256\s*([0-9A-F]{2}:){31}[0-9A-F]{2}/)
    expect(reached('shop.example', '/cart')).toBe(0)
    await pageArea().getByRole('button', { name: 'Go on without proof…' }).click()
    await pageArea().getByRole('button', { name: 'Go on for this visit' }).click()
    await expect(nexus.chrome.getByRole('tab', { name: 'shop.example/cart', selected: true })).toBeVisible()
    await expect(nexus.chrome.getByText('Identity not proven')).toBeVisible()
    // another host with the same certificate was not asked about
    await nexus.go(`https://other.example:${sites.securePort}/`)
    await expect(pageArea()).toContainText('This may not be other.example')
  })

  test('a host that demands proof has no way on', async () => {
    // every name below "bank" demands it
    await nexus.go(`https://any.bank:${sites.securePort}/`)
    await expect(pageArea()).toContainText('This may not be any.bank')
    await expect(pageArea()).toContainText('demanded to be shown with proof')
    await expect(pageArea().getByRole('button', { name: /Go on/ })).toHaveCount(0)
    // nor is it asked for without encryption
    await nexus.go(`http://any.bank:${sites.plainPort}/plain`)
    await expect(pageArea()).toContainText('any.bank')
    await expect(pageArea().getByRole('button', { name: /Go on/ })).toHaveCount(0)
    expect(reached('any.bank', '/plain')).toBe(0)
  })

  test('a page without encryption is asked about first, and is loaded once that was allowed', async () => {
    const address = `http://old.example:${sites.plainPort}/news`
    await nexus.go(address)
    await expect(pageArea()).toContainText('old.example')
    await expect(pageArea()).toContainText('was not reached with encryption')
    expect(reached('old.example', '/news')).toBe(0)
    await pageArea().getByRole('button', { name: 'Go on for this visit' }).click()
    await expect(nexus.chrome.getByRole('tab', { name: 'old.example/news', selected: true })).toBeVisible()
    expect(reached('old.example', '/news')).toBe(1)
    // the next page of it is not asked about again
    await nexus.go(`http://old.example:${sites.plainPort}/more`)
    await expect(nexus.chrome.getByRole('tab', { name: 'old.example/more', selected: true })).toBeVisible()
  })

  test('a name that leads nowhere is not asked about', async () => {
    await nexus.go('http://no-such-host.invalid/')
    await expect(pageArea()).toContainText('no-such-host.invalid')
    await expect(pageArea()).not.toContainText('without encryption')
  })

  test('no network is said, and what failed for it is loaded again when it is back', async () => {
    const setOnline = (isOnline: boolean) =>
      nexus.app.evaluate(({ net }, value) => {
        net.isOnline = () => value
      }, isOnline)
    await setOnline(false)
    await nexus.go(`http://later.example:${sites.plainPort + 1}/`)
    await expect(pageArea()).toContainText('This computer is offline')
    await expect(nexus.chrome.getByText('Offline', { exact: true })).toBeVisible()
    await setOnline(true)
    await expect(pageArea()).not.toContainText('This computer is offline')
    await expect(nexus.chrome.getByText('Offline', { exact: true })).toBeHidden()
  })
})

test.describe('what sites keep and may', () => {
  let server: FixtureServer
  let sites: SiteServer
  let userDataFolder: string
  let nexus: Nexus

  test.beforeAll(async () => {
    server = await serveFixtures()
    sites = await serveSites()
    userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-sites-'))
    nexus = await start()
  })
  test.afterAll(async () => {
    await nexus[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    await sites[Symbol.asyncDispose]()
    await rm(userDataFolder, removal)
  })

  const start = () => launchNexus({ userDataFolder, environment: { NEXUS_HOSTS: sites.hosts } })
  const prompt = () => nexus.chrome.getByRole('dialog', { name: /wants/ })
  let opened = 0
  /** Each load has an address of its own, so that the document of an earlier one is not taken for it. */
  async function open(pathname: string) {
    opened += 1
    const address = `${pathname}?time=${opened}`
    await nexus.go(`${server.origin}${address}`)
    const page = await nexus.page(address)
    await expect(nexus.chrome.getByRole('button', { name: 'Reload' })).toBeVisible()
    return page
  }
  async function openSites() {
    await nexus.chrome.getByRole('button', { name: 'Menu' }).click()
    await nexus.chrome.getByRole('menuitem', { name: 'Sites' }).click()
  }

  test('cookies of another site are neither sent nor kept, and those of the page are', async () => {
    const address = (host: string, rest: string) => `http://${host}.localhost:${sites.plainPort}${rest}`
    const sentToFrame = async (time: number) => {
      const before = sites.requests.length
      await nexus.go(address('top', `/?frame=other.localhost&time=${time}`))
      const page = await nexus.page(`time=${time}`)
      await expect(page.frameLocator('iframe').getByRole('heading')).toHaveText('other.localhost')
      return sites.requests.slice(before).find(({ path }) => path === '/sets')?.cookie
    }
    const protect = nexus.chrome.getByRole('switch', { name: 'Keep other sites’ cookies away' })
    const about = nexus.chrome.getByRole('dialog', { name: 'About this site' })
    const keptAway = async () => {
      await nexus.chrome.getByRole('button', { name: 'About this site' }).click()
      await expect(about).toContainText(/\d cookies?/)
      const text = await about.innerText()
      await nexus.chrome.keyboard.press('Escape')
      await expect(about).toBeHidden()
      return /cookies of (another site|other sites) were kept away/.test(text)
    }
    await nexus.go(address('other', '/sets'))
    await expect(nexus.chrome.getByRole('tab', { name: 'other.localhost/sets' })).toBeVisible()
    // a page gets its own
    await nexus.go(address('other', '/own'))
    await expect
      .poll(() => sites.requests.find(one => one.path === '/own')?.cookie)
      .toBe('id=other.localhost')
    expect(await sentToFrame(1)).toBe('')
    expect(await keptAway()).toBe(true)
    // Debian's Chromium keeps them away by itself too; whether Nexus does shows in what it takes from requests.
    await nexus.chrome.keyboard.press('Control+,')
    await protect.press('Space')
    await expect(protect).not.toBeChecked()
    await sentToFrame(2)
    expect(await keptAway()).toBe(false)
    await protect.press('Space')
    await expect(protect).toBeChecked()
    expect(await sentToFrame(3)).toBe('')
    expect(await keptAway()).toBe(true)
  })

  test('a permission is asked for on the toolbar, refused by Escape, and remembered when it shall be', async () => {
    const ask = (page: Awaited<ReturnType<typeof open>>) =>
      page.evaluate(() => Notification.requestPermission())
    const first = await open('/curious')
    const refused = ask(first)
    await expect(prompt()).toContainText('localhost wants to show notifications')
    await expect(prompt().getByRole('button', { name: 'Not now' })).toBeFocused()
    await nexus.chrome.keyboard.press('Escape')
    expect(await refused).toBe('denied')
    const second = await open('/curious')
    const allowed = ask(second)
    await prompt().getByText('Always', { exact: true }).click()
    await expect(prompt().getByRole('button', { name: 'Allow' })).toHaveAttribute('aria-disabled', 'false')
    await prompt().getByRole('button', { name: 'Allow' }).click()
    expect(await allowed).toBe('granted')
    const third = await open('/curious')
    expect(await ask(third)).toBe('granted')
    await expect(prompt()).toBeHidden()
  })

  test('zoom is kept for the site, and what was remembered outlives the browser', async () => {
    await open('/second')
    await nexus.chrome.getByRole('button', { name: 'Back' }).focus()
    await nexus.chrome.keyboard.press('Control+Equal')
    await expect(nexus.chrome.getByRole('button', { name: /^Zoom 110 percent/ })).toBeVisible()
    await nexus[Symbol.asyncDispose]()
    nexus = await start()
    const page = await open('/second')
    await expect(nexus.chrome.getByRole('button', { name: /^Zoom 110 percent/ })).toBeVisible()
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('granted')
    await nexus.chrome.getByRole('button', { name: /^Zoom 110 percent/ }).click()
    await expect(nexus.chrome.getByRole('button', { name: /^Zoom/ })).toBeHidden()
  })

  test('clearing a site empties it', async () => {
    const page = await open('/curious')
    await page.evaluate(async () => {
      localStorage.setItem('kept', 'x'.repeat(500))
      // biome-ignore lint/suspicious/noDocumentCookie: what a page does
      document.cookie = 'kept=1; max-age=9000'
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open('kept', 1)
        opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
        opening.onsuccess = () => {
          opening.result.close()
          resolve(null)
        }
        opening.onerror = reject
      })
      await (await caches.open('kept')).put('/kept', new Response('x'))
    })
    await openSites()
    const search = nexus.chrome.getByRole('textbox', { name: 'Search sites' })
    await search.fill('localhost')
    const row = nexus.chrome.getByRole('button', { name: /^localhost\b/ })
    await expect(row).toContainText('1 cookie')
    await expect(row).toContainText(/databases [\d.]+ (bytes|kB)/)
    await expect(row).toContainText(/caches [\d.]+ (bytes|kB)/)
    await row.click()
    const clearing = nexus.chrome.getByRole('region', { name: 'Clear data of localhost' })
    for (const kind of ['Cookies', 'Local storage', 'Databases', 'Caches']) {
      await clearing.getByRole('button', { name: kind }).click()
      await expect(nexus.chrome.getByText(`${kind} of localhost cleared.`)).toBeVisible()
    }
    await nexus.chrome.getByRole('button', { name: 'Close sites' }).click()
    const again = await open('/curious')
    expect(
      await again.evaluate(async () => ({
        local: localStorage.length,
        cookie: document.cookie,
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
      })),
    ).toEqual({ local: 0, cookie: '', databases: 0, caches: 0 })
  })
})
