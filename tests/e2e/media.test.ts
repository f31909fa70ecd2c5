import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchNexus, type Nexus } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

let server: Server
let nexus: Nexus
let origin: string

test.beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/song.wav') {
      const song = tone(30)
      response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': song.length })
      response.end(song)
      return
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><title>Night radio</title><h1>Night radio</h1>
      <audio id="song" src="/song.wav" loop></audio><button onclick="song.play()">Listen</button>
      <script>
        navigator.mediaSession.metadata = new MediaMetadata({ title: 'The night tide', artist: 'Harbour Quartet' })
        navigator.mediaSession.setActionHandler('nexttrack', () => { document.title = 'Next track' })
      </script>`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  nexus = await launchNexus()
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const mediaButton = () => nexus.chrome.getByRole('button', { name: /^Media,/ })

test('what a tab plays is shown, steered and muted from the toolbar', async () => {
  const { chrome } = nexus
  await nexus.go(origin)
  await expect(chrome.getByRole('tab', { name: /Night radio/ })).toBeVisible()
  const page = await nexus.page(origin)
  await page.getByRole('button', { name: 'Listen' }).click()
  await expect(chrome.getByRole('tab', { name: 'Night radio, playing' })).toBeVisible()
  await mediaButton().click()
  const song = chrome.getByRole('article', { name: 'The night tide' })
  await expect(song).toContainText('Harbour Quartet')
  await song.getByRole('button', { name: 'Pause, The night tide' }).click()
  await expect.poll(() => page.evaluate(() => document.querySelector('audio')?.paused)).toBe(true)
  await song.getByRole('button', { name: 'Play, The night tide' }).click()
  await expect.poll(() => page.evaluate(() => document.querySelector('audio')?.paused)).toBe(false)
  await song.getByRole('button', { name: 'Next, The night tide' }).click()
  await expect.poll(() => page.title()).toBe('Next track')
  await song.getByRole('button', { name: 'Mute, The night tide' }).click()
  await expect(chrome.getByRole('tab', { name: /, muted/ })).toBeVisible()
  await chrome.keyboard.press('Escape')
})

test('a site that was muted stays muted in other tabs and after a restart of storage', async () => {
  const { chrome } = nexus
  await mediaButton().click()
  await chrome.getByRole('button', { name: 'All media' }).click()
  const always = chrome.getByRole('checkbox', { name: 'Always mute localhost' })
  await always.click()
  await expect(always).toBeChecked()
  await chrome.getByRole('button', { name: 'Close media' }).click()
  await nexus.newTab()
  await nexus.go(`${origin}/again`)
  const page = await nexus.page('/again')
  await page.getByRole('button', { name: 'Listen' }).click()
  await expect(chrome.getByRole('tab', { name: 'Night radio, muted', selected: true })).toBeVisible()
})

test('a sound file is decoded and mixed in the audio process, and heard in the window to its end', async () => {
  const { chrome, app } = nexus
  const files = ['stereo.flac', 'six.opus', 'mono-cbr.mp3'].map(name =>
    path.join(import.meta.dirname, '..', 'fixtures', 'audio', name),
  )
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
  }, files)
  await nexus.go('nexus://media')
  const page = chrome.getByRole('region', { name: 'Media', exact: true })
  await page.getByRole('button', { name: 'Open files…' }).click()
  const rows = page.getByRole('region', { name: 'Sound files' }).getByRole('listitem')
  await expect(rows).toHaveCount(3)
  for (const place of [0, 1, 2]) {
    const row = rows.nth(place)
    await row.getByRole('button', { name: /^Play / }).click()
    await expect(row).toHaveAttribute('data-state', 'played', { timeout: 20_000 })
  }
  await expect(rows.first().getByText('Two Tones')).toBeVisible()
  const { stdout } = await nexusCommand(nexus.userDataFolder, 'ps', '--json')
  const { rows: processes } = lastLine(stdout) as { rows: { id: string; pid: number | null }[] }
  const audio = processes.find(({ id }) => id === 'service:audio')
  expect(audio?.pid).toBeGreaterThan(0)
})

/** A tone of so many seconds, as a WAVE file. */
function tone(seconds: number): Buffer {
  const rate = 8_000
  const samples = Buffer.alloc(rate * seconds * 2)
  for (let at = 0; at < rate * seconds; at++)
    samples.writeInt16LE(Math.round(Math.sin((at / rate) * 440 * 2 * Math.PI) * 16_000), at * 2)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}
