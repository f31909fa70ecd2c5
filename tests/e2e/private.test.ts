import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { launchNexus, type Nexus, removal } from './nexus.ts'
import { tracesOf } from './traces-on-disk.ts'

/** One long word that stands nowhere else; lower case, since addresses lose their case. */
const marker = 'zqxjkvprivatemarker7f3a9wdb'

test('nothing of a private tab is on the disk afterwards, whatever was done in it', async () => {
  test.setTimeout(180_000)
  const server = await serveMarkedPages()
  const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-private-'))
  try {
    const nexus = await launchNexus({ userDataFolder })
    nexus.chrome.setDefaultTimeout(20_000)
    try {
      // an ordinary tab beside it: what is written for that one must not carry the other along
      await nexus.go(`${server.origin}/ordinary`)
      await expect(nexus.chrome.getByRole('tab', { name: 'Ordinary page' })).toBeVisible()

      await nexus.newPrivateTab()
      await expect(nexus.chrome.getByRole('heading', { name: 'Private tab' })).toBeVisible()
      await nexus.go(`${server.markedOrigin}/${marker}?q=${marker}#${marker}`)
      const page = await nexus.page(`/${marker}?q=`)
      page.setDefaultTimeout(20_000)
      await expect(nexus.chrome.getByRole('tab', { name: /, private$/, selected: true })).toContainText(
        marker,
      )
      await keepEverything(page)

      // it is another session than that of the ordinary tab
      const ordinary = await nexus.page('/ordinary')
      expect(await ordinary.evaluate(() => document.cookie)).toBe('')
      expect(await page.evaluate(() => document.cookie)).toContain(marker)

      await exerciseBrowser(nexus)

      // a link opens a private tab, too
      await page.getByRole('link', { name: 'further' }).click()
      await expect(nexus.chrome.getByRole('tab', { name: /further.*, private/ })).toBeVisible()
      await nexus.page(`/further-${marker}`)

      await expectPrivateProcess(nexus)

      // left to itself for a while: background reading begins after two seconds
      await page.waitForTimeout(4_000)
      for (const tab of [/further.*, private/, /, private/]) {
        await nexus.chrome.getByRole('tab', { name: tab }).first().focus()
        await nexus.chrome.keyboard.press('Delete')
      }
      await expect(nexus.chrome.getByRole('tab', { name: /, private/ })).toHaveCount(0)

      // it cannot be reopened, it is no suggestion, and a new private tab knows nothing of it
      await nexus.chrome.keyboard.press('Control+Shift+T')
      await expect(nexus.chrome.getByRole('tab', { name: new RegExp(marker) })).toHaveCount(0)
      await nexus.newPrivateTab()
      await nexus.go(`${server.markedOrigin}/cookies`)
      const again = await nexus.page('/cookies')
      expect(await again.evaluate(() => [document.cookie, localStorage.length])).toEqual(['', 0])
    } finally {
      await nexus[Symbol.asyncDispose]()
    }
    expect(server.requests).toContain(`/${marker}?q=${marker}`)
    expect(tracesOf(userDataFolder, marker)).toEqual([])

    // the proof that the search would find it: the same page in an ordinary tab
    const ordinary = await launchNexus({ userDataFolder })
    try {
      await ordinary.go(`${server.markedOrigin}/${marker}?q=${marker}`)
      await expect(ordinary.chrome.getByRole('tab', { name: new RegExp(marker) })).toBeVisible()
    } finally {
      await ordinary[Symbol.asyncDispose]()
    }
    expect(tracesOf(userDataFolder, marker)).not.toEqual([])
  } finally {
    await server[Symbol.asyncDispose]()
    await rm(userDataFolder, removal)
  }
})

test('the search for traces looks into what is packed', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-traces-'))
  try {
    await writeFile(path.join(folder, 'wide'), Buffer.from(`xx${marker}`, 'utf16le'))
    await writeFile(
      path.join(folder, 'packed'),
      Buffer.concat([Buffer.from('head'), gzipSync(`a ${marker} b`)]),
    )
    await writeFile(path.join(folder, 'coded'), Buffer.from(`??${marker}??`).toString('base64'))
    await writeFile(path.join(folder, 'table.ldb'), snappyOf(`https://a.example/${marker}`.padEnd(100, '.')))
    await writeFile(path.join(folder, 'nothing'), 'nothing of it')
    expect(
      tracesOf(folder, marker)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(expect.arrayContaining(['coded', 'packed', 'table.ldb', 'wide']))
    expect(tracesOf(folder, marker).some(({ file }) => file === 'nothing')).toBe(false)
  } finally {
    await rm(folder, removal)
  }
})

/** Everything that a page can keep, with the marker in it. */
async function keepEverything(page: Page): Promise<void> {
  await page.evaluate(async word => {
    // biome-ignore lint/suspicious/noDocumentCookie: the old way is what is to be tested
    document.cookie = `kept=${word}; max-age=86400`
    localStorage.setItem(word, word)
    sessionStorage.setItem(word, word)
    const cache = await caches.open(word)
    await cache.put(`/${word}-cached`, new Response(word))
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open(word, 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore(word)
      opening.onerror = reject
      opening.onsuccess = () => {
        const writing = opening.result.transaction(word, 'readwrite')
        writing.objectStore(word).put(word.repeat(50), word)
        writing.oncomplete = resolve
      }
    })
    await navigator.serviceWorker.register(`/worker-${word}.js`).catch(() => {})
    const folder = await navigator.storage.getDirectory()
    await folder.getFileHandle(word, { create: true })
    history.pushState({ word }, '', `#state-${word}`)
    await fetch(`/cacheable-${word}`).then(answer => answer.text())
    // the browser asks the person, who takes their time
    void Notification.requestPermission().catch(() => {})
    navigator.geolocation.getCurrentPosition(
      () => {},
      () => {},
    )
    console.log(word)
    setTimeout(() => {
      throw new Error(word)
    })
  }, marker)
  await page.getByRole('link', { name: 'file' }).click()
}

/** Everything that the browser does with a page. */
async function exerciseBrowser(nexus: Nexus): Promise<void> {
  const { chrome } = nexus
  const allow = chrome.getByRole('button', { name: /^Allow/ }).first()
  await expect(allow).toBeVisible()
  // one after another: each is gone with its answer, and the next stands in its place
  await expect
    .poll(async () => {
      await allow.click({ timeout: 1_000 }).catch(() => {})
      return allow.isVisible()
    })
    .toBe(false)
  await chrome.getByRole('button', { name: 'Analyse' }).click()
  await expect(chrome.getByRole('complementary', { name: 'Analysis' })).toContainText(
    /words|could not|minute/i,
    {
      timeout: 60_000,
    },
  )
  await chrome.getByRole('button', { name: 'Analyse' }).click()
  for (const command of [{ kind: 'zoomIn' }, { kind: 'mute' }, { kind: 'copyLink' }] as const) {
    const words = { zoomIn: 'zoom in', mute: 'mute', copyLink: 'copy link' }[command.kind]
    await chrome.getByRole('combobox', { name: 'Address and search' }).fill(words)
    const offer = chrome.getByRole('option').filter({ hasText: 'Command' }).first()
    await offer.click({ timeout: 5_000 }).catch(() => {})
    await chrome.keyboard.press('Escape')
  }
  // duplicated, reloaded, gone back
  await chrome.getByRole('tab', { name: /, private/, selected: true }).focus()
  await chrome.keyboard.press('Shift+F10')
  await chrome.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(chrome.getByRole('tab', { name: /, private/ })).toHaveCount(2)
  await chrome.getByRole('tab', { name: /, private/, selected: true }).focus()
  await chrome.keyboard.press('Delete')
  await chrome.getByRole('button', { name: 'Reload' }).click()
}

async function expectPrivateProcess({ chrome }: Nexus): Promise<void> {
  await chrome.keyboard.press('Shift+Escape')
  const processes = chrome.getByRole('treegrid', { name: 'Processes' })
  await expect(processes.getByText('Private tab').first()).toBeVisible()
  await expect(processes.getByText(marker)).toHaveCount(0)
  await chrome.keyboard.press('Shift+Escape')
}

async function serveMarkedPages() {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    const url = new URL(request.url ?? '/', 'http://localhost')
    const answer = (type: string, body: string, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'content-type': type, ...headers }).end(body)
    if (url.pathname === '/ordinary')
      return answer('text/html', '<title>Ordinary page</title><p>Nothing else.</p>')
    if (url.pathname === '/cookies') return answer('text/html', '<title>Cookies</title>')
    if (url.pathname.startsWith('/worker-'))
      return answer('text/javascript', `/* ${marker} */ self.onfetch = () => {}`)
    if (url.pathname.startsWith('/icon-'))
      return answer('image/svg+xml', icon, { 'cache-control': 'max-age=9999' })
    if (url.pathname.startsWith('/file-')) {
      return answer('application/octet-stream', marker, {
        'content-disposition': `attachment; filename="${marker}.bin"`,
      })
    }
    if (url.pathname.startsWith('/further-')) return answer('text/html', `<title>further ${marker}</title>`)
    if (!url.pathname.includes(marker)) return response.writeHead(404).end()
    return answer('text/html', markedPage, {
      'set-cookie': `sent=${marker}; Max-Age=86400`,
      'cache-control': 'max-age=9999',
      etag: `"${marker}"`,
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    /** A site of its own: what is kept by site is found, too. */
    markedOrigin: `http://${marker}.localhost:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><title>${marker}</title><rect width="8" height="8"/></svg>`
const sentence = `The ${marker} goes along the shore at night, counts the lights of the harbour and writes them down. `
const markedPage = `<!doctype html><html lang="en"><title>${marker} page</title><link rel="icon" href="/icon-${marker}.svg">
<main><article><h1>About ${marker}</h1><p>${sentence.repeat(6)}</p><p>${sentence.repeat(5)}</p><p>${sentence.repeat(4)}</p></article>
<p><a href="/file-${marker}" download>file</a> <a href="/further-${marker}" target="_blank">further</a></p></main></html>`

/** The format in its plainest form: one literal. */
function snappyOf(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([0, 0, 0, bytes.length, 60 << 2, bytes.length - 1]), bytes])
}
