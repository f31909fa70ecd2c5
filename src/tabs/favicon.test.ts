import { describe, expect, it } from 'vitest'
import { fetchFavicon } from './favicon.ts'

const png = new Uint8Array([137, 80, 78, 71])
function answer(body: string | Uint8Array<ArrayBuffer> | null, type: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': type } })
}

describe('the icon of a page', () => {
  it('is handed on as data, with its kind', async () => {
    const icon = await fetchFavicon(['http://a.test/i.png'], async () => answer(png, 'image/png; x=y'))
    expect(icon).toBe(`data:image/png;base64,${Buffer.from(png).toString('base64')}`)
  })

  it('is the first that can be used', async () => {
    const answers: Record<string, Response> = {
      'http://a.test/1': answer('<html>', 'text/html'),
      'http://a.test/2': answer(png, 'image/png', 404),
      'http://a.test/3': answer(png, 'image/gif'),
    }
    const icon = await fetchFavicon(Object.keys(answers), async url => answers[url] ?? Response.error())
    expect(icon).toMatch(/^data:image\/gif/)
  })

  it.each([
    ['a file of the machine', 'file:///etc/passwd', answer(png, 'image/png')],
    ['something too large', 'http://a.test/big', answer(new Uint8Array(200_000), 'image/png')],
    ['nothing', 'http://a.test/empty', answer(null, 'image/png')],
    ['what is no address', 'icon.png', answer(png, 'image/png')],
  ])('is never %s', async (_what, url, response) => {
    expect(await fetchFavicon([url], async () => response)).toBeNull()
  })

  it('is missed when the fetch fails', async () => {
    expect(await fetchFavicon(['http://a.test/'], () => Promise.reject(new TypeError('refused')))).toBeNull()
  })
})
