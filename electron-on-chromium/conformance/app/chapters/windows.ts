// BaseWindow and BrowserWindow.
import assert from 'node:assert/strict'
import { app, BaseWindow, type BaseWindowConstructorOptions, BrowserWindow, WebContentsView } from 'electron'
import { collect, inPage, next, openPage, openWindow, type PageCase, until } from '../harness/page.ts'
import { assertSame } from '../harness/same.ts'
import { chapter, it } from './registry.ts'

function openBase(t: PageCase, options: BaseWindowConstructorOptions = {}): BaseWindow {
  const window = new BaseWindow({ show: false, width: 500, height: 400, ...options })
  t.defer(() => {
    if (!window.isDestroyed()) window.destroy()
  })
  return window
}

chapter('windows', () => {
  it('a BaseWindow has the bounds it was given, and a content view', t => {
    const window = openBase(t, { x: 40, y: 30, width: 640, height: 480 })
    const { width, height } = window.getBounds()
    assert.deepEqual([width, height, window.getSize()], [640, 480, [640, 480]])
    assert.deepEqual(
      [typeof window.id, window.isDestroyed(), window.contentView.children],
      ['number', false, []],
    )
  })

  it('setBounds, setSize and setPosition are seen by getBounds, and resize is emitted', async t => {
    const window = openBase(t)
    const resized = next(window, 'resize')
    window.setBounds({ x: 10, y: 20, width: 600, height: 300 })
    await resized
    assert.deepEqual(window.getBounds(), { x: 10, y: 20, width: 600, height: 300 })
    window.setSize(450, 350)
    assert.deepEqual(window.getSize(), [450, 350])
    window.setPosition(60, 70)
    assert.deepEqual(window.getPosition(), [60, 70])
  })

  it('setBounds with a part of the bounds keeps the rest', t => {
    const window = openBase(t, { x: 10, y: 20, width: 500, height: 400 })
    window.setBounds({ width: 555 })
    assert.deepEqual(window.getBounds(), { x: 10, y: 20, width: 555, height: 400 })
  })

  it('moving emits move', async t => {
    const window = openBase(t)
    const moved = next(window, 'move')
    window.setPosition(123, 45)
    await moved
    assert.deepEqual(window.getPosition(), [123, 45])
  })

  it('minimum and maximum sizes are kept and obeyed', t => {
    const window = openBase(t)
    window.setMinimumSize(300, 200)
    window.setMaximumSize(700, 600)
    assert.deepEqual(
      [window.getMinimumSize(), window.getMaximumSize()],
      [
        [300, 200],
        [700, 600],
      ],
    )
  })

  it('title: given, set, read; flags: resizable, movable, closable, alwaysOnTop', t => {
    const window = openBase(t, { title: 'given' })
    assert.equal(window.getTitle(), 'given')
    window.setTitle('set')
    assert.equal(window.title, 'set')
    assert.deepEqual([window.isResizable(), window.isMovable(), window.isAlwaysOnTop()], [true, true, false])
    window.setResizable(false)
    window.setAlwaysOnTop(true)
    assert.deepEqual([window.isResizable(), window.resizable, window.isAlwaysOnTop()], [false, false, true])
  })

  it('a hidden window is not visible, and says so after show and hide', async t => {
    const window = openBase(t)
    assert.equal(window.isVisible(), false)
    const shown = next(window, 'show')
    window.showInactive()
    await shown
    assert.equal(window.isVisible(), true)
    const hidden = next(window, 'hide')
    window.hide()
    await hidden
    assert.equal(window.isVisible(), false)
  })

  it('close emits close, then closed; preventDefault in close keeps the window', async t => {
    const window = openBase(t)
    const order: string[] = []
    window.once('close', event => {
      order.push('prevented')
      event.preventDefault()
    })
    window.close()
    assert.equal(window.isDestroyed(), false)
    window.on('close', () => order.push('close'))
    window.on('closed', () => order.push('closed'))
    const closed = next(window, 'closed')
    window.close()
    await closed
    assert.deepEqual([order, window.isDestroyed()], [['prevented', 'close', 'closed'], true])
  })

  it('destroy emits closed without close', async t => {
    const window = openBase(t)
    const closes = collect(t, window, 'close', () => 1)
    const closed = next(window, 'closed')
    window.destroy()
    await closed
    assert.deepEqual([closes.items, window.isDestroyed()], [[], true])
  })

  it('a destroyed window refuses to be used', async t => {
    const window = openBase(t)
    window.destroy()
    assert.throws(() => window.getBounds(), /destroyed/)
  })

  it('getAllWindows and fromId know a window until it is destroyed', t => {
    const window = openBase(t)
    assert.ok(BaseWindow.getAllWindows().includes(window))
    assertSame(BaseWindow.fromId(window.id), window)
    const { id } = window
    window.destroy()
    assert.equal(BaseWindow.getAllWindows().includes(window), false)
    assert.equal(BaseWindow.fromId(id), null)
  })

  it('a child window has its parent, and closes with it', async t => {
    const parent = openBase(t)
    const child = openBase(t, { parent })
    assertSame([child.getParentWindow(), parent.getChildWindows()], [parent, [child]])
    const closed = next(child, 'closed')
    parent.close()
    await closed
  })

  it('content bounds are those of the content view', t => {
    const window = openBase(t, { width: 600, height: 500, useContentSize: true })
    const { width, height } = window.getContentBounds()
    assert.deepEqual([width, height, window.getContentSize()], [600, 500, [600, 500]])
    const view = window.contentView.getBounds()
    assert.deepEqual([view.width, view.height], [600, 500])
  })

  it('a BaseWindow that closes does not destroy the contents of its views', async t => {
    const window = openBase(t)
    const view = new WebContentsView()
    window.contentView.addChildView(view)
    await view.webContents.loadURL(t.server.page('<title>survives</title>'))
    const closed = next(window, 'closed')
    window.close()
    await closed
    assert.equal(view.webContents.isDestroyed(), false)
    const destroyed = next(view.webContents, 'destroyed')
    view.webContents.close()
    await destroyed
  })

  it('window-all-closed is emitted when the last window has closed', async t => {
    for (const window of BaseWindow.getAllWindows()) window.destroy()
    const window = openBase(t)
    const all = next(app, 'window-all-closed')
    window.close()
    await all
    assert.equal(BaseWindow.getAllWindows().length, 0)
  })

  it('browser-window-created announces a BrowserWindow', async t => {
    const created = next(app, 'browser-window-created')
    const window = openWindow(t)
    assertSame((await created)[1], window)
  })

  it('a BrowserWindow takes the title of its page, unless page-title-updated is prevented', async t => {
    const window = openWindow(t)
    await window.loadURL(t.server.page('<title>of the page</title>'))
    await until(() => window.getTitle() === 'of the page', 'the title')
    window.on('page-title-updated', event => event.preventDefault())
    await window.loadURL(t.server.page('<title>prevented</title>'))
    assert.equal(window.getTitle(), 'of the page')
  })

  it('ready-to-show is emitted once the page has been drawn', async t => {
    const window = openWindow(t)
    const ready = next(window, 'ready-to-show')
    await window.loadURL(t.server.page('<p>drawn'))
    await ready
  })

  it('a BrowserWindow that is created hidden is visible to its page', async t => {
    const { webContents } = await openPage(t)
    assert.equal(await inPage(webContents, 'document.visibilityState'), 'visible')
  })

  it('hide and show change the visibility of the page', async t => {
    const window = await openPage(t)
    const state = (): Promise<unknown> => inPage(window.webContents, 'document.visibilityState')
    window.showInactive()
    await until(async () => (await state()) === 'visible', 'visible')
    window.hide()
    await until(async () => (await state()) === 'hidden', 'hidden')
    window.showInactive()
    await until(async () => (await state()) === 'visible', 'visible again')
  })

  it('closing a BrowserWindow destroys its contents', async t => {
    const window = await openPage(t)
    const { webContents } = window
    const destroyed = next(webContents, 'destroyed')
    window.close()
    await destroyed
    assert.deepEqual([window.isDestroyed(), webContents.isDestroyed()], [true, true])
  })

  it('beforeunload of the page keeps a BrowserWindow open', async t => {
    const window = await openPage(t, '<script>onbeforeunload = event => event.preventDefault()</script>')
    await window.webContents.executeJavaScript('1', true)
    const held = next(window.webContents, 'will-prevent-unload')
    window.close()
    await held
    assert.equal(window.isDestroyed(), false)
  })

  it('the page is as large as the content of its window, and follows it', async t => {
    const window = openWindow(t, { window: { width: 640, height: 360, useContentSize: true } })
    await window.loadURL(t.server.page('<p>x'))
    const size = (): Promise<unknown> => inPage(window.webContents, '[innerWidth, innerHeight]')
    assert.deepEqual(await size(), [640, 360])
    window.setContentSize(500, 300)
    await until(async () => String(await size()) === '500,300', 'the new size')
  })

  it('BrowserWindow.capturePage and fromWebContents belong to the same page', async t => {
    const window = await openPage(t, '<body style="background:#ff0000">')
    assertSame(BrowserWindow.fromWebContents(window.webContents), window)
    assert.ok(BrowserWindow.getAllWindows().includes(window))
    assert.equal((await window.capturePage()).isEmpty(), false)
  })

  it('maximize, minimize, restore and full screen are told apart', async t => {
    const window = openWindow(t, { window: { show: false } })
    window.showInactive()
    assert.deepEqual(
      [window.isMaximized(), window.isMinimized(), window.isFullScreen(), window.isNormal()],
      [false, false, false, true],
    )
    const minimized = next(window, 'minimize')
    window.minimize()
    await minimized
    assert.equal(window.isMinimized(), true)
    const restored = next(window, 'restore')
    window.restore()
    await restored
    assert.equal(window.isMinimized(), false)
    const maximized = next(window, 'maximize')
    window.maximize()
    await maximized
    assert.equal(window.isMaximized(), true)
    const back = next(window, 'unmaximize')
    window.unmaximize()
    await back
    assert.equal(window.isMaximized(), false)
  })
})
