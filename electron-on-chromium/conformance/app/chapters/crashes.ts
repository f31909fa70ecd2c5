// Renderers that crash, are killed or hang.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { app, type RenderProcessGoneDetails } from 'electron'
import { collect, inPage, next, openPage, until } from '../harness/page.ts'
import { chapter, it } from './registry.ts'

chapter('crashes', () => {
  it('forcefullyCrashRenderer is announced by the contents and by app, with killed or crashed', async t => {
    const { webContents } = await openPage(t)
    const [gone, byApp] = [next(webContents, 'render-process-gone'), next(app, 'render-process-gone')]
    webContents.forcefullyCrashRenderer()
    const [, details] = (await gone) as [unknown, RenderProcessGoneDetails]
    assert.ok(['killed', 'crashed'].includes(details.reason), details.reason)
    assert.equal(typeof details.exitCode, 'number')
    const [, contents, appDetails] = await byApp
    assert.deepEqual([contents === webContents, appDetails], [true, details])
    assert.equal(webContents.isCrashed(), true)
  })

  it('a crashed page comes back by reload, in a new process', async t => {
    const { webContents } = await openPage(t, '<title>back</title>')
    const before = webContents.getOSProcessId()
    const gone = next(webContents, 'render-process-gone')
    webContents.forcefullyCrashRenderer()
    await gone
    const loaded = next(webContents, 'did-finish-load')
    setImmediate(() => webContents.reload())
    await loaded
    assert.equal(await inPage(webContents, 'document.title'), 'back')
    assert.notEqual(webContents.getOSProcessId(), before)
    assert.equal(webContents.isCrashed(), false)
  })

  it('a crashed page comes back by loadURL, with its preload', async t => {
    const { webContents } = await openPage(t, undefined, { preload: 'bridge' })
    const gone = next(webContents, 'render-process-gone')
    webContents.forcefullyCrashRenderer()
    await gone
    await webContents.loadURL(t.server.page('<p>again'))
    assert.equal(await inPage(webContents, 'bridge.add(1, 2)'), 3)
  })

  it('a page that is loaded again because its renderer was lost while it loaded ends its loading', async t => {
    const held: ServerResponse[] = []
    const slow = t.server.route((_, response) => held.push(response))
    const { webContents } = await openPage(t)
    await until(() => !webContents.isLoading(), 'the end of the first load')
    const told: string[] = []
    for (const name of ['did-start-loading', 'did-navigate', 'did-stop-loading'] as const)
      webContents.on(name as 'did-navigate', () => told.push(name))
    webContents.loadURL(slow).catch(() => {})
    await until(() => held.length === 1, 'the request')
    const gone = next(webContents, 'render-process-gone')
    process.kill(webContents.getOSProcessId(), 'SIGKILL')
    await gone
    webContents.loadURL(slow).catch(() => {})
    const answering = setInterval(() => {
      for (const response of held.splice(0))
        response.writeHead(200, { 'content-type': 'text/html' }).end('<title>outlived</title>')
    }, 300)
    t.defer(() => clearInterval(answering))
    await until(
      () => told.includes('did-navigate') && told.at(-1) === 'did-stop-loading',
      'the end of the loading',
    )
    assert.equal(webContents.isLoading(), false)
  })

  it('a renderer killed from outside is announced as killed', async t => {
    const { webContents } = await openPage(t, t.server.page('<p>victim', 'victim'))
    const gone = next(webContents, 'render-process-gone')
    process.kill(webContents.getOSProcessId(), 'SIGKILL')
    const [, details] = (await gone) as [unknown, RenderProcessGoneDetails]
    assert.equal(details.reason, 'killed')
  })

  it('a renderer that crashes by itself is announced as crashed', async t => {
    const { webContents } = await openPage(t)
    const gone = next(webContents, 'render-process-gone')
    webContents.loadURL('chrome://crash').catch(() => {})
    const [, details] = (await gone) as [unknown, RenderProcessGoneDetails]
    assert.equal(details.reason, 'crashed')
  })

  it('a crash leaves other sites alone', async t => {
    const [victim, witness] = [
      await openPage(t, t.server.page('<p>a', 'a')),
      await openPage(t, t.server.page('<p>b', 'b')),
    ]
    const others = collect(t, witness.webContents, 'render-process-gone', () => 1)
    const gone = next(victim.webContents, 'render-process-gone')
    victim.webContents.forcefullyCrashRenderer()
    await gone
    assert.equal(await inPage(witness.webContents, '1 + 1'), 2)
    assert.deepEqual(others.items, [])
  })

  it('a script that is running when its page crashes is rejected, or never settles, but main lives', async t => {
    const { webContents } = await openPage(t)
    const pending = inPage(webContents, 'new Promise(() => {})').then(
      () => 'resolved',
      () => 'rejected',
    )
    const gone = next(webContents, 'render-process-gone')
    webContents.forcefullyCrashRenderer()
    await gone
    assert.notEqual(
      await Promise.race([pending, new Promise(resolve => setTimeout(resolve, 100))]),
      'resolved',
    )
    assert.equal(await inPage((await openPage(t)).webContents, '2'), 2)
  })

  it(
    'a page that hangs is unresponsive, and responsive again when it goes on',
    async t => {
      let held: ServerResponse | undefined
      const blocking = t.server.route((_, response) => {
        held = response
      })
      const { webContents } = await openPage(t)
      const unresponsive = next(webContents, 'unresponsive', 40_000)
      // A synchronous request holds the main thread of the page without burning a core.
      void inPage(
        webContents,
        `setTimeout(() => {
          const request = new XMLHttpRequest()
          request.open('GET', ${JSON.stringify(blocking)}, false)
          request.send()
          window.done = true
        }); undefined`,
      )
      await until(() => held !== undefined, 'the blocking request')
      const nudge = (): void =>
        webContents.sendInputEvent({ type: 'mouseDown', x: 5, y: 5, button: 'left', clickCount: 1 })
      nudge()
      const nudges = setInterval(nudge, 1_000)
      t.defer(() => clearInterval(nudges))
      await unresponsive
      clearInterval(nudges)
      const responsive = next(webContents, 'responsive', 10_000)
      held?.writeHead(200).end('go on')
      await responsive
      assert.equal(await inPage(webContents, 'done'), true)
    },
    { deadlineMs: 55_000 },
  )

  it('a page that spins can be crashed and recovered', async t => {
    const { webContents } = await openPage(t, t.server.page('<title>spins</title>', 'spinner'))
    void inPage(webContents, 'setTimeout(() => { for (;;); }); undefined')
    await new Promise(resolve => setTimeout(resolve, 50))
    const gone = next(webContents, 'render-process-gone')
    webContents.forcefullyCrashRenderer()
    await gone
    await webContents.loadURL(t.server.page('<title>recovered</title>'))
    assert.equal(webContents.getTitle(), 'recovered')
  })

  it('closing a page that spins works', async t => {
    const window = await openPage(t, t.server.page('<p>x', 'spinner'))
    void inPage(window.webContents, 'setTimeout(() => { for (;;); }); undefined')
    await new Promise(resolve => setTimeout(resolve, 50))
    const closed = next(window, 'closed')
    window.destroy()
    await closed
  })

  it('app.getAppMetrics lists the browser and the renderer of a page', async t => {
    const { webContents } = await openPage(t)
    const metrics = app.getAppMetrics()
    const renderer = metrics.find(({ pid }) => pid === webContents.getOSProcessId())
    assert.equal(metrics.filter(({ type }) => type === 'Browser').length, 1)
    assert.equal(renderer?.type, 'Tab')
    assert.ok((renderer?.memory.workingSetSize ?? 0) > 1_000)
    assert.ok(typeof renderer?.cpu.percentCPUUsage === 'number')
    assert.ok(Math.abs((renderer?.creationTime ?? 0) - Date.now()) < 600_000)
  })
})
