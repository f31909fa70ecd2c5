import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ipcMain } from './ipc-main.ts'
import { MessageChannelMain, type MessageEvent, type MessagePortMain } from './message-port.ts'
import { type BridgedPage, BridgeLab } from './testing/bridged-page.ts'

let lab: BridgeLab
let page: BridgedPage
let url: string

// Everything of ipcRenderer under a name, so that tests can say in the preload's world what they need.
const preload = `
  const { ipcRenderer, contextBridge, webFrame } = require('electron')
  globalThis.electron = { ipcRenderer, contextBridge, webFrame, require, process }
  const ports = []
  globalThis.ports = ports
  ipcRenderer.on('port', event => { ports.push(...event.ports); for (const port of event.ports) port.onmessage = ({ data }) => port.postMessage(['page', data]) })
  ipcRenderer.on('to-main-world', (event, message) => window.postMessage(message, '*', event.ports))
  window.addEventListener('message', event => { if (event.data === 'for main') ipcRenderer.postMessage('from-main-world', 'sent', [...event.ports]) })
  ipcRenderer.on('echo', (event, ...args) => ipcRenderer.send('echoed', ...args))`

beforeAll(async () => {
  lab = await BridgeLab.open()
  page = await lab.page(preload)
  url = lab.serve('page.html', '<title>page</title><body>here</body>')
  await page.load(url)
})
afterAll(() => lab[Symbol.asyncDispose]())

async function nextOn(port: MessagePortMain): Promise<MessageEvent> {
  return (await once(port, 'message'))[0] as MessageEvent
}

describe('messages between a page and the main process', () => {
  it('reach the frame, the web contents and ipcMain, in that order, with who sent them', async () => {
    const order: string[] = []
    page.contents.once('ipc-message', (_event, channel, value) => order.push(`contents ${channel} ${value}`))
    page.messaging.mainFrame.ipc.once('order', () => order.push('frame'))
    page.messaging.ipc.once('order', () => order.push('ipc'))
    const heard = once(ipcMain, 'order')
    await page.runInPreload(`electron.ipcRenderer.send('order', 7)`)
    const [event, value] = await heard
    expect([order, value]).toEqual([['contents order 7', 'frame', 'ipc'], 7])
    expect([event.sender, event.senderFrame, event.processId, event.frameId, event.type]).toEqual([
      page.contents,
      page.messaging.mainFrame,
      42,
      page.messaging.mainFrame.routingId,
      'frame',
    ])
  })

  it('carry structured clones both ways, in order', async () => {
    const value = {
      map: new Map([[1, new Date(3)]]),
      bytes: new Uint8Array([1, 2]),
      nothing: undefined,
      big: 5n,
    }
    const heard: unknown[] = []
    const done = Promise.withResolvers<void>()
    page.messaging.ipc.on('echoed', (_event, ...args) => {
      heard.push(args)
      if (heard.length === 3) done.resolve()
    })
    page.messaging.mainFrame.send('echo', value, 1)
    page.messaging.mainFrame.send('echo', 2)
    page.messaging.mainFrame.send('echo')
    await done.promise
    page.messaging.ipc.removeAllListeners('echoed')
    expect(heard).toStrictEqual([[value, 1], [2], []])
    expect(() => page.messaging.mainFrame.send('echo', () => 1)).toThrow('An object could not be cloned.')
    expect(
      await page.runInPreload(
        `try { electron.ipcRenderer.send('x', document.body) } catch (error) { error.message }`,
      ),
    ).toBe('An object could not be cloned.')
  })

  it('answer invoke with the result, the error of the handler, or that there is none', async () => {
    page.messaging.ipc.handle('double', (_event, value: number) => value * 2)
    ipcMain.handleOnce('fail', async () => {
      throw new RangeError('on purpose')
    })
    const answers = await page.runInPreload(`(async () => {
      const of = promise => promise.catch(error => error.message)
      const { invoke } = { invoke: (...args) => electron.ipcRenderer.invoke(...args) }
      return [await invoke('double', 21), await of(invoke('fail')), await of(invoke('fail')), await of(invoke('double', () => 1))]
    })()`)
    expect(answers).toEqual([
      42,
      "Error invoking remote method 'fail': RangeError: on purpose",
      "Error invoking remote method 'fail': Error: No handler registered for 'fail'",
      'An object could not be cloned.',
    ])
    expect(() => page.messaging.ipc.handle('double', () => 1)).toThrow(/second handler/)
  })

  it('answer sendSync while the page is held, with a policy that forbids everything', async () => {
    page.messaging.ipc.on('sync', (event, value: string) => {
      event.returnValue = { got: value.length }
      event.returnValue = 'too late'
    })
    expect(await page.runInPreload(`electron.ipcRenderer.sendSync('sync', 'x'.repeat(300000))`)).toEqual({
      got: 300_000,
    })
    expect(await page.runInPreload(`electron.ipcRenderer.sendSync('nobody listens')`)).toBeUndefined()
    const strict = await lab.page(preload)
    await strict.load(`${url}?csp=default-src 'none'`)
    strict.messaging.ipc.on('sync', event => {
      setImmediate(() => {
        event.returnValue = 'later'
      })
    })
    expect(await strict.runInPreload(`electron.ipcRenderer.sendSync('sync', '')`)).toBe('later')
  })

  it('wait for the first document, and a reply goes to the frame that asked', async () => {
    const early = await lab.page(
      `${preload}; ipcRenderer.on('pong', (event, value) => ipcRenderer.send('ponged', value)); ipcRenderer.send('ping')`,
    )
    early.messaging.mainFrame.send('echo', 'early')
    early.messaging.ipc.on('ping', event => event.reply('pong', 'replied'))
    const heard = Promise.all([early.heard('echoed'), early.heard('ponged')])
    await early.load(url)
    expect(await heard).toEqual([['early'], ['replied']])
  })
})

describe('ports of pages', () => {
  it('are real ports that connect the preload with main', async () => {
    const { port1, port2 } = new MessageChannelMain()
    port1.postMessage('before')
    page.messaging.mainFrame.postMessage('port', null, [port2])
    port1.start()
    expect((await nextOn(port1)).data).toEqual(['page', 'before'])
    port1.postMessage({ list: [new Date(1)] })
    expect((await nextOn(port1)).data).toEqual(['page', { list: [new Date(1)] }])
    expect(await page.runInPreload(`ports.at(-1) instanceof MessagePort`)).toBe(true)
  })

  it('go on into the main world, and carry ports themselves', async () => {
    await page.run(`window.addEventListener('message', event => { const [port] = event.ports; if (!port) return; window.kept = port
      port.onmessage = ({ data, ports }) => { if (ports[0]) { ports[0].postMessage('through ' + data); } else port.postMessage('main world: ' + data) } })`)
    const { port1, port2 } = new MessageChannelMain()
    page.messaging.mainFrame.postMessage('to-main-world', 'hello', [port2])
    port1.start()
    port1.postMessage('one')
    expect((await nextOn(port1)).data).toBe('main world: one')
    const inner = new MessageChannelMain()
    port1.postMessage('two', [inner.port2])
    inner.port1.start()
    expect((await nextOn(inner.port1)).data).toBe('through two')
  })

  it('come from either world to main, and the page has its own no more', async () => {
    const heard = once(page.messaging.ipc, 'from-main-world')
    await page.run(`(() => { const { port1, port2 } = new MessageChannel(); window.mine = port2
      port2.onmessage = ({ data }) => port2.postMessage(data + 1); port2.postMessage('kept'); window.postMessage('for main', '*', [port1]) })()`)
    const [event, message] = await heard
    const [port] = event.ports as MessagePortMain[]
    if (!port) throw new Error('no port came')
    expect(message).toBe('sent')
    port.start()
    expect((await nextOn(port)).data).toBe('kept')
    port.postMessage(41)
    expect((await nextOn(port)).data).toBe(42)
    const refusal =
      await page.runInPreload(`(() => { const { port1 } = new MessageChannel(); electron.ipcRenderer.postMessage('x', null, [port1])
      try { electron.ipcRenderer.postMessage('x', null, [port1]) } catch (error) { return error.name } })()`)
    expect(refusal).toBe('DataCloneError')
    expect(
      await page.runInPreload(
        `try { electron.ipcRenderer.postMessage('x', 1, [{}]) } catch (error) { error.message }`,
      ),
    ).toBe('Invalid value for transfer')
  })

  it('connect two pages through main', async () => {
    const other = await lab.page(preload)
    await other.load(url)
    const { port1, port2 } = new MessageChannelMain()
    await other.runInPreload(
      `electron.ipcRenderer.on('ask', ({ ports: [port] }) => { port.onmessage = ({ data }) => electron.ipcRenderer.send('answer', data); port.postMessage('question') }); 0`,
    )
    const answer = other.heard('answer')
    page.messaging.mainFrame.postMessage('port', null, [port1])
    other.messaging.mainFrame.postMessage('ask', null, [port2])
    expect(await answer).toEqual([['page', 'question']])
  })

  it('say close to both sides, and to main when the document goes', async () => {
    const closing = new MessageChannelMain()
    await page.runInPreload(
      `electron.ipcRenderer.on('watch', ({ ports: [port] }) => { port.onclose = () => electron.ipcRenderer.send('closed'); port.start() })`,
    )
    page.messaging.mainFrame.postMessage('watch', null, [closing.port2])
    const told = page.heard('closed')
    closing.port1.close()
    await told

    const closedByPage = new MessageChannelMain()
    closedByPage.port1.start()
    await page.runInPreload(`electron.ipcRenderer.on('shut', ({ ports: [port] }) => port.close()); 0`)
    page.messaging.mainFrame.postMessage('shut', null, [closedByPage.port2])
    await once(closedByPage.port1, 'close')

    const leaving = await lab.page(preload)
    await leaving.load(url)
    const left = new MessageChannelMain()
    left.port1.start()
    leaving.messaging.mainFrame.postMessage('port', null, [left.port2])
    left.port1.postMessage('there?')
    await nextOn(left.port1)
    const closed = once(left.port1, 'close')
    await leaving.load(`${url}?again`)
    await closed
  })
})

describe('the preload', () => {
  it('has the process and modules of a sandboxed preload and no others', async () => {
    const seen = await page.runInPreload(`(() => { const { process, require } = electron
      let refusal; try { require('fs') } catch (error) { refusal = error.message }
      const emitter = new (require('events'))(); let count = 0; emitter.once('x', n => { count += n }); emitter.emit('x', 2); emitter.emit('x', 2)
      return [process.type, process.sandboxed, process.contextIsolated, process.isMainFrame, process.platform, refusal, count,
        new (require('url').URL)('a:b').href, typeof require('timers').setTimeout, typeof Buffer] })()`)
    expect(seen).toEqual([
      'renderer',
      true,
      true,
      true,
      process.platform,
      'module not found: fs',
      2,
      'a:b',
      'function',
      'undefined',
    ])
  })

  it('reports its errors, of syntax too', async () => {
    const failing = await lab.page(`throw new TypeError('at the start')`)
    const failed = once(failing.contents, 'preload-error')
    await failing.load(url)
    const [, path, error] = await failed
    expect([String(path).endsWith('.cjs'), error.name, error.message]).toEqual([
      true,
      'TypeError',
      'at the start',
    ])
    const broken = await lab.page('const const = 1')
    const parsed = once(broken.contents, 'preload-error')
    await broken.load(url)
    expect((await parsed)[2]).toMatchObject({
      name: 'SyntaxError',
      message: expect.stringContaining('const'),
    })
  })

  it('runs in sub-frames only where asked, and frames are known to main', async () => {
    const html = `<iframe name="inner" src="${lab.serve('inner.html', '<p>inner</p>')}"></iframe>`
    const outer = lab.serve('outer.html', html)
    const counting = `require('electron').ipcRenderer.send('began', location.pathname)`
    const plain = await lab.page(counting)
    const everywhere = await lab.page(counting, { runsInSubFrames: true })
    const began: string[][] = [[], []]
    for (const [index, each] of [plain, everywhere].entries()) {
      each.messaging.ipc.on('began', (_event, path) => began[index]?.push(path))
      await each.load(outer)
    }
    expect(began).toEqual([['/outer.html'], ['/outer.html', '/inner.html']])
    const { mainFrame } = plain.messaging
    const [inner] = mainFrame.frames
    expect([
      inner?.name,
      inner?.parent === mainFrame,
      inner?.top === mainFrame,
      mainFrame.framesInSubtree.length,
    ]).toEqual(['inner', true, true, 2])
    expect(await inner?.executeJavaScript('document.body.innerText')).toBe('inner')
    expect([mainFrame.url, mainFrame.origin]).toEqual([outer, new URL(outer).origin])
    await plain.load(url)
    expect([mainFrame.frames, inner?.isDestroyed()]).toEqual([[], true])
  })

  it('runs code in the main world, and code runs in worlds of its own', async () => {
    await page.run('window.secret = "main"; 0')
    expect(await page.runInPreload(`electron.webFrame.executeJavaScript('window.secret')`)).toBe('main')
    expect(await page.messaging.executeInWorld(page.frameId, 1234, 'typeof window.secret', false)).toBe(
      'undefined',
    )
    expect(
      await page.runInPreload(
        `electron.contextBridge.executeInMainWorld({ func: (a, b) => [window.secret, a + b], args: [1, 2] })`,
      ),
    ).toEqual(['main', 3])
    await expect(page.run('throw new Error("now")')).rejects.toThrow(/^Script failed to execute/)
    await expect(page.run('Promise.reject(new RangeError("later"))')).rejects.toThrow(new RangeError('later'))
    await expect(page.run('() => 1')).rejects.toThrow('An object could not be cloned.')
  })

  it('exposes to a world of its own before what runs there, and to no other', async () => {
    const worlds = await lab.page(
      `require('electron').contextBridge.exposeInIsolatedWorld(1004, 'api', { add: (a, b) => a + b })`,
    )
    await worlds.load(url)
    expect(await worlds.messaging.executeInWorld(worlds.frameId, 1004, 'api.add(1, 2)', false)).toBe(3)
    expect(await worlds.messaging.executeInWorld(worlds.frameId, 1005, 'typeof api', false)).toBe('undefined')
    expect(await worlds.run('typeof api')).toBe('undefined')
  })
})
