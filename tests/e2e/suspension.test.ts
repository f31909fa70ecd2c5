import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page, test } from '@playwright/test'
import { launchNexus, type Nexus } from './nexus.ts'

let server: PulseServer
test.beforeAll(async () => {
  server = await servePulses()
})
test.afterAll(() => server[Symbol.asyncDispose]())

test('a tab that is sent to sleep gives its process back, and comes back as it was left, but for the password', async () => {
  test.setTimeout(120_000)
  await using nexus = await launchNexus()
  await open(nexus, '/letter', 'A letter')
  const page = await nexus.page('/letter')
  await fillIn(page)
  const pid = await pidOf(nexus, '/letter')
  await nexus.newTab()

  await choose(nexus, 'A letter', 'Sleep now')
  await expect(nexus.chrome.getByRole('tab', { name: 'A letter, sleeping' })).toBeVisible()
  await expect.poll(() => isRunning(pid)).toBe(false)

  await nexus.chrome.getByRole('tab', { name: 'A letter, sleeping' }).click()
  await expect(nexus.chrome.getByRole('tab', { name: 'A letter', exact: true })).toBeVisible()
  const again = await nexus.page('/letter')
  await expect(again.locator('#to')).toHaveValue('Ada')
  await expect(again.locator('textarea')).toHaveValue('Dear Ada,\nit rains.')
  await expect(again.locator('select')).toHaveValue('post')
  await expect(again.locator('[type=checkbox]')).toBeChecked()
  await expect(again.locator('#note')).toHaveText('urgent')
  await expect(again.locator('[type=password]')).toHaveValue('')
  await expect(again.locator('#card')).toHaveValue('')
  await expect.poll(() => again.evaluate(() => Math.round(scrollY))).toBe(900)
  expect(await again.evaluate(() => Reflect.get(globalThis, 'heard'))).toContain('to')
  // Its own scripts found what they had stored for the tab, from the first on.
  expect(await again.evaluate(() => [Reflect.get(globalThis, 'visits'), { ...sessionStorage }])).toEqual([
    2,
    { visits: '2', draft: 'Dear “Ada”,\n</script>\u2028' },
  ])
})

test('tabs that are left stand still or sleep, each unless something speaks against it', async () => {
  test.setTimeout(240_000)
  await using nexus = await launchNexus()
  await hurry(nexus)
  await open(nexus, '/pulse/plain', 'plain')
  await openNext(nexus, '/pulse/guarded', 'guarded')
  const guarded = await nexus.page('/pulse/guarded')
  await guarded.getByRole('button', { name: 'Guard' }).click()
  await letHide(guarded)
  await openNext(nexus, '/pulse/dirty', 'dirty')
  await (await nexus.page('/pulse/dirty')).locator('input').fill('not sent')
  await openNext(nexus, '/pulse/sent', 'sent')
  const sent = await nexus.page('/pulse/sent')
  await sent.locator('input').fill('sent')
  await sent.locator('input').press('Enter')
  await openNext(nexus, '/pulse/playing', 'playing')
  await (await nexus.page('/pulse/playing')).getByRole('button', { name: 'Play' }).click()
  await openNext(nexus, '/pulse/uploading', 'uploading')
  await (await nexus.page('/pulse/uploading')).getByRole('button', { name: 'Upload' }).click()
  await openNext(nexus, '/pulse/downloading', 'downloading')
  const downloading = await nexus.page('/pulse/downloading')
  await downloading.getByRole('button', { name: 'Download' }).click({ noWaitAfter: true })
  await openNext(nexus, '/pulse/inspected', 'inspected')
  // Developer tools cannot be opened without a screen: the engine is made to say that they are.
  await nexus.app.evaluate(({ webContents }) => {
    const inspected = webContents.getAllWebContents().find(one => one.getURL().includes('/pulse/inspected'))
    if (inspected !== undefined) inspected.isDevToolsOpened = () => true
  })
  await openNext(nexus, '/pulse/pinned', 'pinned')
  await choose(nexus, 'pinned', 'Pin')
  await openNext(nexus, '/pulse/awake', 'awake')
  await choose(nexus, 'awake', 'Keep awake')
  await nexus.newPrivateTab()
  await nexus.go(`${server.origin}/pulse/private`)
  await expect(nexus.chrome.getByRole('tab', { name: 'private, private' })).toBeVisible()
  await letHide(await nexus.page('/pulse/private'))
  await openNext(nexus, '/pulse/viewed', 'viewed')

  for (const name of ['plain', 'sent'])
    await expect(nexus.chrome.getByRole('tab', { name: `${name}, sleeping` })).toBeVisible({
      timeout: 90_000,
    })
  // The last of them was left half a minute before this one was opened.
  await server.silent('private', 60_000)
  await server.silent('guarded', 1_000)
  const going = ['dirty', 'playing', 'uploading', 'downloading', 'inspected', 'pinned', 'awake', 'viewed']
  for (const name of going) await server.beats(name)
  expect(server.isSilent('private')).toBe(true)
  await expect(nexus.chrome.getByRole('tab', { name: /, sleeping/ })).toHaveText(['plain', 'sent'])

  // What stands still is not taken for a page that hangs, and goes on where it was.
  const before = server.count('guarded')
  await nexus.chrome.getByRole('tab', { name: 'guarded', exact: true }).click()
  await server.beats('guarded')
  expect(server.count('guarded')).toBe(before + 1)
  await nexus.chrome.getByRole('tab', { name: 'private, private' }).click()
  await server.beats('private')
  await nexus.chrome.getByRole('tab', { name: 'sent, sleeping' }).click()
  await server.beats('sent')
})

/** The tester holds every page in view, as if somebody recorded it, so that none would ever stand still. */
async function letHide(page: Page): Promise<void> {
  const connection: unknown = Reflect.get(page, '_connection')
  const made: unknown = memberOf(connection, 'toImpl', page)
  const session = ['delegate', '_mainFrameSession', '_client'].reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : null),
    made,
  )
  await memberOf(session, 'send', 'Emulation.setFocusEmulationEnabled', { enabled: false })
}

function memberOf(owner: unknown, name: string, ...args: readonly unknown[]): unknown {
  const member: unknown = typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : null
  if (typeof member !== 'function') throw new Error(`This tester has no ${name}`)
  return member.apply(owner, args)
}

/** Tabs are due half a minute after they were left. */
async function hurry(nexus: Nexus): Promise<void> {
  await nexus.app.evaluate(({ powerMonitor }) => {
    powerMonitor.isOnBatteryPower = () => true
    powerMonitor.emit('on-battery')
  })
  await nexus.chrome.keyboard.press('Control+,')
  const choice = nexus.chrome.getByRole('combobox', { name: 'Tabs sleep after' })
  await choice.evaluate(select => select.append(new Option('A minute', '1')))
  await choice.selectOption('1')
  await expect(choice).toHaveValue('1')
  await nexus.chrome.getByRole('button', { name: 'Close settings' }).click()
}

async function open(nexus: Nexus, path: string, title: string): Promise<void> {
  await nexus.go(`${server.origin}${path}`)
  await expect(nexus.chrome.getByRole('tab', { name: title, exact: true, selected: true })).toBeVisible()
}

async function openNext(nexus: Nexus, path: string, title: string): Promise<void> {
  await nexus.newTab()
  await open(nexus, path, title)
}

/** Chooses something from the menu of a tab. */
async function choose(nexus: Nexus, tab: string, action: string): Promise<void> {
  await nexus.chrome.getByRole('tab', { name: tab, exact: true }).click({ button: 'right' })
  await nexus.chrome.getByRole('menuitem', { name: action, exact: true }).click()
  await expect(nexus.chrome.getByRole('menu')).toHaveCount(0)
}

async function fillIn(page: Page): Promise<void> {
  await page.locator('#to').fill('Ada')
  await page.locator('textarea').fill('Dear Ada,\nit rains.')
  await page.locator('select').selectOption('post')
  await page.locator('[type=checkbox]').check()
  await page.locator('#note').click()
  await page.keyboard.type('urgent')
  await page.locator('[type=password]').fill('not to be kept')
  await page.locator('#card').fill('4111 1111 1111 1111')
  await page.evaluate(() => scrollTo(0, 900))
  await page.evaluate(() => sessionStorage.setItem('draft', 'Dear “Ada”,\n</script>\u2028'))
}

function pidOf(nexus: Nexus, urlPart: string): Promise<number> {
  return nexus.app.evaluate(
    ({ webContents }, part) =>
      webContents
        .getAllWebContents()
        .find(one => one.getURL().includes(part))
        ?.getOSProcessId() ?? 0,
    urlPart,
  )
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

interface PulseServer extends AsyncDisposable {
  readonly origin: string
  /** The number that the page's own counter has reached. */
  count(name: string): number
  isSilent(name: string): boolean
  /** Waits until nothing was heard of a page for a while. */
  silent(name: string, timeout: number): Promise<void>
  /** Waits until a page is heard again. */
  beats(name: string): Promise<void>
}

/** Longer than any page is silent that runs, also one whose timers the engine slows down. */
const silentMs = 4_000

/** Pages that say each second that they run. */
async function servePulses(): Promise<PulseServer> {
  const heard = new Map<string, { at: number; count: number }>()
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://any.example')
    const [, kind, name = ''] = pathname.split('/')
    if (kind === 'beat') heard.set(name, { at: Date.now(), count: Number(searchParams.get('count')) })
    answer(kind ?? '', name, request, response)
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const at = (name: string): number => heard.get(name)?.at ?? 0
  const isSilent = (name: string): boolean => Date.now() - at(name) > silentMs
  return {
    origin: `http://localhost:${port}`,
    count: name => heard.get(name)?.count ?? 0,
    isSilent,
    silent: (name, timeout) =>
      expect.poll(() => isSilent(name), { timeout, message: `${name} goes on` }).toBe(true),
    beats: name => {
      const since = Date.now()
      return expect
        .poll(() => at(name) > since, { timeout: 15_000, message: `${name} stands still` })
        .toBe(true)
    },
    async [Symbol.asyncDispose]() {
      http.closeAllConnections()
      await new Promise(resolve => http.close(resolve))
    },
  }
}

function answer(kind: string, name: string, request: IncomingMessage, response: ServerResponse): void {
  switch (kind) {
    case 'letter':
      response.setHeader('content-type', 'text/html')
      response.end(letter)
      break
    case 'pulse':
      response.setHeader('content-type', 'text/html')
      response.end(pulse(name))
      break
    case 'upload':
      // Never taken.
      request.pause()
      break
    case 'file':
      response.setHeader('content-disposition', 'attachment; filename="slow.bin"')
      response.write('begun')
      break
    default:
      response.end('ok')
  }
}

const letter = `<!doctype html><title>A letter</title><script>
  heard = []
  visits = Number(sessionStorage.getItem('visits')) + 1
  sessionStorage.setItem('visits', visits)
  addEventListener('input', event => heard.push(event.target.id))
</script><form><input id="to"><textarea></textarea>
<select><option>mail</option><option>post</option></select><input type="checkbox">
<input type="password"><input id="card" autocomplete="cc-number"></form>
<div id="note" contenteditable style="min-height: 20px"></div><div style="height: 4000px"></div>`

const pulse = (name: string): string => `<!doctype html><title>${name}</title>
<form id="form" method="post"><input name="text"></form>
<button onclick="window.addEventListener('beforeunload', event => event.preventDefault())">Guard</button>
<button onclick="upload()">Upload</button><button onclick="play()">Play</button>
<button onclick="download()">Download</button><script>
  form.addEventListener('submit', event => event.preventDefault())
  let count = 0
  setInterval(() => fetch('/beat/${name}?count=' + ++count).catch(() => {}), 1000)
  const upload = () => fetch('/upload', { method: 'POST', body: new Blob([new Uint8Array(8e6)]) })
  const download = () => { form.action = '/file'; form.submit() }
  const play = () => {
    const context = new AudioContext()
    const sound = context.createMediaStreamDestination()
    const tone = context.createOscillator()
    tone.connect(sound)
    tone.start()
    const audio = Object.assign(document.createElement('audio'), { srcObject: sound.stream, loop: true })
    document.body.append(audio)
    audio.play()
  }
</script>`
