import { chromium, type Page } from '@playwright/test'
import { type Picture, thumbnailOf } from '../../vision/thumbnail.ts'

/** Draws pages in a Chromium without a network and gives their thumbnails. */
export interface Renderer extends AsyncDisposable {
  /** HTML, or the `file:` address of a page that lies here. */
  thumbnail(page: { readonly html: string } | { readonly url: string }, view: View): Promise<Uint8Array>
}

/** How somebody sees a page. */
export interface View {
  readonly width: number
  readonly height: number
  readonly scrollPx: number
}

/** Screenshots are taken a quarter as large, as the browser does before it sends them to the AI process. */
const scale = 0.25

/** Starts Debian's Chromium, or the one that `NEXUS_CHROMIUM` names. */
export async function startRenderer(): Promise<Renderer> {
  const browser = await chromium.launch({
    executablePath: process.env.NEXUS_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const context = await browser.newContext({ offline: true, javaScriptEnabled: false })
  const page = await context.newPage()
  // Decodes the pictures; a context of its own, because the pages run without scripts.
  const decoder = await (await browser.newContext({ offline: true })).newPage()
  const session = await context.newCDPSession(page)
  return {
    async thumbnail(source, { width, height, scrollPx }) {
      await page.setViewportSize({ width, height })
      if ('html' in source) await page.setContent(source.html)
      else await page.goto(source.url)
      const { data } = await session.send('Page.captureScreenshot', {
        format: 'png',
        captureBeyondViewport: scrollPx > 0,
        clip: { x: 0, y: scrollPx, width, height, scale },
      })
      return thumbnailOf(await decode(decoder, data))
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
    },
  }
}

/** Runs in a page of Chromium, whose globals the types of Node do not know. */
const decodeInPage = `async data => {
  const bytes = Uint8Array.from(atob(data), character => character.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
  context.drawImage(bitmap, 0, 0)
  const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data
  let text = ''
  for (let at = 0; at < pixels.length; at += 8192) text += String.fromCharCode(...pixels.subarray(at, at + 8192))
  return { width: bitmap.width, height: bitmap.height, text: btoa(text) }
}`

async function decode(page: Page, png: string): Promise<Picture> {
  const { width, height, text } = await page.evaluate<{ width: number; height: number; text: string }>(
    `(${decodeInPage})(${JSON.stringify(png)})`,
  )
  return { width, height, pixels: new Uint8Array(Buffer.from(text, 'base64')), order: 'rgba' }
}
