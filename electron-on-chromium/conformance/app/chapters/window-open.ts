// window.open and setWindowOpenHandler.
import assert from 'node:assert/strict'
import { BrowserWindow, type HandlerDetails, WebContentsView } from 'electron'
import { collect, inPage, inPreload, next, openPage, until } from '../harness/page.ts'
import { chapter, it } from './registry.ts'

const hidden = { show: false, webPreferences: { sandbox: true } } as const

chapter('window.open', () => {
  it('the handler gets the url, name, features and disposition', async t => {
    const window = await openPage(t)
    const seen: HandlerDetails[] = []
    window.webContents.setWindowOpenHandler(details => {
      seen.push(details)
      return { action: 'deny' }
    })
    const url = t.server.page('<p>x')
    await inPage(
      window.webContents,
      `window.open(${JSON.stringify(url)}, 'its-name', 'width=300,height=200'); undefined`,
    )
    await until(() => seen.length === 1, 'the handler')
    const [details] = seen
    assert.deepEqual(
      [details?.url, details?.frameName, details?.features, details?.disposition],
      [url, 'its-name', 'width=300,height=200', 'new-window'],
    )
  })

  it('deny opens nothing: no contents, no request', async t => {
    const window = await openPage(t)
    const url = t.server.page('<p>x')
    const asked = new Promise<void>(resolve => {
      window.webContents.setWindowOpenHandler(() => {
        resolve()
        return { action: 'deny' }
      })
    })
    const windows = BrowserWindow.getAllWindows().length
    await inPage(window.webContents, `window.opened = window.open(${JSON.stringify(url)}); undefined`)
    await asked
    await until(
      async () => (await inPage(window.webContents, 'opened === null || opened.closed')) === true,
      'no open window',
    )
    assert.deepEqual([BrowserWindow.getAllWindows().length, t.server.requestsTo(url).length], [windows, 0])
  })

  it('window.open returns null when it is denied', async t => {
    const window = await openPage(t)
    window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
    assert.equal(await inPage(window.webContents, `window.open('about:blank') === null`), true)
  })

  it('a page can go on opening windows after one was denied', async t => {
    const window = await openPage(t)
    const actions: ('deny' | 'allow')[] = ['deny', 'deny', 'allow']
    window.webContents.setWindowOpenHandler(() => ({
      action: actions.shift() ?? 'deny',
      overrideBrowserWindowOptions: hidden,
    }))
    const created = next(window.webContents, 'did-create-window')
    const url = t.server.page('<p>x')
    for (let attempt = 0; attempt < 3; attempt++) {
      await inPage(window.webContents, `window.open(${JSON.stringify(url)}); undefined`)
    }
    const child = (await created)[0] as BrowserWindow
    child.destroy()
  })

  it('allow creates a window, announced with its details, with overridden options', async t => {
    const window = await openPage(t)
    window.webContents.setWindowOpenHandler(() => ({
      action: 'allow',
      overrideBrowserWindowOptions: { ...hidden, title: 'overridden', width: 333, height: 222 },
    }))
    const created = next(window.webContents, 'did-create-window')
    const url = t.server.page('<title>child</title>')
    await inPage(window.webContents, `window.child = window.open(${JSON.stringify(url)}, 'named'); undefined`)
    const [child, details] = (await created) as [BrowserWindow, { url: string; frameName: string }]
    t.defer(() => child.isDestroyed() || child.destroy())
    assert.ok(child instanceof BrowserWindow)
    assert.deepEqual([details.url, details.frameName, child.getBounds().width], [url, 'named', 333])
    await until(() => child.webContents.getTitle() === 'child', 'the page of the child')
  })

  it('opener and child reach each other', async t => {
    const window = await openPage(t, '<script>onmessage = event => { window.heard = event.data }</script>')
    window.webContents.setWindowOpenHandler(() => ({ action: 'allow', overrideBrowserWindowOptions: hidden }))
    const created = next(window.webContents, 'did-create-window')
    const url = t.server.page(`<script>opener.postMessage('hello opener', '*')</script>`)
    await inPage(window.webContents, `window.child = window.open(${JSON.stringify(url)}); undefined`)
    const child = (await created)[0] as BrowserWindow
    t.defer(() => child.isDestroyed() || child.destroy())
    await until(
      async () => (await inPage(window.webContents, 'window.heard')) === 'hello opener',
      'the message',
    )
    assert.equal(await inPage(window.webContents, 'child.closed'), false)
  })

  it('a child has the preload of its opener, before its first script', async t => {
    const window = await openPage(t, undefined, { preload: 'bridge' })
    window.webContents.setWindowOpenHandler(() => ({
      action: 'allow',
      overrideBrowserWindowOptions: { show: false },
    }))
    const created = next(window.webContents, 'did-create-window')
    const url = t.server.page('<script>window.early = typeof bridge</script>')
    await inPage(window.webContents, `window.open(${JSON.stringify(url)}); undefined`)
    const child = (await created)[0] as BrowserWindow
    t.defer(() => child.isDestroyed() || child.destroy())
    await until(() => child.webContents.getURL() === url && !child.webContents.isLoading(), 'the page')
    assert.equal(await inPage(child.webContents, 'early'), 'object')
    assert.equal(typeof (await inPreload(child.webContents, 'preloadSecret')), 'string')
  })

  it('a child has its preload before its first script, whatever its document is and however busy its opener', async t => {
    const script = '<script>window.early = [location.protocol, typeof bridge]</script>'
    const blob = `URL.createObjectURL(new Blob([${JSON.stringify(script)}], { type: 'text/html' }))`
    const busy = 'for (const end = performance.now() + 300; performance.now() < end; );'
    for (const [opening, protocol] of [
      [`window.open(${JSON.stringify(t.server.page(script))}); ${busy} undefined`, 'http:'],
      [`window.open(${blob.replace('</', '<\\/')}); undefined`, 'blob:'],
      [`window.open(${blob.replace('</', '<\\/')}); ${busy} undefined`, 'blob:'],
    ] as const) {
      const window = await openPage(t, undefined, { preload: 'bridge' })
      window.webContents.setWindowOpenHandler(() => ({
        action: 'allow',
        overrideBrowserWindowOptions: { show: false },
      }))
      const created = next(window.webContents, 'did-create-window')
      await inPage(window.webContents, opening)
      const child = (await created)[0] as BrowserWindow
      t.defer(() => child.isDestroyed() || child.destroy())
      await until(
        () => child.webContents.getURL().startsWith(protocol) && !child.webContents.isLoading(),
        'the page',
      )
      assert.deepEqual(await inPage(child.webContents, 'early'), [protocol, 'object'])
    }
  })

  it('a link with target _blank asks the handler', async t => {
    const url = t.server.page('<p>x')
    const window = await openPage(t, `<a id="link" target="_blank" href="${url}">x</a>`)
    const asked = new Promise<HandlerDetails>(resolve => {
      window.webContents.setWindowOpenHandler(details => {
        resolve(details)
        return { action: 'deny' }
      })
    })
    await inPage(window.webContents, 'link.click()')
    const details = await asked
    assert.deepEqual([details.url, details.disposition], [url, 'foreground-tab'])
    assert.equal(t.server.requestsTo(url).length, 0)
  })

  it('createWindow puts the child into contents of our own', async t => {
    const window = await openPage(t)
    let view: WebContentsView | undefined
    window.webContents.setWindowOpenHandler(() => ({
      action: 'allow',
      createWindow: options => {
        view = new WebContentsView({ ...options })
        return view.webContents
      },
    }))
    const announced = collect(t, window.webContents, 'did-create-window', () => 1)
    const url = t.server.page('<title>in a view</title>')
    await inPage(window.webContents, `window.child = window.open(${JSON.stringify(url)}); undefined`)
    await until(() => view?.webContents.getTitle() === 'in a view', 'the page in the view')
    assert.deepEqual(announced.items, [])
    view?.webContents.close()
  })

  it('the child closes with its opener, unless outlivesOpener', async t => {
    for (const outlivesOpener of [false, true]) {
      const window = await openPage(t)
      window.webContents.setWindowOpenHandler(() => ({
        action: 'allow',
        outlivesOpener,
        overrideBrowserWindowOptions: hidden,
      }))
      const created = next(window.webContents, 'did-create-window')
      await inPage(window.webContents, `window.open(${JSON.stringify(t.server.page('<p>x'))}); undefined`)
      const child = (await created)[0] as BrowserWindow
      t.defer(() => child.isDestroyed() || child.destroy())
      const opener = next(window, 'closed')
      window.close()
      await opener
      if (outlivesOpener) {
        assert.equal(await inPage(child.webContents, '1 + 1'), 2)
        assert.equal(child.isDestroyed(), false)
      } else await until(() => child.isDestroyed(), 'the child to close')
    }
  })

  it('close of the page that was opened destroys its window', async t => {
    const window = await openPage(t)
    window.webContents.setWindowOpenHandler(() => ({ action: 'allow', overrideBrowserWindowOptions: hidden }))
    const created = next(window.webContents, 'did-create-window')
    await inPage(
      window.webContents,
      `window.child = window.open(${JSON.stringify(t.server.page('<p>x'))}); undefined`,
    )
    const child = (await created)[0] as BrowserWindow
    const closed = next(child, 'closed')
    await inPage(window.webContents, 'child.close()')
    await closed
    await until(
      async () => (await inPage(window.webContents, 'child.closed')) === true,
      'closed in the opener',
    )
  })

  it('noopener children open without an opener', async t => {
    const window = await openPage(t)
    window.webContents.setWindowOpenHandler(() => ({ action: 'allow', overrideBrowserWindowOptions: hidden }))
    const created = next(window.webContents, 'did-create-window')
    const url = t.server.page('<title>alone</title>', 'b')
    await inPage(window.webContents, `window.open(${JSON.stringify(url)}, '', 'noopener'); undefined`)
    const child = (await created)[0] as BrowserWindow
    t.defer(() => child.isDestroyed() || child.destroy())
    await until(() => child.webContents.getTitle() === 'alone', 'the page')
    assert.equal(await inPage(child.webContents, 'opener'), null)
  })
})
