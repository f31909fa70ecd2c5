import { describe, expect, it } from 'vitest'
import { fetchFavicon } from './favicon.ts'

const icon = 'data:image/png;base64,iVBORw=='

describe('the icon of a page', () => {
  it('is the first that can be had', async () => {
    const asked: string[] = []
    const found = await fetchFavicon(['http://a.test/1', 'http://a.test/2'], async url => {
      asked.push(url)
      if (url.endsWith('1')) throw new Error('404')
      return icon
    })
    expect([found, asked]).toEqual([icon, ['http://a.test/1', 'http://a.test/2']])
  })

  it('may be brought by the page itself', async () => {
    expect(await fetchFavicon([icon], () => Promise.reject(new Error('never asked')))).toBe(icon)
  })

  it.each([
    ['a file of the machine', 'file:///etc/passwd'],
    ['what is no picture', 'data:text/html,<b>x</b>'],
    ['something too large', `data:image/png;base64,${'A'.repeat(300_000)}`],
    ['what is no address', 'icon.png'],
  ])('is never %s', async (_what, url) => {
    expect(await fetchFavicon([url], async () => icon)).toBeNull()
  })

  it('is missed after three that fail', async () => {
    const urls = ['1', '2', '3', '4'].map(name => `http://a.test/${name}`)
    expect(
      await fetchFavicon(urls, async url => (url.endsWith('4') ? icon : Promise.reject(new Error()))),
    ).toBeNull()
  })
})
