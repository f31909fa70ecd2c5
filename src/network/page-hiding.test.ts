import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { expect, test, vi } from 'vitest'
import { type HidingRequest, PageHiding } from './page-hiding.ts'

/** Contents of which only what hiding needs is there. */
class Page extends EventEmitter {
  url = ''
  names: unknown = { classes: [], ids: [] }
  readonly styles: string[] = []
  getURL = () => this.url
  isDestroyed = () => false
  executeJavaScriptInIsolatedWorld = async () => this.names
  insertCSS = async (css: string, options: unknown) => {
    this.styles.push(`${css} ${JSON.stringify(options)}`)
    return 'key'
  }

  go(url: string): void {
    this.url = url
    this.emit('did-navigate', {}, url)
  }
}

function setUp(isOn = true) {
  const page = new Page()
  const asked: HidingRequest[] = []
  const hiding = new PageHiding({
    ask: async request => {
      asked.push(request)
      return { css: request.isNew ? 'base' : request.classes.concat(request.ids).join(',') }
    },
    isOn: () => isOn,
  })
  hiding.follow(page as unknown as WebContents)
  return { page, asked }
}

const asUser = '{"cssOrigin":"user"}'

test('a new document gets what is hidden at its address, then what its elements add, each name once', async () => {
  const { page, asked } = setUp()
  page.go('https://page.example/')
  page.names = { classes: ['ad-box'], ids: ['top'] }
  page.emit('dom-ready')
  await vi.waitFor(() => expect(page.styles).toEqual([`base ${asUser}`, `ad-box,top ${asUser}`]))
  page.names = { classes: ['ad-box', 'late'], ids: ['top'] }
  page.emit('did-finish-load')
  await vi.waitFor(() => expect(page.styles[2]).toBe(`late ${asUser}`))
  page.go('https://page.example/')
  page.emit('dom-ready')
  await vi.waitFor(() => expect(page.styles.length).toBe(5))
  expect(asked.map(({ isNew, classes }) => [isNew, classes])).toEqual([
    [true, []],
    [false, ['ad-box']],
    [false, ['late']],
    [true, []],
    [false, ['ad-box', 'late']],
  ])
})

test('nothing is asked where nothing is blocked, nor of what is no page of the web', async () => {
  const off = setUp(false)
  off.page.go('https://page.example/')
  off.page.emit('dom-ready')
  const own = setUp()
  own.page.go('about:blank')
  own.page.emit('dom-ready')
  await Promise.resolve()
  expect([off.asked, own.asked]).toEqual([[], []])
})

test('an answer for a page that was left is not put into the next one', async () => {
  const { page } = setUp()
  page.go('https://page.example/')
  page.url = 'https://else.example/'
  await new Promise(resolve => setImmediate(resolve))
  expect(page.styles).toEqual([])
})

test('what a page says of itself is not believed to be names', async () => {
  const { page, asked } = setUp()
  page.go('https://page.example/')
  for (const names of [
    null,
    'ad',
    { classes: 'ad', ids: { length: 3 } },
    { classes: [1, '', 'a'.repeat(201), 'ok'] },
  ]) {
    page.names = names
    page.emit('dom-ready')
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(asked.slice(1)).toEqual([{ page: page.url, isNew: false, classes: ['ok'], ids: [] }])
})
