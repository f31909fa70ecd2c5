import { describe, expect, it } from 'vitest'
import { decodePage, readPageHead } from './page-head.ts'

const url = 'https://a.test/dir/page'

describe('what a page says of itself', () => {
  it('is taken from its head, the most telling words first', () => {
    const html = `<!doctype html><html><head><title>Plain &amp; simple</title>
      <meta name="description" content="In plain HTML"><meta property="og:title" content="Tides &#8211; a log">
      <meta property="og:site_name" content="Harbour log"><meta property="og:image" content="../tide.png">
      </head><body><meta property="og:description" content="not of the head"></body>`
    expect(readPageHead(html, url)).toEqual({
      title: 'Tides – a log',
      description: 'In plain HTML',
      siteName: 'Harbour log',
      imageUrl: 'https://a.test/tide.png',
    })
  })

  it('is its title where it says nothing else', () => {
    expect(readPageHead('<title>\n One\u0000 \u202Etwo </title>', url)).toEqual({
      title: 'One two',
      description: null,
      siteName: null,
      imageUrl: null,
    })
  })

  it.each(['javascript:alert(1)', 'data:image/png;base64,AA', 'file:///etc/passwd', 'http://['])(
    'is no picture at %s',
    address => {
      expect(readPageHead(`<meta property="og:image" content="${address}">`, url).imageUrl).toBeNull()
    },
  )

  it('stays plain text whatever it holds', () => {
    const { title } = readPageHead('<title><img src=x onerror=alert(1)></title>', url)
    expect(title).toBe('<img src=x onerror=alert(1)>')
  })

  it('is short, and found fast, in a page that is not', () => {
    const html = `<title>${'long '.repeat(10_000)}</title>${'<meta name="x" content="y">'.repeat(100_000)}`
    const startedAt = performance.now()
    expect(readPageHead(html, url).title?.length).toBeLessThanOrEqual(500)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  it.each([
    ['text/html; charset=iso-8859-1', Buffer.from('für', 'latin1')],
    ['text/html', Buffer.from('<meta charset="windows-1252">für', 'latin1')],
    ['text/html', Buffer.from('für')],
    ['text/html; charset=nonsense', Buffer.from('für')],
    ['text/html', Buffer.from('\uFEFFfür', 'utf16le')],
  ])('is read in its own letters: %s', (header, bytes) => {
    expect(decodePage(bytes, header)).toMatch(/für$/)
  })
})
