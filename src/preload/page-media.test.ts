import { afterAll, beforeAll, expect, it } from 'vitest'
import { type IsolatedPage, type IsolatedPages, openIsolatedPages } from './testing/isolated-page.ts'

/** Ten seconds of a tone, made in the page. */
const tone = `(() => {
  const rate = 8000, frames = rate * 10, view = new DataView(new ArrayBuffer(44 + frames * 2))
  const words = (at, text) => [...text].forEach((letter, place) => view.setUint8(at + place, letter.charCodeAt(0)))
  words(0, 'RIFF'); view.setUint32(4, 36 + frames * 2, true); words(8, 'WAVEfmt ')
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true)
  view.setUint32(24, rate, true); view.setUint32(28, rate * 2, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true)
  words(36, 'data'); view.setUint32(40, frames * 2, true)
  for (let at = 0; at < frames; at++) view.setInt16(44 + at * 2, Math.sin(at / rate * 440 * 2 * Math.PI) * 16000, true)
  return URL.createObjectURL(new Blob([view.buffer], { type: 'audio/wav' }))
})()`

let pages: IsolatedPages
let page: IsolatedPage

beforeAll(async () => {
  pages = await openIsolatedPages(new URL('./testing/media-under-test.ts', import.meta.url))
}, 60_000)
afterAll(() => pages?.[Symbol.asyncDispose]())

async function show(html: string): Promise<void> {
  page = await pages.show(html)
  await page.ours(`
    globalThis.ran = []
    globalThis.media = new code.MediaOfPage(document, navigator.mediaSession, {
      names: () => ['nexttrack'],
      run: name => { ran.push(name); return name === 'nexttrack' },
    })
    globalThis.sound = new code.SoundOfPage(); 0`)
}

async function playTone(): Promise<void> {
  await show('<audio id="song"></audio>')
  await page.theirs(`(async () => {
    song.src = ${tone}
    await song.play()
    while (song.currentTime === 0) await new Promise(resolve => setTimeout(resolve, 10))
  })()`)
}

const state = () => page.ours('media.state()')

it('says that there is nothing to play on a page without media', async () => {
  await show('<p>Quiet.</p>')
  expect(await state()).toMatchObject({ hasMedia: false, isPlaying: false, title: '', durationSeconds: null })
  expect(await page.ours('media.act({ kind: "play" }).then(isDone => { globalThis.done = isDone }); 0')).toBe(
    0,
  )
})

it('says what plays in the words of the page, shortened, with pictures of the web only', async () => {
  await playTone()
  await page.theirs(`navigator.mediaSession.metadata = new MediaMetadata({
    title: '  The night\\n tide ', artist: 'x'.repeat(2000), album: 'Low water',
    artwork: [
      { src: 'https://a.example/tiny.png', sizes: '16x16' },
      { src: 'https://a.example/large.png', sizes: '512x512' },
      { src: 'https://a.example/right.png', sizes: '96x96' },
      { src: 'data:image/png;base64,AA==', sizes: '96x96' },
    ] })`)
  expect(await state()).toMatchObject({
    hasMedia: true,
    isPlaying: true,
    title: 'The night tide',
    artist: 'x'.repeat(500),
    album: 'Low water',
    artworkUrls: ['https://a.example/right.png', 'https://a.example/large.png', 'https://a.example/tiny.png'],
    durationSeconds: 10,
    canSeek: true,
    hasNext: true,
    hasPrevious: false,
  })
})

it('pauses, goes to a place within what there is, and hands next to the page', async () => {
  await playTone()
  await page.ours('media.act({ kind: "pause" }); media.act({ kind: "seekTo", seconds: 7.5 }); 0')
  expect(await page.theirs('[song.paused, song.currentTime]')).toEqual([true, 7.5])
  await page.ours('media.act({ kind: "seekBy", seconds: 100 }); media.act({ kind: "next" }); 0')
  expect(await page.theirs('song.currentTime')).toBe(10)
  expect(await page.ours('ran')).toEqual(['nexttrack'])
})

it('hears what plays, and makes it quieter by a factor of what the page chose', async () => {
  await playTone()
  const loudest = await page.theirs('new Promise(resolve => setTimeout(resolve, 0))').then(async () => {
    // The first windows are empty until the engine's sound graph has begun.
    for (let attempt = 0; attempt < 200; attempt++) {
      const peak = await page.ours(`(() => {
        const heard = sound.hear(media.playing())
        if (heard.kind === 'nothing') return 0
        const { buffer, byteOffset, byteLength } = heard.samples
        return Math.max(...new Float32Array(buffer, byteOffset, byteLength / 4))
      })()`)
      if (typeof peak === 'number' && peak > 0.3) return peak
      await page.theirs('new Promise(resolve => setTimeout(resolve, 20))')
    }
    return 0
  })
  expect(loudest).toBeGreaterThan(0.3)
  await page.theirs('song.volume = 0.8')
  await page.ours('sound.setGain(media.playing(), 0.5); 0')
  expect(await page.theirs('song.volume')).toBeCloseTo(0.4)
  await page.ours('sound.setGain(media.playing(), 0.25); 0')
  expect(await page.theirs('song.volume')).toBeCloseTo(0.2)
  await page.theirs('song.volume = 1')
  await page.ours('sound.setGain(media.playing(), 0.5); 0')
  expect(await page.theirs('song.volume')).toBeCloseTo(0.5)
})

it('stops what begins by itself where that is not wanted', async () => {
  await show('<video id="film" muted></video>')
  await page.ours(`
    Object.defineProperty(navigator.userActivation, 'hasBeenActive', { get: () => false })
    media.setAutoplay(true); 0`)
  await page.theirs(`film.src = ${tone}; film.play().catch(() => {})`)
  expect(await page.theirs('new Promise(resolve => setTimeout(() => resolve(film.paused), 50))')).toBe(true)
})

it("notes the page's own answers to next and previous, and gives the page nothing", async () => {
  await show('<p>Player</p>')
  const before = await page.theirs('Object.getOwnPropertyNames(window).sort().join()')
  // The function runs in the page's world; here both worlds are one.
  await page.ours(`globalThis.actions = code.noteMediaActions(({ func }) => (0, eval)('(' + func + ')()'))
    navigator.mediaSession.setActionHandler('nexttrack', details => { globalThis.asked = details.action }); 0`)
  expect(await page.ours('[actions.names(), actions.run("nexttrack"), actions.run("stop"), asked]')).toEqual([
    ['nexttrack'],
    true,
    false,
    'nexttrack',
  ])
  await page.ours("navigator.mediaSession.setActionHandler('nexttrack', null); 0")
  expect(await page.ours('actions.names()')).toEqual([])
  expect(await page.ours('String(MediaSession.prototype.setActionHandler)')).toContain('[native code]')
  expect(await page.theirs('Object.getOwnPropertyNames(window).sort().join()')).toBe(before)
})
