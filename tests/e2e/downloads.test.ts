import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type FileServer, noise, serveFile, sha256Of } from '../fixtures/file-server.ts'
import { launchNexus, type Nexus, removal } from './nexus.ts'

const bytes = noise(20 * 1024 * 1024, 5)
let folder: string
let userDataFolder: string
let server: FileServer

test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nexus-downloads-'))
  userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-e2e-'))
  server = await serveFile(bytes, {
    headers: { 'content-disposition': 'attachment; filename="tables.dat"' },
    answer: (request, response) => {
      if (request.url !== '/') return false
      response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'who=ada' })
      response.end(`<title>Files</title><a id="get" href="/tables">Get</a>
        <a id="blob" download="made.txt">Made here</a>
        <form method="post" action="/made"><button id="post">Make</button></form>
        <script>document.getElementById('blob').href = URL.createObjectURL(new Blob(['made by the page']))</script>`)
      return true
    },
  })
})
test.afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, removal)
  await rm(userDataFolder, removal)
})

/** A browser whose downloads go to the folder of the test. */
async function launch(): Promise<Nexus> {
  const nexus = await launchNexus({ userDataFolder })
  await nexus.app.evaluate(({ app }, downloads) => app.setPath('downloads', downloads), folder)
  return nexus
}

async function openFiles(nexus: Nexus) {
  await nexus.go(server.origin)
  return await nexus.page(new URL(server.origin).host)
}

test('a link to a file is fetched with the cookies of the page, paused, resumed, and whole', async () => {
  await using nexus = await launch()
  const page = await openFiles(nexus)
  server.file.bytesPerSecond = 4_000_000
  await page.click('#get')
  const { chrome } = nexus
  const shelf = chrome.getByRole('region', { name: 'Downloads shelf' })
  const part = path.join(folder, 'tables.dat.nexus-part')
  // What is paused before anything came begins anew.
  await expect.poll(async () => (await stat(part).catch(() => null))?.size ?? 0).toBeGreaterThan(1_000_000)
  await shelf.getByRole('button', { name: 'Pause, tables.dat' }).click()
  await expect(shelf.getByRole('button', { name: 'Resume, tables.dat' })).toBeVisible()
  expect(await readdir(folder)).toContain('tables.dat.nexus-part')
  server.file.bytesPerSecond = null
  await shelf.getByRole('button', { name: 'Resume, tables.dat' }).click()
  await expect(shelf.getByText('Done, 21 MB')).toBeVisible({ timeout: 20_000 })
  expect(sha256Of(await readFile(path.join(folder, 'tables.dat')))).toBe(sha256Of(bytes))
  expect(await readdir(folder)).toEqual(['tables.dat'])
  expect(server.ranges.at(-1)).toMatch(/^bytes=\d+-$/)
  const ours = server.requests.filter(({ url }) => url === '/tables').at(-1)?.headers
  expect(ours).toMatchObject({ cookie: 'who=ada', referer: `${server.origin}/` })
  await nexus.go('nexus://downloads')
  await chrome.getByRole('button', { name: 'More, tables.dat' }).click()
  await expect(chrome.getByText(sha256Of(bytes))).toBeVisible()
})

test('a download goes on by itself after every process of the browser was killed', async () => {
  const first = await launch()
  const page = await openFiles(first)
  server.file.bytesPerSecond = 4_000_000
  await page.click('#get')
  await expect(first.chrome.getByRole('button', { name: /^Downloads, 1 running/ })).toBeVisible()
  // Something must be on the disk for good before the power fails.
  await expect
    .poll(
      async () =>
        (await readFile(path.join(folder, 'tables.dat.nexus-part.journal'), 'utf8').catch(() => '')).includes(
          '"at"',
        ),
      {
        timeout: 15_000,
      },
    )
    .toBe(true)
  await first.killEverything()
  server.file.bytesPerSecond = null
  await using again = await launch()
  await expect.poll(async () => (await readdir(folder)).join(), { timeout: 20_000 }).toBe('tables.dat')
  expect(sha256Of(await readFile(path.join(folder, 'tables.dat')))).toBe(sha256Of(bytes))
  expect(server.ranges.some(range => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true)
  await again.go('nexus://downloads')
  await expect(again.chrome.getByRole('list', { name: 'Downloads' }).getByText('21 MB')).toBeVisible()
})

test('what the page makes itself is saved too', async () => {
  await using nexus = await launch()
  const page = await openFiles(nexus)
  await page.click('#blob')
  await expect.poll(async () => await readdir(folder), { timeout: 15_000 }).toContain('made.txt')
  expect(await readFile(path.join(folder, 'made.txt'), 'utf8')).toBe('made by the page')
  server.file.bytes = new TextEncoder().encode('made by the server')
  await page.click('#post')
  await expect.poll(async () => await readdir(folder), { timeout: 15_000 }).toContain('tables.dat')
  expect(server.requests.filter(({ url }) => url === '/made').map(({ method }) => method)).toEqual(['POST'])
})
