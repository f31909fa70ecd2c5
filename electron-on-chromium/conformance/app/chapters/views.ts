// View and WebContentsView: the tree, bounds, stacking and visibility.
import assert from 'node:assert/strict'
import {
  BaseWindow,
  View,
  WebContentsView,
  type WebPreferences,
  webContents as webContentsModule,
} from 'electron'
import { collect, inPage, next, type PageCase, preloadPath, until } from '../harness/page.ts'
import { assertSame } from '../harness/same.ts'
import { chapter, it } from './registry.ts'

function openBase(t: PageCase): BaseWindow {
  const window = new BaseWindow({ show: false, width: 800, height: 600, useContentSize: true })
  t.defer(() => window.isDestroyed() || window.destroy())
  return window
}

function createView(t: PageCase, webPreferences: WebPreferences = {}): WebContentsView {
  const view = new WebContentsView({ webPreferences: { sandbox: true, ...webPreferences } })
  t.defer(() => view.webContents.isDestroyed() || view.webContents.close())
  return view
}

/** A window with a view of this size, with a page in it. */
async function openView(
  t: PageCase,
  document = '<p>view',
): Promise<{ window: BaseWindow; view: WebContentsView }> {
  const window = openBase(t)
  const view = createView(t)
  window.contentView.addChildView(view)
  view.setBounds({ x: 0, y: 0, width: 300, height: 200 })
  await view.webContents.loadURL(t.server.page(document))
  return { window, view }
}

chapter('views', () => {
  it('children are in stacking order: the last added is on top', t => {
    const { contentView } = openBase(t)
    const [one, two, three] = [new View(), new View(), new View()]
    for (const view of [one, two, three]) contentView.addChildView(view)
    assertSame(contentView.children, [one, two, three])
  })

  it('addChildView takes an index', t => {
    const { contentView } = openBase(t)
    const [one, two, three] = [new View(), new View(), new View()]
    contentView.addChildView(one)
    contentView.addChildView(two)
    contentView.addChildView(three, 0)
    assertSame(contentView.children, [three, one, two])
  })

  it('adding a child again brings it to the top, and it is there once', t => {
    const { contentView } = openBase(t)
    const [one, two, three] = [new View(), createView(t), new View()]
    for (const view of [one, two, three]) contentView.addChildView(view)
    contentView.addChildView(one)
    assertSame(contentView.children, [two, three, one])
    contentView.addChildView(two)
    contentView.addChildView(two)
    assertSame(contentView.children, [three, one, two])
  })

  it('adding a child again with an index moves it there', t => {
    const { contentView } = openBase(t)
    const [one, two, three] = [new View(), new View(), new View()]
    for (const view of [one, two, three]) contentView.addChildView(view)
    contentView.addChildView(three, 0)
    assertSame(contentView.children, [three, one, two])
  })

  it('removeChildView removes; of a view that is no child it does nothing', t => {
    const { contentView } = openBase(t)
    const [one, two] = [new View(), new View()]
    contentView.addChildView(one)
    contentView.removeChildView(two)
    assertSame(contentView.children, [one])
    contentView.removeChildView(one)
    contentView.removeChildView(one)
    assertSame(contentView.children, [])
  })

  it('a view moves from one parent to another', t => {
    const [one, two] = [openBase(t), openBase(t)]
    const view = createView(t)
    one.contentView.addChildView(view)
    two.contentView.addChildView(view)
    assertSame([one.contentView.children, two.contentView.children], [[], [view]])
  })

  it('a view can hold views', t => {
    const { contentView } = openBase(t)
    const [outer, inner] = [new View(), createView(t)]
    contentView.addChildView(outer)
    outer.addChildView(inner)
    assertSame([contentView.children, outer.children], [[outer], [inner]])
  })

  it('bounds are those that were set, and bounds-changed is emitted', async t => {
    const { contentView } = openBase(t)
    const view = new View()
    contentView.addChildView(view)
    const changed = next(view, 'bounds-changed')
    view.setBounds({ x: 10, y: 20, width: 300, height: 200 })
    await changed
    assert.deepEqual(view.getBounds(), { x: 10, y: 20, width: 300, height: 200 })
  })

  it('the page in a view is as large as the view, and follows it', async t => {
    const { view } = await openView(t)
    const size = (): Promise<unknown> => inPage(view.webContents, '[innerWidth, innerHeight]')
    await until(async () => String(await size()) === '300,200', '300 × 200')
    view.setBounds({ x: 50, y: 50, width: 420, height: 310 })
    await until(async () => String(await size()) === '420,310', '420 × 310')
  })

  it('resize reaches the page as an event', async t => {
    const { view } = await openView(
      t,
      '<script>window.sizes = []; onresize = () => sizes.push(innerWidth)</script>',
    )
    view.setBounds({ x: 0, y: 0, width: 555, height: 200 })
    await until(async () => String(await inPage(view.webContents, 'sizes.at(-1)')) === '555', 'resize to 555')
  })

  it('setVisible is read back, and the page of an invisible view is hidden', async t => {
    const { window, view } = await openView(t)
    window.showInactive()
    const state = (): Promise<unknown> => inPage(view.webContents, 'document.visibilityState')
    await until(async () => (await state()) === 'visible', 'visible')
    assert.equal(view.getVisible(), true)
    view.setVisible(false)
    assert.equal(view.getVisible(), false)
    await until(async () => (await state()) === 'hidden', 'hidden')
    view.setVisible(true)
    await until(async () => (await state()) === 'visible', 'visible again')
  })

  it('visibilitychange is dispatched in the page', async t => {
    const { window, view } = await openView(
      t,
      `<script>window.states = []
       document.addEventListener('visibilitychange', () => states.push(document.visibilityState))</script>`,
    )
    window.showInactive()
    await until(
      async () => (await inPage(view.webContents, 'document.visibilityState')) === 'visible',
      'visible',
    )
    await inPage(view.webContents, 'states.length = 0')
    view.setVisible(false)
    await until(async () => String(await inPage(view.webContents, 'states')) === 'hidden', 'hidden')
    view.setVisible(true)
    await until(async () => String(await inPage(view.webContents, 'states')) === 'hidden,visible', 'visible')
  })

  it('a view that is removed keeps its page', async t => {
    const { window, view } = await openView(t, '<title>kept</title>')
    window.contentView.removeChildView(view)
    assert.equal(await inPage(view.webContents, 'document.title'), 'kept')
    window.contentView.addChildView(view)
    assert.equal(await inPage(view.webContents, 'document.title'), 'kept')
  })

  it('contents of a view load and run without the view being in a window', async t => {
    const view = createView(t)
    await view.webContents.loadURL(t.server.page('<title>in no window</title>'))
    assert.equal(await inPage(view.webContents, 'document.title'), 'in no window')
  })

  it('webContents.close of a view destroys the contents', async t => {
    const { window, view } = await openView(t)
    const { webContents } = view
    const destroyed = next(webContents, 'destroyed')
    webContents.close()
    await destroyed
    assert.equal(webContents.isDestroyed(), true)
    window.contentView.removeChildView(view)
    assertSame(window.contentView.children, [])
  })

  // Twenty pages are twenty processes to start: more than 4 s of processor time, which on a busy machine takes
  // longer than a case usually has. Nothing else is waited for; the closing takes some 30 ms.
  it(
    'twenty views that open and close leave no contents behind',
    async t => {
      const before = webContentsModule.getAllWebContents().length
      const window = openBase(t)
      const views = Array.from({ length: 20 }, () => createView(t))
      for (const view of views) window.contentView.addChildView(view)
      const page = t.server.page('<p>x')
      await Promise.all(views.map(view => view.webContents.loadURL(page)))
      const destroyed = views.map(view => next(view.webContents, 'destroyed'))
      for (const view of views) {
        window.contentView.removeChildView(view)
        view.webContents.close()
      }
      await Promise.all(destroyed)
      assert.equal(webContentsModule.getAllWebContents().length, before)
    },
    { deadlineMs: 40_000 },
  )

  it('a view can take contents that exist', async t => {
    const { window, view } = await openView(t, '<title>taken over</title>')
    const { webContents } = view
    window.contentView.removeChildView(view)
    const other = new WebContentsView({ webContents })
    assertSame(other.webContents, webContents)
    window.contentView.addChildView(other)
    assert.equal(await inPage(other.webContents, 'document.title'), 'taken over')
  })

  it('preload and partition of webPreferences count for a view', async t => {
    const view = createView(t, { preload: preloadPath('bridge'), partition: 'conformance-view' })
    await view.webContents.loadURL(t.server.page('<p>x'))
    assert.equal(await inPage(view.webContents, 'bridge.add(2, 3)'), 5)
    assert.equal(view.webContents.session.isPersistent(), false)
  })

  it('colours, rounded corners and blur are accepted', t => {
    const view = createView(t)
    view.setBackgroundColor('#80ff0000')
    view.setBackgroundColor('rgb(1, 2, 3)')
    view.setBorderRadius(8)
    new View().setBackgroundColor('#fff')
  })

  it('focus goes to the contents that asked for it', async t => {
    const window = openBase(t)
    window.show()
    const [one, two] = [createView(t), createView(t)]
    for (const view of [one, two]) {
      window.contentView.addChildView(view)
      view.setBounds({ x: 0, y: 0, width: 200, height: 200 })
      await view.webContents.loadURL(t.server.page('<input autofocus>'))
    }
    const focused = next(two.webContents, 'focus')
    one.webContents.focus()
    const blurred = collect(t, one.webContents, 'blur', () => 1)
    two.webContents.focus()
    await focused
    await until(() => two.webContents.isFocused() && !one.webContents.isFocused(), 'focus in the second view')
    assertSame(webContentsModule.getFocusedWebContents(), two.webContents)
    assert.equal(blurred.items.length, 1)
  })

  it('an animation runs in a visible view and rests in an invisible one', async t => {
    const { window, view } = await openView(
      t,
      '<script>window.frames_ = 0; (function step() { frames_++; requestAnimationFrame(step) })()</script>',
    )
    window.showInactive()
    const frames = async (): Promise<number> => Number(await inPage(view.webContents, 'frames_'))
    const start = await frames()
    await until(async () => (await frames()) > start + 5, 'frames')
    view.setVisible(false)
    await until(async () => (await inPage(view.webContents, 'document.hidden')) === true, 'hidden')
    const resting = await frames()
    await inPage(view.webContents, 'new Promise(resolve => setTimeout(resolve, 300))')
    assert.ok((await frames()) - resting <= 2, `${(await frames()) - resting} frames while hidden`)
  })
})
