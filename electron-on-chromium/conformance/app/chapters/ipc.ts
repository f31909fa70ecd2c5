// ipcMain, ipcRenderer, webContents.send, webContents.ipc and the structured clone between them.
import assert from 'node:assert/strict'
import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron'
import {
  collect,
  inPage,
  inPreload,
  next,
  openPage,
  openWindow,
  preloadPath,
  until,
} from '../harness/page.ts'
import { assertSame } from '../harness/same.ts'
import { chapter, it } from './registry.ts'

/** A channel name of its own for every case, so that no listener of another can answer. */
let channels = 0
const freshChannel = (): string => `channel-${++channels}`

const json = JSON.stringify

chapter('ipc', () => {
  it('send brings its arguments to ipcMain with the sender', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const received = next(ipcMain, channel)
    await inPreload(window.webContents, `ipcRenderer.send(${json(channel)}, 1, 'two', { three: [3] }, null)`)
    const [event, ...args] = await received
    assert.deepEqual(args, [1, 'two', { three: [3] }, null])
    assertSame((event as IpcMainEvent).sender, window.webContents)
  })

  it('messages of one page arrive in the order in which they were sent', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const received = collect(t, ipcMain, channel, (_, index) => index)
    await inPreload(
      window.webContents,
      `for (let index = 0; index < 500; index++) ipcRenderer.send(${json(channel)}, index)`,
    )
    assert.deepEqual(
      await received.count(500),
      Array.from({ length: 500 }, (_, index) => index),
    )
  })

  it('send and invoke of one page keep their order among each other', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const order: unknown[] = []
    ipcMain.on(channel, (_, index) => order.push(index))
    ipcMain.handle(channel, (_, index) => void order.push(index))
    t.defer(() => {
      ipcMain.removeAllListeners(channel)
      ipcMain.removeHandler(channel)
    })
    await inPreload(
      window.webContents,
      `(async () => {
        let last
        for (let index = 0; index < 50; index++) {
          if (index % 2) last = ipcRenderer.invoke(${json(channel)}, index)
          else ipcRenderer.send(${json(channel)}, index)
        }
        await last
      })()`,
    )
    assert.deepEqual(
      order,
      Array.from({ length: 50 }, (_, index) => index),
    )
  })

  it('ipcMain.once hears one message, and removed listeners hear none', async t => {
    const window = await openPage(t)
    const [channel, other, barrier] = [freshChannel(), freshChannel(), freshChannel()]
    let once = 0
    let removed = 0
    ipcMain.once(channel, () => once++)
    const listener = (): void => void removed++
    ipcMain.on(other, listener)
    ipcMain.removeListener(other, listener)
    const passed = next(ipcMain, barrier)
    await inPreload(
      window.webContents,
      `for (const name of ${json([channel, channel, other, barrier])}) ipcRenderer.send(name)`,
    )
    await passed
    assert.deepEqual({ once, removed }, { once: 1, removed: 0 })
  })

  it('an event says which frame it came from and is of type frame', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const received = next(ipcMain, channel)
    await inPreload(window.webContents, `ipcRenderer.send(${json(channel)})`)
    const event = (await received)[0] as IpcMainEvent
    assert.deepEqual(
      {
        type: event.type,
        url: event.senderFrame?.url,
        isMain: event.senderFrame === window.webContents.mainFrame,
        processId: event.processId,
        frameId: event.frameId,
        ports: event.ports,
      },
      {
        type: 'frame',
        url: window.webContents.getURL(),
        isMain: true,
        processId: window.webContents.mainFrame.processId,
        frameId: window.webContents.mainFrame.routingId,
        ports: [],
      },
    )
  })

  it('event.reply answers the frame that sent the message', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.once(channel, (event, value) => event.reply(`${channel}-reply`, value * 2, 'and more'))
    const answer = await inPreload(
      window.webContents,
      `new Promise(resolve => {
        ipcRenderer.once(${json(`${channel}-reply`)}, (event, ...args) => resolve(args))
        ipcRenderer.send(${json(channel)}, 21)
      })`,
    )
    assert.deepEqual(answer, [42, 'and more'])
  })

  it('a message sent by the preload before the page exists arrives', async t => {
    const received = next(ipcMain, 'sent-at-document-start')
    const window = await openPage(t, undefined, { preload: 'early' })
    const [event, state] = await received
    assertSame((event as IpcMainEvent).sender, window.webContents)
    assert.equal(state, 'loading')
  })

  it('invoke resolves with what the handler returns, at once or later', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.handle(channel, (_, value) => (value > 1 ? Promise.resolve({ value }) : value))
    t.defer(() => ipcMain.removeHandler(channel))
    const invoke = (value: number): Promise<unknown> =>
      inPreload(window.webContents, `ipcRenderer.invoke(${json(channel)}, ${value})`)
    assert.deepEqual([await invoke(1), await invoke(2)], [1, { value: 2 }])
  })

  it('answers of concurrent invokes go to their own calls, whatever order they come in', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const waiting: (() => void)[] = []
    ipcMain.handle(channel, async (_, value) => {
      await new Promise<void>(resolve => {
        waiting.push(resolve)
        if (waiting.length === 20) for (const release of waiting.toReversed()) release()
      })
      return value
    })
    t.defer(() => ipcMain.removeHandler(channel))
    const answers = await inPreload(
      window.webContents,
      `Promise.all(Array.from({ length: 20 }, (_, index) => ipcRenderer.invoke(${json(channel)}, index)))`,
    )
    assert.deepEqual(
      answers,
      Array.from({ length: 20 }, (_, index) => index),
    )
  })

  it('invoke without a handler is rejected in words that name the channel', async t => {
    const window = await openPage(t)
    const message = await inPreload(
      window.webContents,
      `ipcRenderer.invoke('nobody-handles-this').then(() => 'resolved', error => error.message)`,
    )
    assert.equal(
      message,
      "Error invoking remote method 'nobody-handles-this': Error: No handler registered for 'nobody-handles-this'",
    )
  })

  it('an error in a handler reaches the caller as a message', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.handle(channel, async (_, kind) => {
      throw kind === 'type' ? new TypeError('of the wrong type') : new Error('boom')
    })
    t.defer(() => ipcMain.removeHandler(channel))
    const messages = await inPreload(
      window.webContents,
      `Promise.all(['type', 'plain'].map(kind => ipcRenderer.invoke(${json(channel)}, kind)
        .then(() => 'resolved', error => [error instanceof Error, error.message])))`,
    )
    assert.deepEqual(messages, [
      [true, `Error invoking remote method '${channel}': TypeError: of the wrong type`],
      [true, `Error invoking remote method '${channel}': Error: boom`],
    ])
  })

  it('a handler whose result cannot be cloned rejects the call', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.handle(channel, () => () => 'a function')
    t.defer(() => ipcMain.removeHandler(channel))
    const message = await inPreload(
      window.webContents,
      `ipcRenderer.invoke(${json(channel)}).then(() => 'resolved', error => error.message)`,
    )
    assert.match(String(message), /could not be cloned/)
  })

  it('a second handler of a channel is refused until the first is removed', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.handle(channel, () => 'first')
    t.defer(() => ipcMain.removeHandler(channel))
    assert.throws(() => ipcMain.handle(channel, () => 'second'), {
      message: `Attempted to register a second handler for '${channel}'`,
    })
    ipcMain.removeHandler(channel)
    ipcMain.handle(channel, () => 'second')
    assert.equal(await inPreload(window.webContents, `ipcRenderer.invoke(${json(channel)})`), 'second')
  })

  it('handleOnce handles one call', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.handleOnce(channel, () => 'once')
    const results = await inPreload(
      window.webContents,
      `(async () => {
        const call = () => ipcRenderer.invoke(${json(channel)}).catch(error => error.message)
        return [await call(), await call()]
      })()`,
    )
    assert.deepEqual(results, [
      'once',
      `Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`,
    ])
  })

  it('an invoke event knows its sender and frame', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    let seen: IpcMainInvokeEvent | undefined
    let url: string | undefined
    ipcMain.handleOnce(channel, event => {
      seen = event
      url = event.senderFrame?.url
    })
    await inPreload(window.webContents, `ipcRenderer.invoke(${json(channel)})`)
    assertSame(seen?.sender, window.webContents)
    assert.equal(seen?.type, 'frame')
    assert.equal(url, window.webContents.getURL())
  })

  it('sendSync returns event.returnValue, also when it is set later', async t => {
    const window = await openPage(t)
    const [now, later] = [freshChannel(), freshChannel()]
    ipcMain.once(now, (event, value) => {
      event.returnValue = { doubled: value * 2 }
    })
    ipcMain.once(later, event => {
      setImmediate(() => {
        event.returnValue = 'late'
      })
    })
    const values = await inPreload(
      window.webContents,
      `[ipcRenderer.sendSync(${json(now)}, 4), ipcRenderer.sendSync(${json(later)})]`,
    )
    assert.deepEqual(values, [{ doubled: 8 }, 'late'])
  })

  it('sendSync carries values that JSON cannot, both ways', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.once(channel, (event, map: Map<string, unknown>) => {
      event.returnValue = new Map([...map, ['added', new Date(0)]])
    })
    const answer = await inPreload(
      window.webContents,
      `[...ipcRenderer.sendSync(${json(channel)}, new Map([['big', 10n]]))]`,
    )
    assert.deepEqual(answer, [
      ['big', 10n],
      ['added', new Date(0)],
    ])
  })

  it('sendSync keeps its place behind messages sent before it', async t => {
    const window = await openPage(t)
    const [channel, sync] = [freshChannel(), freshChannel()]
    const received = collect(t, ipcMain, channel, (_, index) => index)
    let before = -1
    ipcMain.once(sync, event => {
      before = received.items.length
      event.returnValue = null
    })
    await inPreload(
      window.webContents,
      `for (let index = 0; index < 10; index++) ipcRenderer.send(${json(channel)}, index)
       ipcRenderer.sendSync(${json(sync)})`,
    )
    assert.equal(before, 10)
  })

  it('a large sendSync request and reply arrive whole', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.once(channel, (event, text: string) => {
      event.returnValue = text.replaceAll('a', 'b')
    })
    const sizes = await inPreload(
      window.webContents,
      `(() => {
        const reply = ipcRenderer.sendSync(${json(channel)}, 'a'.repeat(300_000))
        return [reply.length, reply === 'b'.repeat(300_000)]
      })()`,
    )
    assert.deepEqual(sizes, [300_000, true])
  })

  it('structured clone from page to main keeps the documented types', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const received = next(ipcMain, channel)
    await inPreload(
      window.webContents,
      `(() => {
        const cyclic = { name: 'cyclic' }
        cyclic.self = cyclic
        ipcRenderer.send(${json(channel)}, {
          map: new Map([['key', new Set([1, 2])]]), date: new Date(86400000), regexp: /a.b/gi, big: 2n ** 70n,
          bytes: new Uint8Array([1, 2, 255]), floats: new Float64Array([0.5]), buffer: new ArrayBuffer(3),
          nothing: undefined, nan: NaN, negativeZero: -0, infinity: Infinity, error: new RangeError('out of range'),
          boxed: new Number(7), cyclic, sparse: [1, , 3],
        })
      })()`,
    )
    const value = (await received)[1] as Record<string, unknown>
    const { error, cyclic, sparse, buffer, ...rest } = value
    assert.deepEqual(
      { ...rest, boxed: Number(rest.boxed) },
      {
        map: new Map([['key', new Set([1, 2])]]),
        date: new Date(86400000),
        regexp: /a.b/gi,
        big: 2n ** 70n,
        bytes: new Uint8Array([1, 2, 255]),
        floats: new Float64Array([0.5]),
        nothing: undefined,
        nan: Number.NaN,
        negativeZero: -0,
        infinity: Number.POSITIVE_INFINITY,
        boxed: 7,
      },
    )
    assert.ok('nothing' in value)
    assert.ok(error instanceof RangeError && error.message === 'out of range')
    assert.equal((cyclic as { self: unknown }).self, cyclic)
    assert.deepEqual(Object.keys(sparse as object), ['0', '2'])
    assert.ok(buffer instanceof ArrayBuffer && buffer.byteLength === 3)
  })

  it('structured clone from main to page keeps the documented types', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    ipcMain.handleOnce(channel, () => ({
      map: new Map([['key', new Set([1])]]),
      date: new Date(86400000),
      regexp: /a.b/g,
      big: -5n,
      bytes: new Uint8Array([9, 8]),
      buffer: Buffer.from('hi'),
      nan: Number.NaN,
      nothing: undefined,
      error: new TypeError('bad'),
      cyclic,
    }))
    const report = await inPreload(
      window.webContents,
      `ipcRenderer.invoke(${json(channel)}).then(value => [
        value.map instanceof Map && value.map.get('key') instanceof Set && value.map.get('key').has(1),
        value.date instanceof Date && value.date.getTime(), String(value.regexp), value.big === -5n,
        value.bytes instanceof Uint8Array && [...value.bytes], [...value.buffer], Number.isNaN(value.nan),
        'nothing' in value && value.nothing === undefined,
        value.error instanceof Error && value.error.message, value.cyclic.self === value.cyclic,
      ])`,
    )
    assert.deepEqual(report, [true, 86400000, '/a.b/g', true, [9, 8], [104, 105], true, true, 'bad', true])
  })

  it('prototypes do not cross: an instance arrives as a plain object', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const received = next(ipcMain, channel)
    await inPreload(
      window.webContents,
      `ipcRenderer.send(${json(channel)}, new (class Point { x = 1; #hidden = 2; method() {} })())`,
    )
    const value = (await received)[1] as object
    assert.deepEqual(value, { x: 1 })
    assert.equal(Object.getPrototypeOf(value), Object.prototype)
  })

  it('functions, promises, symbols, weak collections and elements are refused at once', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    let arrived = 0
    ipcMain.on(channel, () => arrived++)
    t.defer(() => ipcMain.removeAllListeners(channel))
    const outcomes = await inPreload(
      window.webContents,
      `(() => {
        const refused = [() => 1, Promise.resolve(1), Symbol('s'), new WeakMap(), new WeakSet(), document.body]
        return refused.map(value => {
          try { ipcRenderer.send(${json(channel)}, { value }); return 'sent' }
          catch (error) { return error instanceof Error ? 'refused' : typeof error }
        })
      })()`,
    )
    assert.deepEqual(outcomes, Array(6).fill('refused'))
    assert.equal(arrived, 0)
  })

  it('invoke with a value that cannot be cloned is an error of the caller', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    let called = 0
    ipcMain.handle(channel, () => called++)
    t.defer(() => ipcMain.removeHandler(channel))
    const message = await inPreload(
      window.webContents,
      `(async () => ipcRenderer.invoke(${json(channel)}, () => {}))().then(() => 'resolved', error => error.message)`,
    )
    assert.match(String(message), /could not be cloned/)
    assert.equal(called, 0)
  })

  it('webContents.send refuses what cannot be cloned', async t => {
    const window = await openPage(t)
    assert.throws(
      () => window.webContents.send('channel', () => {}),
      /could not be cloned|Failed to serialize/,
    )
    assert.throws(
      () => window.webContents.send('channel', Symbol('s')),
      /could not be cloned|Failed to serialize/,
    )
  })

  it('webContents.send brings its arguments, in order, to the page it is sent to and to no other', async t => {
    const [one, two] = [await openPage(t), await openPage(t)]
    const listen = `globalThis.got = []; ipcRenderer.on('to-page', (event, ...args) => got.push(args)); undefined`
    await Promise.all([one, two].map(window => inPreload(window.webContents, listen)))
    for (let index = 0; index < 100; index++) one.webContents.send('to-page', index, { index })
    await until(async () => (await inPreload(one.webContents, 'got.length')) === 100, '100 messages')
    assert.deepEqual(
      await inPreload(one.webContents, 'got'),
      Array.from({ length: 100 }, (_, index) => [index, { index }]),
    )
    assert.equal(await inPreload(two.webContents, 'got.length'), 0)
  })

  it('a listener in the page gets an event with the sender and the ports', async t => {
    const window = await openPage(t)
    await inPreload(
      window.webContents,
      `globalThis.seen = new Promise(resolve => ipcRenderer.once('look', event =>
        resolve([event.sender === ipcRenderer, Array.isArray(event.ports) && event.ports.length]))); undefined`,
    )
    window.webContents.send('look')
    assert.deepEqual(await inPreload(window.webContents, 'seen'), [true, 0])
  })

  it('ipcRenderer.once, off and removeAllListeners do what they say', async t => {
    const window = await openPage(t)
    await inPreload(
      window.webContents,
      `globalThis.got = []
       ipcRenderer.once('once', () => got.push('once'))
       const removed = () => got.push('removed')
       ipcRenderer.on('off', removed); ipcRenderer.off('off', removed)
       ipcRenderer.on('all', removed); ipcRenderer.removeAllListeners('all')
       ipcRenderer.on('barrier', () => got.push('barrier')); undefined`,
    )
    for (const channel of ['once', 'once', 'off', 'all', 'barrier']) window.webContents.send(channel)
    await until(
      async () => (await inPreload(window.webContents, `got.includes('barrier')`)) === true,
      'barrier',
    )
    assert.deepEqual(await inPreload(window.webContents, 'got'), ['once', 'barrier'])
  })

  it('a message goes to ipc-message, the frame, the contents and ipcMain, in this order', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const order: string[] = []
    window.webContents.on('ipc-message', (_, name, value) => {
      if (name === channel) order.push(`ipc-message ${value}`)
    })
    window.webContents.mainFrame.ipc.on(channel, () => order.push('frame'))
    window.webContents.ipc.on(channel, () => order.push('contents'))
    const last = next(ipcMain, channel)
    await inPreload(window.webContents, `ipcRenderer.send(${json(channel)}, 'value')`)
    await last
    assert.deepEqual(order, ['ipc-message value', 'frame', 'contents'])
  })

  it('of several handlers the one of the frame answers, then that of the contents, then ipcMain', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const { mainFrame, ipc } = window.webContents
    mainFrame.ipc.handle(channel, () => 'frame')
    ipc.handle(channel, () => 'contents')
    ipcMain.handle(channel, () => 'main')
    t.defer(() => ipcMain.removeHandler(channel))
    const invoke = (): Promise<unknown> =>
      inPreload(window.webContents, `ipcRenderer.invoke(${json(channel)})`)
    const answers = [await invoke()]
    mainFrame.ipc.removeHandler(channel)
    answers.push(await invoke())
    ipc.removeHandler(channel)
    answers.push(await invoke())
    assert.deepEqual(answers, ['frame', 'contents', 'main'])
  })

  it('ipc-message-sync lets the contents answer', async t => {
    const window = await openPage(t)
    window.webContents.on('ipc-message-sync', (event, channel, value) => {
      event.returnValue = [channel, value]
    })
    assert.deepEqual(await inPreload(window.webContents, `ipcRenderer.sendSync('sync', 1)`), ['sync', 1])
  })

  it('webContents.ipc hears only its own page', async t => {
    const [one, two] = [await openPage(t), await openPage(t)]
    const channel = freshChannel()
    const heard = collect(t, one.webContents.ipc, channel, (_, value) => value)
    const both = collect(t, ipcMain, channel, (_, value) => value)
    await inPreload(two.webContents, `ipcRenderer.send(${json(channel)}, 'two')`)
    await inPreload(one.webContents, `ipcRenderer.send(${json(channel)}, 'one')`)
    await both.count(2)
    assert.deepEqual(heard.items, ['one'])
  })

  it('several megabytes arrive whole, both ways', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.handleOnce(channel, (_, bytes: Uint8Array) => bytes.map(byte => byte ^ 0xff))
    const intact = await inPreload(
      window.webContents,
      `(async () => {
        const bytes = new Uint8Array(2_000_000).map((_, index) => index * 31)
        const answer = await ipcRenderer.invoke(${json(channel)}, bytes)
        return answer.length === bytes.length && answer.every((byte, index) => byte === (bytes[index] ^ 0xff))
      })()`,
    )
    assert.equal(intact, true)
  })

  it('text outside ASCII arrives unchanged: lone surrogates, emoji, line separators', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    ipcMain.handleOnce(channel, (_, text) => text)
    const text = 'Žluťoučký \u2028\u2029 \u{1F600} </script> \0 " \\ \uD800 end'
    assert.equal(
      await inPreload(window.webContents, `ipcRenderer.invoke(${json(channel)}, ${json(text)})`),
      text,
    )
  })

  it('a page that goes away during an invoke leaves the handler and main alone', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    let release: () => void = () => {}
    const entered = new Promise<void>(resolve => {
      ipcMain.handleOnce(channel, async () => {
        resolve()
        await new Promise<void>(done => {
          release = done
        })
        return 'nobody hears this'
      })
    })
    void inPreload(window.webContents, `void ipcRenderer.invoke(${json(channel)})`)
    await entered
    window.destroy()
    release()
    const other = await openPage(t)
    assert.equal(await inPage(other.webContents, '1 + 1'), 2)
  })

  it('senderFrame is null once the sender is gone', async t => {
    const window = await openPage(t)
    const channel = freshChannel()
    const received = next(ipcMain, channel)
    await inPreload(window.webContents, `ipcRenderer.send(${json(channel)})`)
    const event = (await received)[0] as IpcMainEvent
    const gone = next(window.webContents, 'destroyed')
    window.destroy()
    await gone
    assert.equal(event.senderFrame, null)
  })

  it('the preload of a sandboxed page gets require for electron, events, timers and url, and nothing else', async t => {
    const received = next(ipcMain, 'required')
    await openPage(t, undefined, { preload: 'requires' })
    const report = (await received)[1]
    assert.deepEqual(report, {
      electron: ['contextBridge', 'crashReporter', 'ipcRenderer', 'webFrame'],
      events: 'function',
      timers: 'function',
      url: 'function',
      fs: 'refused',
      child_process: 'refused',
      type: 'renderer',
      sandboxed: true,
      isMainFrame: true,
    })
  })

  it('webFrame.clearCache frees what the page does not hold any more', async t => {
    const window = await openPage(t)
    await inPage(window.webContents, 'globalThis.left = new WeakRef(new Uint8Array(5e6)); 0')
    await inPreload(window.webContents, 'webFrame.clearCache()')
    await until(
      async () => (await inPage(window.webContents, 'left.deref() === undefined')) === true,
      'memory to be freed',
    )
  })

  it('an error in the preload is announced as preload-error and the page loads', async t => {
    const window = openWindow(t, { preload: 'throws' })
    const announced = next(window.webContents, 'preload-error')
    await window.loadURL(t.server.page('<title>loaded all the same</title>'))
    const [, path, error] = await announced
    assert.equal(path, preloadPath('throws'))
    assert.ok(error instanceof Error && error.message === 'the preload has a fault', String(error))
    assert.equal(await inPage(window.webContents, 'document.title'), 'loaded all the same')
  })

  it('the preload runs again, before the page, at every navigation', async t => {
    const states = collect(t, ipcMain, 'sent-at-document-start', (_, state, url) => [state, url])
    const urls = [
      t.server.page('<script>window.x = 1</script>'),
      t.server.page('<p>two', 'b'),
      t.server.page('<p>three', 'a'),
    ]
    const window = openWindow(t, { preload: 'early' })
    for (const url of urls) await window.loadURL(url)
    assert.deepEqual(
      await states.count(3),
      urls.map(url => ['loading', url]),
    )
  })

  it('a subframe has no preload unless nodeIntegrationInSubFrames is set', async t => {
    const frame = t.server.page('<p>frame', 'b')
    const document = `<iframe src="${frame}"></iframe>`
    const heard = collect(t, ipcMain, 'sent-at-document-start', (_, __, url) => url)
    const window = await openPage(t, document, { preload: 'early' })
    await heard.count(1)
    assert.deepEqual(heard.items, [window.webContents.getURL()])
    const other = await openPage(t, document, {
      preload: 'early',
      webPreferences: { nodeIntegrationInSubFrames: true },
    })
    await heard.count(3)
    assert.deepEqual(heard.items.slice(1).sort(), [frame, other.webContents.getURL()].sort())
  })
})
