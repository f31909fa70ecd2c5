// webContents: scripts, styles, input, zoom, find, capture, identity and closing.
import assert from 'node:assert/strict'
import { app, BrowserWindow, type Input, webContents as webContentsModule } from 'electron'
import { collect, emitterOf, inPage, inPreload, next, openPage, openWindow, until } from '../harness/page.ts'
import { assertSame } from '../harness/same.ts'
import { chapter, it } from './registry.ts'

chapter('webContents', () => {
  it('executeJavaScript returns the value, awaited if it is a promise', async t => {
    const { webContents } = await openPage(t)
    assert.deepEqual(await inPage(webContents, '({ a: [1, null, undefined], map: new Map([[1, 2]]) })'), {
      a: [1, null, undefined],
      map: new Map([[1, 2]]),
    })
    assert.equal(await inPage(webContents, 'Promise.resolve(5)'), 5)
    assert.equal(await inPage(webContents, 'new Promise(resolve => setTimeout(resolve, 10, "late"))'), 'late')
  })

  it('executeJavaScript rejects with what the code throws or rejects with', async t => {
    const { webContents } = await openPage(t)
    await assert.rejects(inPage(webContents, `Promise.reject(new Error('rejected'))`), /rejected/)
    await assert.rejects(inPage(webContents, `throw new TypeError('thrown')`))
    await assert.rejects(inPage(webContents, `this is no javascript`))
    await assert.rejects(inPage(webContents, `Promise.reject('a string')`), (error: unknown) =>
      /a string/.test(String(error)),
    )
  })

  it('executeJavaScript waits for a page that is loading', async t => {
    const { webContents } = openWindow(t)
    const load = webContents.loadURL(t.server.page('<title>waited for</title>'))
    assert.equal(await inPage(webContents, 'document.title'), 'waited for')
    await load
  })

  it('executeJavaScript with a user gesture gives the page user activation', async t => {
    const { webContents } = await openPage(t)
    assert.equal(await webContents.executeJavaScript('navigator.userActivation.isActive', true), true)
  })

  it('isolated worlds have their own globals and share the document', async t => {
    const { webContents } = await openPage(t, '<title>shared</title><script>window.mine = 1</script>')
    const inWorld = (code: string): Promise<unknown> =>
      webContents.executeJavaScriptInIsolatedWorld(1005, [{ code }])
    await inWorld('globalThis.own = 2; undefined')
    assert.deepEqual(await inWorld('[typeof mine, own, document.title]'), ['undefined', 2, 'shared'])
    assert.equal(await inPage(webContents, 'typeof own'), 'undefined')
  })

  it('executeJavaScriptInIsolatedWorld runs its scripts in order and returns the last result', async t => {
    const { webContents } = await openPage(t)
    const result = await webContents.executeJavaScriptInIsolatedWorld(1006, [
      { code: 'globalThis.sum = 1' },
      { code: 'sum += 10' },
      { code: 'sum + 100' },
    ])
    assert.equal(result, 111)
  })

  it('insertCSS applies, above a strict content security policy too, and removeInsertedCSS takes it back', async t => {
    const { webContents } = await openPage(
      t,
      t.server.page({ body: '<p>text', headers: { 'content-security-policy': "default-src 'none'" } }),
    )
    const color = (): Promise<unknown> => inPage(webContents, 'getComputedStyle(document.body).color')
    const key = await webContents.insertCSS('body { color: rgb(1, 2, 3) }')
    assert.equal(typeof key, 'string')
    assert.equal(await color(), 'rgb(1, 2, 3)')
    await webContents.removeInsertedCSS(key)
    assert.equal(await color(), 'rgb(0, 0, 0)')
  })

  it('setUserAgent is sent and seen by the page', async t => {
    const { webContents } = openWindow(t)
    webContents.setUserAgent('Conformance/2.0')
    const url = t.server.page('<p>x')
    await webContents.loadURL(url)
    assert.equal(webContents.getUserAgent(), 'Conformance/2.0')
    assert.equal(await inPage(webContents, 'navigator.userAgent'), 'Conformance/2.0')
    assert.equal(t.server.requestsTo(url)[0]?.headers['user-agent'], 'Conformance/2.0')
  })

  it('the default user agent names the application and Electron', async t => {
    const { webContents } = await openPage(t)
    assert.match(
      String(await inPage(webContents, 'navigator.userAgent')),
      /Chrome\/\d+.*Electron\/\d+|Electron\/\d+/,
    )
  })

  it('zoom: factor and level agree, and the page is scaled', async t => {
    const { webContents } = await openPage(t)
    const width = Number(await inPage(webContents, 'innerWidth'))
    assert.deepEqual([webContents.getZoomFactor(), webContents.getZoomLevel()], [1, 0])
    webContents.setZoomFactor(2)
    assert.ok(Math.abs(webContents.getZoomFactor() - 2) < 0.001)
    assert.ok(Math.abs(webContents.getZoomLevel() - Math.log(2) / Math.log(1.2)) < 0.001)
    await until(
      async () => Math.abs(Number(await inPage(webContents, 'innerWidth')) - width / 2) <= 1,
      'half the width',
    )
    webContents.setZoomLevel(0)
    assert.equal(webContents.zoomFactor, 1)
  })

  it('zoom factors out of range are clamped, and 0 is refused', async t => {
    const { webContents } = await openPage(t)
    webContents.setZoomFactor(100)
    assert.ok(Math.abs(webContents.getZoomFactor() - 5) < 0.01)
    assert.throws(() => webContents.setZoomFactor(0))
    webContents.setZoomFactor(1)
  })

  it('audio can be muted', async t => {
    const { webContents } = await openPage(t)
    assert.equal(webContents.isAudioMuted(), false)
    webContents.setAudioMuted(true)
    assert.deepEqual([webContents.isAudioMuted(), webContents.audioMuted], [true, true])
    webContents.audioMuted = false
    assert.equal(webContents.isAudioMuted(), false)
    assert.equal(webContents.isCurrentlyAudible(), false)
  })

  it('findInPage reports the matches under its request id', async t => {
    const { webContents } = await openPage(t, '<p>needle</p><p>Needle</p><p>nothing</p><p>a needle</p>')
    const found = next(webContents, 'found-in-page')
    const id = webContents.findInPage('needle')
    const [, result] = (await found) as [
      unknown,
      { requestId: number; matches: number; activeMatchOrdinal: number; finalUpdate: boolean },
    ]
    assert.equal(result.requestId, id)
    assert.equal(result.matches, 3)
    webContents.stopFindInPage('clearSelection')
  })

  it('capturePage gives an image of the page in its size', async t => {
    const { webContents } = await openPage(t, '<body style="margin:0;background:rgb(10, 200, 30)">')
    const image = await webContents.capturePage()
    const { width, height } = image.getSize()
    assert.deepEqual(
      [width, height, image.isEmpty()],
      [
        Number(await inPage(webContents, 'innerWidth')),
        Number(await inPage(webContents, 'innerHeight')),
        false,
      ],
    )
    const bitmap = image.toBitmap()
    assert.deepEqual([...bitmap.subarray(0, 3)].sort(), [10, 200, 30].sort())
  })

  it('capturePage of a rectangle gives this part', async t => {
    const { webContents } = await openPage(
      t,
      '<body style="margin:0"><div style="position:absolute;left:50px;top:60px;width:20px;height:10px;background:#00f">',
    )
    const image = await webContents.capturePage({ x: 50, y: 60, width: 20, height: 10 })
    assert.deepEqual(image.getSize(), { width: 20, height: 10 })
    const bitmap = image.toBitmap()
    const last = bitmap.subarray(bitmap.length - 4)
    assert.deepEqual([Math.max(last[0] ?? 0, last[2] ?? 0), last[1]], [255, 0])
  })

  it('printToPDF gives a PDF', async t => {
    const { webContents } = await openPage(t, '<p>on paper')
    const data = await webContents.printToPDF({})
    assert.equal(data.subarray(0, 5).toString(), '%PDF-')
  })

  it('sendInputEvent types and clicks', async t => {
    const { webContents } = await openPage(
      t,
      `<body style="margin:0"><input id="field" style="position:absolute;left:0;top:0;width:200px;height:40px">
       <button style="position:absolute;left:0;top:100px;width:100px;height:40px" onclick="window.clicked = event.isTrusted">`,
    )
    const click = (y: number): void => {
      webContents.sendInputEvent({ type: 'mouseDown', x: 20, y, button: 'left', clickCount: 1 })
      webContents.sendInputEvent({ type: 'mouseUp', x: 20, y, button: 'left', clickCount: 1 })
    }
    click(20)
    await until(async () => (await inPage(webContents, 'document.activeElement.id')) === 'field', 'focus')
    webContents.sendInputEvent({ type: 'keyDown', keyCode: 'A' })
    webContents.sendInputEvent({ type: 'char', keyCode: 'a' })
    webContents.sendInputEvent({ type: 'keyUp', keyCode: 'A' })
    await until(async () => (await inPage(webContents, 'field.value')) === 'a', 'the letter')
    click(120)
    await until(async () => (await inPage(webContents, 'window.clicked')) === true, 'the click')
  })

  it('before-input-event describes the key and can keep it from the page', async t => {
    const { webContents } = await openPage(
      t,
      '<script>window.keys = []; onkeydown = event => keys.push(event.key)</script>',
    )
    const inputs = collect(t, webContents, 'before-input-event', (event, input) => {
      const { type, key, control, shift } = input as Input
      if (key === 'b') (event as { preventDefault(): void }).preventDefault()
      return { type, key, control, shift }
    })
    webContents.sendInputEvent({ type: 'keyDown', keyCode: 'b' })
    webContents.sendInputEvent({ type: 'keyDown', keyCode: 'c', modifiers: ['control'] })
    await until(async () => String(await inPage(webContents, 'keys')) === 'c', 'the key c alone')
    assert.deepEqual(inputs.items, [
      { type: 'keyDown', key: 'b', control: false, shift: false },
      { type: 'keyDown', key: 'c', control: true, shift: false },
    ])
  })

  it('insertText, selectAll, copy of a selection by script, delete', async t => {
    const { webContents } = await openPage(t, '<input id="field" autofocus>')
    webContents.focus()
    await inPage(webContents, 'field.focus()')
    await webContents.insertText('typed in one go')
    assert.equal(await inPage(webContents, 'field.value'), 'typed in one go')
    webContents.selectAll()
    await until(
      async () => (await inPage(webContents, 'field.selectionEnd - field.selectionStart')) === 15,
      'the selection',
    )
    webContents.delete()
    await until(async () => (await inPage(webContents, 'field.value')) === '', 'an empty field')
  })

  it('console-message has the message, level, line and source', async t => {
    const { webContents } = openWindow(t)
    const messages = collect(t, webContents, 'console-message', event => {
      const { level, message, lineNumber, sourceId } = event as Record<string, unknown>
      return { level, message, lineNumber, sourceId }
    })
    const url = t.server.page(`<script>\nconsole.log('one', 1)\nconsole.error('bad')\n</script>`)
    await webContents.loadURL(url)
    await messages.count(2)
    assert.deepEqual(messages.items, [
      { level: 'info', message: 'one 1', lineNumber: 2, sourceId: url },
      { level: 'error', message: 'bad', lineNumber: 3, sourceId: url },
    ])
  })

  it('context-menu says what is under the pointer', async t => {
    const { webContents } = await openPage(
      t,
      '<a href="http://a.localhost/link" style="position:absolute;left:0;top:0;width:200px;height:50px">the link</a>',
    )
    const opened = next(webContents, 'context-menu')
    webContents.sendInputEvent({ type: 'mouseDown', x: 10, y: 10, button: 'right', clickCount: 1 })
    webContents.sendInputEvent({ type: 'mouseUp', x: 10, y: 10, button: 'right', clickCount: 1 })
    const [, params] = (await opened) as [unknown, Record<string, unknown>]
    assert.deepEqual(
      [params.linkURL, params.linkText, params.mediaType, params.isEditable],
      ['http://a.localhost/link', 'the link', 'none', false],
    )
  })

  it('web-contents-created of app announces every contents', async t => {
    const created = next(app, 'web-contents-created')
    const { webContents } = openWindow(t)
    assertSame((await created)[1], webContents)
  })

  it('ids are unique, and fromId, fromFrame and getAllWebContents find contents', async t => {
    const oneWindow = await openPage(t)
    const one = oneWindow.webContents
    const two = (await openPage(t)).webContents
    assert.ok(one.id !== two.id)
    assertSame(webContentsModule.fromId(one.id), one)
    assertSame(webContentsModule.fromFrame(two.mainFrame), two)
    assert.ok(webContentsModule.getAllWebContents().includes(one))
    assert.equal(webContentsModule.fromId(987654), undefined)
    assertSame(BrowserWindow.fromWebContents(one), oneWindow)
  })

  it('fromDevToolsTargetId is the reverse of getOrCreateDevToolsTargetId', async t => {
    const { webContents } = await openPage(t)
    const id = webContents.getOrCreateDevToolsTargetId()
    assertSame(webContentsModule.fromDevToolsTargetId(id), webContents)
    assert.equal(webContentsModule.fromDevToolsTargetId('no such target'), undefined)
  })

  it('getType is window, and the properties of identity are there', async t => {
    const { webContents } = await openPage(t)
    assert.deepEqual(
      [
        webContents.getType(),
        webContents.hostWebContents,
        webContents.isOffscreen(),
        webContents.isCrashed(),
      ],
      ['window', null, false, false],
    )
  })

  it('close destroys the contents: destroyed is emitted, isDestroyed is true', async t => {
    const { webContents } = await openPage(t)
    const destroyed = next(webContents, 'destroyed')
    const id = webContents.id
    webContents.close()
    await destroyed
    assert.deepEqual([webContents.isDestroyed(), webContentsModule.fromId(id)], [true, undefined])
  })

  it('window.close of the page closes its window', async t => {
    const window = await openPage(t)
    const closed = next(window, 'closed')
    await inPage(window.webContents, 'setTimeout(() => window.close()); undefined')
    await closed
    assert.equal(window.isDestroyed(), true)
  })

  it('beforeunload holds a close with waitForBeforeUnload, and will-prevent-unload can overrule it', async t => {
    const { webContents } = await openPage(
      t,
      `<script>onbeforeunload = event => event.preventDefault()</script>`,
    )
    await webContents.executeJavaScript('1', true)
    const held = next(webContents, 'will-prevent-unload')
    webContents.close({ waitForBeforeUnload: true })
    await held
    assert.equal(webContents.isDestroyed(), false)
    emitterOf(webContents).on('will-prevent-unload', event => (event as Event).preventDefault())
    const destroyed = next(webContents, 'destroyed')
    webContents.close({ waitForBeforeUnload: true })
    await destroyed
  })

  it('using contents after they are destroyed is an error, not a crash', async t => {
    const window = await openPage(t)
    const { webContents } = window
    const destroyed = next(webContents, 'destroyed')
    window.destroy()
    await destroyed
    assert.throws(() => window.loadURL('about:blank'), /destroyed/)
    await assert.rejects(async () => webContents.executeJavaScript('1'))
  })

  it('backgroundThrottling can be read and set', async t => {
    const { webContents } = await openPage(t)
    assert.equal(webContents.getBackgroundThrottling(), true)
    webContents.setBackgroundThrottling(false)
    assert.equal(webContents.backgroundThrottling, false)
  })

  it('webPreferences.javascript false turns the scripts of the page off', async t => {
    const { webContents } = await openPage(t, '<title>off</title><script>document.title = "on"</script>', {
      webPreferences: { javascript: false },
      preload: null,
    })
    assert.equal(webContents.getTitle(), 'off')
  })

  it('additionalArguments are in process.argv of the preload', async t => {
    const window = await openPage(t, undefined, {
      preload: 'arguments',
      webPreferences: { additionalArguments: ['--conformance=yes'] },
    })
    const found = await inPreload(window.webContents, `seenArguments.includes('--conformance=yes')`)
    assert.equal(found, true)
  })

  it('the debugger speaks the DevTools protocol', async t => {
    const { webContents } = await openPage(t)
    webContents.debugger.attach()
    t.defer(() => webContents.debugger.isAttached() && webContents.debugger.detach())
    assert.equal(webContents.debugger.isAttached(), true)
    const { result } = await webContents.debugger.sendCommand('Runtime.evaluate', { expression: '6 * 7' })
    assert.equal(result.value, 42)
    webContents.debugger.detach()
    assert.equal(webContents.debugger.isAttached(), false)
  })

  it('the debugger can be attached again at once', async t => {
    const { webContents } = await openPage(t)
    t.defer(() => webContents.debugger.isAttached() && webContents.debugger.detach())
    for (let time = 0; time < 3; time += 1) {
      webContents.debugger.attach()
      for (const expression of ['6 * 7', '6 * 7', '6 * 7']) {
        const { result } = await webContents.debugger.sendCommand('Runtime.evaluate', { expression })
        assert.equal(result.value, 42)
      }
      webContents.debugger.detach()
    }
  })
})
