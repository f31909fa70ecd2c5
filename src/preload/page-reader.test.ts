import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maxPageTextCharacters, type PageText } from '../../contracts/page.ts'
import { Reader } from './testing/reader.ts'

const paragraph =
  'The river rises in the hills above the town, and for most of the year, it is shallow enough to wade. '.repeat(
    4,
  )

const fixtures: Readonly<Record<string, { readonly type: string; readonly body: string | Buffer }>> = {
  article: html(
    `<nav><a href="/">Home</a> <a href="/more">More rivers</a></nav>
     <article><h1>A river</h1><p class="byline">By Ada Boatwright</p>
     ${['first', 'second', 'third'].map(name => `<p>The ${name}\n   paragraph. ${paragraph}</p>`).join('\n')}</article>
     <footer>Imprint and terms</footer>`,
    '<title>A river | Rivers</title><meta property="og:site_name" content="Rivers">',
  ),
  list: html(
    `<ul><li>One</li><li>Two <b>bold</b></li><li style="display:none">hidden</li><li class="gone">styled away</li></ul>
     <style>.gone { visibility: hidden }</style><script>var secret = 'code'</script><p>Three<br>four</p>`,
  ),
  clobbered: html(
    `<form name="body"><input name="firstChild"><input name="getAttribute"><input name="parentNode"></form>
     <img name="title"><img name="documentElement"><form name="cloneNode"></form><form name="getElementsByTagName"></form>
     <form name="contentType"></form><form name="URL"></form><form name="querySelectorAll"></form>
     <form id="f"><input id="nextSibling" name="nextSibling"><p>${paragraph}</p><p>Inside the form. ${paragraph}</p></form>`,
    '<title>Clobbered</title>',
  ),
  hidden: html('<div style="display:none"><p>Waiting for scripts.</p><p hidden>Never shown.</p></div>'),
  empty: html(''),
  text: { type: 'text/plain; charset=utf-8', body: 'First line\nstill first.\n\nSecond paragraph.' },
  picture: {
    type: 'image/png',
    body: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  },
}

function html(body: string, head = ''): { readonly type: string; readonly body: string } {
  return {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en-GB"><head>${head}</head><body>${body}</body></html>`,
  }
}

let server: Server
let page: Page
let origin: string
let reader: Reader

beforeAll(async () => {
  server = createServer((request, response) => {
    const fixture = fixtures[(request.url ?? '').slice(1)]
    response.writeHead(fixture === undefined ? 404 : 200, { 'content-type': fixture?.type ?? 'text/plain' })
    response.end(fixture?.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  origin = `http://127.0.0.1:${address.port}`
  reader = await Reader.open()
  page = reader.page
}, 60_000)

afterAll(async () => {
  await reader?.[Symbol.asyncDispose]()
  server?.close()
})

async function read(fixture: string): Promise<PageText> {
  await page.goto(`${origin}/${fixture}`)
  return readShown()
}

/** Reads the document that is shown now, and holds the answer against the contract. */
async function readShown(): Promise<PageText> {
  return reader.read()
}

describe('reading a page', () => {
  it('finds the article and its site, and leaves navigation out', async () => {
    const { extractionMs, paragraphs, metadata, signals, ...rest } = await read('article')
    expect(rest).toEqual({
      url: `${origin}/article`,
      title: 'A river | Rivers',
      declaredLanguage: 'en-GB',
      method: 'model',
      isCut: false,
    })
    expect(paragraphs.filter(text => text.startsWith('The ')).map(text => text.slice(0, 21))).toEqual([
      'The first paragraph. ',
      'The second paragraph.',
      'The third paragraph. ',
    ])
    expect(paragraphs.join(' ')).not.toMatch(/More rivers|Imprint/)
    expect(metadata.siteName).toBe('Rivers')
    expect(signals.forms).toEqual([])
    expect(extractionMs).toBeGreaterThan(0)
  })

  it('gives all visible text where there is no article', async () => {
    const { method, paragraphs } = await read('list')
    expect({ method, paragraphs }).toEqual({
      method: 'visibleText',
      paragraphs: ['One', 'Two bold', 'Three four'],
    })
  })

  it('reads a page that hides itself until its scripts have run', async () => {
    expect((await read('hidden')).paragraphs).toEqual(['Waiting for scripts.'])
  })

  it('reads past elements that are named like properties of the document', async () => {
    const { title, url, paragraphs } = await read('clobbered')
    expect({ title, url }).toEqual({ title: 'Clobbered', url: `${origin}/clobbered` })
    expect(paragraphs.join(' ')).toContain('Inside the form.')
  })

  it('is not reached by what a page does to its own prototypes', async () => {
    await page.goto(`${origin}/article`)
    await page.evaluate(`
      Document.prototype.cloneNode = Element.prototype.getAttribute = () => { throw new Error('hostile') }
      Object.defineProperty(Node.prototype, 'firstChild', { get: () => null })
      String.prototype.trim = Array.prototype.join = () => 'hostile'
      0`)
    const { method, paragraphs, title } = await readShown()
    expect({ method, title }).toEqual({ method: 'model', title: 'A river | Rivers' })
    expect(paragraphs.join(' ')).toContain('The second paragraph.')
  })

  it('leaves the document as it was', async () => {
    await page.goto(`${origin}/article`)
    const before = await page.content()
    await readShown()
    expect(await page.content()).toBe(before)
  })

  it('gives no paragraphs for an empty page', async () => {
    expect(await read('empty')).toMatchObject({
      paragraphs: [],
      title: '',
      method: 'visibleText',
      isCut: false,
    })
  })

  it('reads plain text, a blank line between paragraphs', async () => {
    expect(await read('text')).toMatchObject({
      paragraphs: ['First line still first.', 'Second paragraph.'],
      method: 'visibleText',
    })
  })

  it('says what a document is that holds no text', async () => {
    await page.goto(`${origin}/picture`)
    const attempt =
      '(() => { try { code.readPage(document) } catch (error) { return [error.code, error.message] } })()'
    expect(await reader.evaluate(attempt)).toEqual([
      'NOT_READABLE',
      'This is no page of text but a picture (image/png).',
    ])
  })

  it.each([
    ['one paragraph', `'<p>' + 'Ten million. '.repeat(800000) + '</p>'`],
    ['many paragraphs', `('<p>' + 'Ten million. '.repeat(200) + '</p>').repeat(4000)`],
  ])(
    'cuts ten million characters in %s at the limit',
    async (_, markup) => {
      await page.goto(`${origin}/empty`)
      // Chromium need not lay it out.
      await page.evaluate(
        `document.body.style = 'content-visibility: auto; margin-top: 9000px'; document.body.innerHTML = ${markup}; 0`,
      )
      const { isCut, method, paragraphs } = await readShown()
      const characters = paragraphs.reduce((sum, text) => sum + text.length, 0)
      expect({ isCut, method }).toEqual({ isCut: true, method: 'visibleText' })
      expect(characters).toBeLessThanOrEqual(maxPageTextCharacters)
      expect(characters).toBeGreaterThan(maxPageTextCharacters * 0.99)
    },
    60_000,
  )

  it('reads elements a thousand deep without Readability', async () => {
    await page.goto(`${origin}/empty`)
    await page.evaluate(
      `let inner = document.body; for (let i = 0; i < 1000; i++) { const next = document.createElement('div'); inner.append(next); inner = next } inner.append('down here')`,
    )
    expect(await readShown()).toMatchObject({ paragraphs: ['down here'], method: 'visibleText' })
  })
})
