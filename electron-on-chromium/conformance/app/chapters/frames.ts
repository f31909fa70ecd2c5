// webFrameMain: the frame tree as main sees it.
import assert from 'node:assert/strict'
import { ipcMain, type WebContents, type WebFrameMain, webFrameMain } from 'electron'
import { inPage, next, openPage, openWindow, type PageCase, until } from '../harness/page.ts'
import { assertSame } from '../harness/same.ts'
import { chapter, it } from './registry.ts'

/** A page of site a with a frame of site b, which holds a frame of site c. */
async function nested(
  t: PageCase,
): Promise<{ contents: WebContents; urls: string[]; frames: WebFrameMain[] }> {
  const c = t.server.page('<title>c</title>', 'c')
  const b = t.server.page(`<title>b</title><iframe name="inner" src="${c}"></iframe>`, 'b')
  const a = t.server.page(`<title>a</title><iframe name="outer" src="${b}"></iframe>`)
  const { webContents } = await openPage(t, a)
  return { contents: webContents, urls: [a, b, c], frames: webContents.mainFrame.framesInSubtree }
}

chapter('webFrameMain', () => {
  it('mainFrame, frames, parent and top describe the tree', async t => {
    const { contents, urls, frames } = await nested(t)
    const { mainFrame } = contents
    assert.deepEqual(
      frames.map(({ url }) => url),
      urls,
    )
    const [, b, c] = frames
    assert.ok(b && c)
    assertSame(
      [mainFrame.parent, mainFrame.top, b.parent, b.top, c.parent, c.top],
      [null, mainFrame, mainFrame, mainFrame, b, mainFrame],
    )
    assertSame([mainFrame.frames, b.frames, c.frames], [[b], [c], []])
  })

  it('a frame knows its name and origin', async t => {
    const { frames } = await nested(t)
    assert.deepEqual(
      frames.map(({ name, origin }) => [name, origin]),
      [
        ['', t.server.origin('a')],
        ['outer', t.server.origin('b')],
        ['inner', t.server.origin('c')],
      ],
    )
  })

  it('executeJavaScript runs in the frame it is called on', async t => {
    const { frames } = await nested(t)
    const titles = await Promise.all(frames.map(frame => inPage(frame, 'document.title')))
    assert.deepEqual(titles, ['a', 'b', 'c'])
    await assert.rejects(
      inPage(frames[1] as WebFrameMain, `Promise.reject(new Error('in the frame'))`),
      /in the frame/,
    )
  })

  it(
    'frames of other sites are in processes of their own',
    async t => {
      const { frames } = await nested(t)
      const pids = (): Set<number> => new Set(frames.map(({ osProcessId }) => osProcessId))
      await until(
        () => pids().size === 3 && !pids().has(0),
        () => `three processes, not ${[...pids()].join(', ')}`,
        // Chromium gives a process that begins or ends during a trace five seconds to answer, and the stand-in
        // learns the process of a frame from a trace.
        15_000,
      )
      for (const pid of pids()) process.kill(pid, 0)
    },
    { deadlineMs: 25_000 },
  )

  it('fromId finds a frame by process and routing id', async t => {
    const { frames } = await nested(t)
    for (const frame of frames) assertSame(webFrameMain.fromId(frame.processId, frame.routingId), frame)
    assert.equal(webFrameMain.fromId(9999, 9999), undefined)
  })

  it('frameTreeNodeId stays when a frame navigates', async t => {
    const { contents, frames } = await nested(t)
    const id = frames[1]?.frameTreeNodeId
    const navigated = next(contents, 'did-frame-finish-load')
    await inPage(
      contents,
      `document.querySelector('iframe').src = ${JSON.stringify(t.server.page('<p>d', 'd'))}`,
    )
    await navigated
    assert.equal(contents.mainFrame.frames[0]?.frameTreeNodeId, id)
  })

  it('a removed frame is destroyed', async t => {
    const { contents, frames } = await nested(t)
    await inPage(contents, `document.querySelector('iframe').remove()`)
    await until(() => contents.mainFrame.frames.length === 0, 'no frame')
    await until(() => frames[1]?.isDestroyed() === true, 'the frame to be destroyed')
  })

  it('frame-created and dom-ready of a frame are announced', async t => {
    const { webContents } = openWindow(t)
    const ready: string[] = []
    const allReady = new Promise<void>(resolve => {
      webContents.on('frame-created', (_, { frame }) => {
        frame?.on('dom-ready', () => {
          ready.push(frame.url)
          if (ready.length === 2) resolve()
        })
      })
    })
    const inner = t.server.page('<p>inner', 'b')
    const outer = t.server.page(`<iframe src="${inner}"></iframe>`)
    await webContents.loadURL(outer)
    await allReady
    assert.deepEqual(ready.sort(), [inner, outer].sort())
  })

  it('reload reloads the frame', async t => {
    const { contents } = await nested(t)
    const frame = contents.mainFrame.frames[0]
    assert.ok(frame)
    await inPage(frame, 'window.mark = 1')
    assert.equal(frame.reload(), true)
    await until(async () => {
      const again = contents.mainFrame.frames[0]
      return again !== undefined && (await inPage(again, 'typeof mark').catch(() => '')) === 'undefined'
    }, 'a fresh document')
  })

  it('send reaches the frame it is called on, with nodeIntegrationInSubFrames', async t => {
    const inner = t.server.page('<p>inner', 'b')
    const { webContents } = await openPage(t, `<iframe src="${inner}"></iframe>`, {
      preload: 'frames',
      webPreferences: { nodeIntegrationInSubFrames: true },
    })
    const frame = webContents.mainFrame.frames[0]
    assert.ok(frame)
    const answered = next(ipcMain, 'frame-answer')
    frame.send('frame-question', 1, 'two')
    assert.deepEqual((await answered).slice(1), [inner, false, [1, 'two']])
  })

  it('visibilityState is that of the page', async t => {
    const { webContents } = await openPage(t)
    assert.equal(webContents.mainFrame.visibilityState, await inPage(webContents, 'document.visibilityState'))
  })
})
