// MessageChannelMain, MessagePortMain, and ports that travel between main, pages and utility processes.
import assert from 'node:assert/strict'
import {
  ipcMain,
  MessageChannelMain,
  type MessageEvent,
  type MessagePortMain,
  type WebContents,
} from 'electron'
import { collect, inPage, inPreload, next, openPage, until } from '../harness/page.ts'
import { startWorker } from '../harness/utility.ts'
import { chapter, it } from './registry.ts'

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

const dataOf = (event: unknown): unknown => (event as MessageEvent).data

/** Gives a port to the preload of a page, where it becomes `ports[name]`, started, its messages in `got[name]`. */
async function givePort(contents: WebContents, name: string, port: MessagePortMain): Promise<void> {
  await inPreload(
    contents,
    `globalThis.ports ??= {}; globalThis.got ??= {}; globalThis.closedPorts ??= []
     globalThis.arrived_${name} = new Promise(resolve => ipcRenderer.once('port-${name}', event => {
       const port = event.ports[0]
       ports.${name} = port
       got.${name} = []
       port.addEventListener('message', event => got.${name}.push(event.data))
       port.addEventListener('close', () => closedPorts.push('${name}'))
       port.start()
       resolve()
     })); undefined`,
  )
  contents.postMessage(`port-${name}`, null, [port])
  await inPreload(contents, `arrived_${name}`)
}

const got = (contents: WebContents, name: string, count: number): Promise<void> =>
  until(
    async () => (await inPreload(contents, `got.${name}.length`)) === count,
    `${count} messages in the page`,
  )

chapter('ports', () => {
  it('the two ports of a channel carry messages to each other', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const [toTwo, toOne] = [next(port2, 'message'), next(port1, 'message')]
    port1.start()
    port2.start()
    port1.postMessage({ to: 'two' })
    port2.postMessage(['to one'])
    assert.deepEqual([dataOf((await toTwo)[0]), dataOf((await toOne)[0])], [{ to: 'two' }, ['to one']])
  })

  it('messages wait, in order, until start is called', async t => {
    const { port1, port2 } = new MessageChannelMain()
    for (const value of upTo(100)) port1.postMessage(value)
    const received = collect(t, port2, 'message', dataOf)
    const barrier = new MessageChannelMain()
    const passed = next(barrier.port2, 'message')
    barrier.port2.start()
    barrier.port1.postMessage('passed')
    await passed
    assert.deepEqual(received.items, [])
    port2.start()
    assert.deepEqual(await received.count(100), upTo(100))
  })

  it('a message event has data and ports', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const received = next(port2, 'message')
    port2.start()
    port1.postMessage('text')
    const event = (await received)[0] as MessageEvent
    assert.deepEqual([event.data, event.ports], ['text', []])
  })

  it('closing one end is announced at the other, after the messages sent before', async t => {
    const { port1, port2 } = new MessageChannelMain()
    const order: unknown[] = []
    port2.on('message', event => order.push(event.data))
    const closed = next(port2, 'close')
    port2.start()
    port1.postMessage(1)
    port1.postMessage(2)
    port1.close()
    await closed
    assert.deepEqual(order, [1, 2])
    t.defer(() => port2.close())
  })

  it('posting to a port whose other end is closed does nothing', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const closed = next(port1, 'close')
    port1.start()
    port2.close()
    await closed
    port1.postMessage('into the void')
    port1.close()
    port2.close()
  })

  it('a message that cannot be cloned is refused', () => {
    const { port1 } = new MessageChannelMain()
    assert.throws(() => port1.postMessage(() => {}), /could not be cloned/)
    assert.throws(() => port1.postMessage({ deep: [Symbol('s')] }), /could not be cloned/)
  })

  it('a transfer list with something that is no port is refused', () => {
    const { port1 } = new MessageChannelMain()
    // @ts-expect-error: the typings refuse it too
    assert.throws(() => port1.postMessage('', [{}]))
    // @ts-expect-error: the typings refuse it too
    assert.throws(() => port1.postMessage('', [null]))
  })

  it('a port cannot be transferred over itself, nor twice in one message', () => {
    const { port1 } = new MessageChannelMain()
    assert.throws(() => port1.postMessage(null, [port1]))
    const other = new MessageChannelMain()
    assert.throws(() => port1.postMessage(null, [other.port1, other.port1]))
  })

  it('a port cannot be transferred a second time', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const given = new MessageChannelMain()
    port1.postMessage('first', [given.port1])
    assert.throws(() => port1.postMessage('second', [given.port1]))
    const received = next(port2, 'message')
    port2.start()
    assert.equal(((await received)[0] as MessageEvent).ports.length, 1)
  })

  it('a port sent over a port works at its new place, with what was queued in it', async t => {
    const { port1, port2 } = new MessageChannelMain()
    const given = new MessageChannelMain()
    given.port1.postMessage('queued before')
    port1.postMessage('here', [given.port2])
    given.port1.postMessage('queued after')
    const received = next(port2, 'message')
    port2.start()
    const arrived = ((await received)[0] as MessageEvent).ports[0]
    assert.ok(arrived)
    const messages = collect(t, arrived, 'message', dataOf)
    arrived.start()
    given.port1.postMessage('after start')
    assert.deepEqual(await messages.count(3), ['queued before', 'queued after', 'after start'])
  })

  it('structured clone over ports of main keeps Map, Date, BigInt, bytes and cycles', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const received = next(port2, 'message')
    port2.start()
    const value: Record<string, unknown> = {
      map: new Map([[1, new Set(['a'])]]),
      date: new Date(5),
      big: 7n,
      bytes: new Uint8Array([1, 2, 3]),
    }
    value.self = value
    port1.postMessage(value)
    const copy = dataOf((await received)[0]) as Record<string, unknown>
    assert.equal(copy.self, copy)
    assert.notEqual(copy, value)
    assert.deepEqual(
      [copy.map, copy.date, copy.big, copy.bytes],
      [value.map, value.date, value.big, value.bytes],
    )
  })

  it('main to page: the port arrives as a DOM MessagePort', async t => {
    const window = await openPage(t)
    const { port1, port2 } = new MessageChannelMain()
    await givePort(window.webContents, 'p', port2)
    assert.equal(await inPreload(window.webContents, 'ports.p instanceof MessagePort'), true)
    const received = collect(t, port1, 'message', dataOf)
    port1.start()
    for (const value of upTo(200)) port1.postMessage(value)
    await inPreload(
      window.webContents,
      'for (let index = 0; index < 200; index++) ports.p.postMessage(index)',
    )
    assert.deepEqual(await received.count(200), upTo(200))
    await got(window.webContents, 'p', 200)
    assert.deepEqual(await inPreload(window.webContents, 'got.p'), upTo(200))
  })

  it('main to page: the message of webContents.postMessage comes with the port', async t => {
    const window = await openPage(t)
    const { port1, port2 } = new MessageChannelMain()
    t.defer(() => port1.close())
    await inPreload(
      window.webContents,
      `globalThis.seen = new Promise(resolve => ipcRenderer.once('with', (event, message) =>
        resolve([message, event.ports.length]))); undefined`,
    )
    window.webContents.postMessage('with', { text: 'a message' }, [port2])
    assert.deepEqual(await inPreload(window.webContents, 'seen'), [{ text: 'a message' }, 1])
  })

  it('messages posted before the page received the port are kept in order', async t => {
    const window = await openPage(t)
    const { port1, port2 } = new MessageChannelMain()
    for (const value of upTo(50)) port1.postMessage(value)
    await givePort(window.webContents, 'p', port2)
    await got(window.webContents, 'p', 50)
    assert.deepEqual(await inPreload(window.webContents, 'got.p'), upTo(50))
  })

  it('in a page a port waits for start, and setting onmessage starts it', async t => {
    const window = await openPage(t)
    const { port1, port2 } = new MessageChannelMain()
    await inPreload(
      window.webContents,
      `globalThis.seen = new Promise(resolve => ipcRenderer.once('p', event => {
        globalThis.got = []
        globalThis.port = event.ports[0]
        port.addEventListener('message', event => got.push(event.data))
        resolve()
      })); undefined`,
    )
    port1.postMessage('early')
    window.webContents.postMessage('p', null, [port2])
    await inPreload(window.webContents, 'seen')
    // A round trip over another channel of the same page: had the port been started, the message would be there.
    await inPreload(window.webContents, 'new Promise(resolve => setTimeout(resolve, 50))')
    assert.deepEqual(await inPreload(window.webContents, 'got'), [])
    await inPreload(window.webContents, 'port.onmessage = () => {}; undefined')
    await until(async () => (await inPreload(window.webContents, 'got.length')) === 1, 'the early message')
  })

  it('page to main: ports of a channel made in the page arrive as MessagePortMain', async t => {
    const window = await openPage(t)
    const received = next(ipcMain, 'ports-from-page')
    await inPreload(
      window.webContents,
      `(() => {
        const { port1, port2 } = new MessageChannel()
        globalThis.port = port1
        port1.onmessage = event => port1.postMessage(['page heard', event.data])
        port1.postMessage('before it left')
        ipcRenderer.postMessage('ports-from-page', { with: 'a message' }, [port2])
      })()`,
    )
    const [event, message] = (await received) as [{ ports: MessagePortMain[] }, unknown]
    assert.deepEqual([message, event.ports.length], [{ with: 'a message' }, 1])
    const [port] = event.ports
    assert.ok(port)
    const messages = collect(t, port, 'message', dataOf)
    port.start()
    port.postMessage('hello page')
    assert.deepEqual(await messages.count(2), ['before it left', ['page heard', 'hello page']])
  })

  it('page to page: two pages joined by main talk in order', async t => {
    const [one, two] = [await openPage(t), await openPage(t, t.server.page('<p>two', 'b'))]
    const { port1, port2 } = new MessageChannelMain()
    await givePort(one.webContents, 'p', port1)
    await givePort(two.webContents, 'p', port2)
    const post = 'for (let index = 0; index < 100; index++) ports.p.postMessage({ index })'
    await Promise.all([inPreload(one.webContents, post), inPreload(two.webContents, post)])
    for (const { webContents } of [one, two]) {
      await got(webContents, 'p', 100)
      assert.deepEqual(await inPreload(webContents, 'got.p.map(({ index }) => index)'), upTo(100))
    }
  })

  it('page to page: a port made in one page and passed on by main works in the other', async t => {
    const [one, two] = [await openPage(t), await openPage(t)]
    ipcMain.once('pass-on', event => {
      const [port] = event.ports
      if (port) void givePort(two.webContents, 'p', port)
    })
    await inPreload(
      one.webContents,
      `(() => {
        const { port1, port2 } = new MessageChannel()
        globalThis.got = []
        port1.onmessage = event => got.push(event.data)
        port1.postMessage('from one')
        globalThis.port = port1
        ipcRenderer.postMessage('pass-on', null, [port2])
      })()`,
    )
    await until(
      async () => (await inPreload(two.webContents, 'globalThis.got?.p?.length')) === 1,
      'message in two',
    )
    await inPreload(two.webContents, `ports.p.postMessage('from two')`)
    await until(async () => (await inPreload(one.webContents, 'got.length')) === 1, 'message in one')
    assert.deepEqual(
      [await inPreload(one.webContents, 'got'), await inPreload(two.webContents, 'got.p')],
      [['from two'], ['from one']],
    )
  })

  it('page to page: a port sent over the port between two pages works', async t => {
    const [one, two] = [await openPage(t), await openPage(t)]
    const { port1, port2 } = new MessageChannelMain()
    await givePort(one.webContents, 'p', port1)
    await inPreload(
      two.webContents,
      `globalThis.answered = []
       ipcRenderer.once('port-q', event => {
         event.ports[0].onmessage = ({ ports: [inner], data }) => {
           inner.onmessage = event => inner.postMessage(['answer', event.data, data])
         }
       }); undefined`,
    )
    two.webContents.postMessage('port-q', null, [port2])
    const answer = await inPreload(
      one.webContents,
      `new Promise(resolve => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = event => resolve(event.data)
        ports.p.postMessage('the outer message', [port2])
        port1.postMessage('question')
      })`,
    )
    assert.deepEqual(answer, ['answer', 'question', 'the outer message'])
  })

  it('a preload hands a port on to the main world by window.postMessage', async t => {
    const window = await openPage(
      t,
      `<script>
        globalThis.answer = new Promise(resolve => {
          window.onmessage = ({ source, data, ports: [port] }) => {
            if (source !== window || data !== 'main-world-port') return
            port.onmessage = event => resolve([port instanceof MessagePort, event.data])
            port.postMessage('hello from the main world')
          }
        })
      </script>`,
    )
    await inPreload(
      window.webContents,
      `ipcRenderer.once('hand-on', event => window.postMessage('main-world-port', '*', event.ports)); undefined`,
    )
    const { port1, port2 } = new MessageChannelMain()
    const received = next(port1, 'message')
    port1.start()
    window.webContents.postMessage('hand-on', null, [port2])
    assert.equal(dataOf((await received)[0]), 'hello from the main world')
    port1.postMessage({ map: new Map([[1, 2]]) })
    assert.deepEqual(await inPage(window.webContents, 'answer'), [true, { map: new Map([[1, 2]]) }])
  })

  it('a port in a page with a strict content security policy works', async t => {
    const window = await openPage(
      t,
      t.server.page({
        body: '<p>strict',
        headers: { 'content-security-policy': "default-src 'none'; sandbox allow-scripts" },
      }),
    )
    const { port1, port2 } = new MessageChannelMain()
    await givePort(window.webContents, 'p', port2)
    const received = next(port1, 'message')
    port1.start()
    await inPreload(window.webContents, `ports.p.postMessage('through the policy')`)
    assert.equal(dataOf((await received)[0]), 'through the policy')
  })

  it('main to utility: messages go both ways in order', async t => {
    const worker = startWorker(t)
    const { port1, port2 } = new MessageChannelMain()
    const received = collect(t, port1, 'message', event => (dataOf(event) as { answer: number }).answer)
    port1.start()
    for (const value of upTo(50)) port1.postMessage(value)
    worker.tell({ task: 'serve', name: 'p' }, [port2])
    for (const value of upTo(50)) port1.postMessage(50 + value)
    assert.deepEqual(await received.count(100), upTo(100))
  })

  it('utility to utility: a pair made in main joins them', async t => {
    const [asker, server] = [startWorker(t), startWorker(t)]
    const { port1, port2 } = new MessageChannelMain()
    server.tell({ task: 'serve', name: 'server' }, [port2])
    await asker.ask({ task: 'keep', name: 'p' }, 'kept', [port1])
    const { answers } = await asker.ask({ task: 'ask', name: 'p', values: upTo(200) }, 'answers')
    assert.deepEqual(
      answers,
      upTo(200).map(value => ({ answer: value, from: 'server' })),
    )
  })

  it('utility to utility: what is posted before the other end arrives is kept', async t => {
    const [early, late] = [startWorker(t), startWorker(t)]
    const { port1, port2 } = new MessageChannelMain()
    await early.ask({ task: 'keep', name: 'p' }, 'kept', [port1])
    early.tell({ task: 'post', name: 'p', messages: [1, 2, 3] })
    await early.ask({ task: 'echo', value: 'posted' }, 'echoed')
    await late.ask({ task: 'keep', name: 'p' }, 'kept', [port2])
    late.tell({ task: 'start', name: 'p' })
    const heard = [await late.heard('on'), await late.heard('on'), await late.heard('on')]
    assert.deepEqual(
      heard.map(({ data }) => data),
      [1, 2, 3],
    )
  })

  it('page to utility: a page and a utility process talk directly, in order', async t => {
    const window = await openPage(t)
    const worker = startWorker(t)
    const { port1, port2 } = new MessageChannelMain()
    worker.tell({ task: 'serve', name: 'worker' }, [port2])
    await givePort(window.webContents, 'p', port1)
    await inPreload(
      window.webContents,
      'for (let index = 0; index < 100; index++) ports.p.postMessage(index)',
    )
    await got(window.webContents, 'p', 100)
    assert.deepEqual(
      await inPreload(window.webContents, 'got.p'),
      upTo(100).map(answer => ({ answer, from: 'worker' })),
    )
  })

  it('page to utility: bytes and maps arrive as what they are', async t => {
    const window = await openPage(t)
    const worker = startWorker(t)
    const { port1, port2 } = new MessageChannelMain()
    worker.tell({ task: 'serve', name: 'worker' }, [port2])
    await givePort(window.webContents, 'p', port1)
    await inPreload(
      window.webContents,
      'ports.p.postMessage({ bytes: new Uint8Array(100_000).fill(7), map: new Map([[1, 2n]]) })',
    )
    await got(window.webContents, 'p', 1)
    const report = await inPreload(
      window.webContents,
      `(() => {
        const { bytes, map } = got.p[0].answer
        return [bytes instanceof Uint8Array, bytes.length, bytes.every(byte => byte === 7), map.get(1) === 2n]
      })()`,
    )
    assert.deepEqual(report, [true, 100_000, true, true])
  })

  it('a port made in a page ends up in a utility process', async t => {
    const window = await openPage(t)
    const worker = startWorker(t)
    ipcMain.once('for-the-utility', event => worker.tell({ task: 'serve', name: 'worker' }, event.ports))
    const answer = await inPreload(
      window.webContents,
      `new Promise(resolve => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = event => resolve(event.data)
        port1.postMessage('asked before it left')
        ipcRenderer.postMessage('for-the-utility', null, [port2])
      })`,
    )
    assert.deepEqual(answer, { answer: 'asked before it left', from: 'worker' })
  })

  it('a utility process gives a port away over another port', async t => {
    const [giver, taker] = [startWorker(t), startWorker(t)]
    const between = new MessageChannelMain()
    const given = new MessageChannelMain()
    await giver.ask({ task: 'keep', name: 'over' }, 'kept', [between.port1])
    await giver.ask({ task: 'keep', name: 'given' }, 'kept', [given.port1])
    await taker.ask({ task: 'keep', name: 'from' }, 'kept', [between.port2])
    taker.tell({ task: 'receive', name: 'from', as: 'taken' })
    giver.tell({ task: 'give', over: 'over', given: 'given', message: 'yours' })
    const { received, ports } = await taker.heard('received')
    assert.deepEqual([received, ports], ['yours', 1])
    const answer = next(given.port2, 'message')
    given.port2.start()
    given.port2.postMessage('who has it?')
    assert.deepEqual(dataOf((await answer)[0]), { answer: 'who has it?', from: 'taken' })
  })

  it('a utility process gives a port to a page', async t => {
    const window = await openPage(t)
    const worker = startWorker(t)
    const between = new MessageChannelMain()
    const given = new MessageChannelMain()
    await worker.ask({ task: 'keep', name: 'over' }, 'kept', [between.port1])
    await worker.ask({ task: 'keep', name: 'given' }, 'kept', [given.port1])
    await inPreload(
      window.webContents,
      `globalThis.answer = new Promise(resolve => ipcRenderer.once('p', event => {
        event.ports[0].onmessage = ({ data, ports: [inner] }) => {
          inner.onmessage = event => resolve([data, event.data])
          inner.postMessage('hello from the page')
        }
      })); undefined`,
    )
    window.webContents.postMessage('p', null, [between.port2])
    worker.tell({ task: 'give', over: 'over', given: 'given', message: 'a port for you' })
    const received = next(given.port2, 'message')
    given.port2.start()
    assert.equal(dataOf((await received)[0]), 'hello from the page')
    given.port2.postMessage('hello from main')
    assert.deepEqual(await inPreload(window.webContents, 'answer'), ['a port for you', 'hello from main'])
  })

  it('close is announced between main and a page, both ways', async t => {
    const window = await openPage(t)
    const [one, two] = [new MessageChannelMain(), new MessageChannelMain()]
    await givePort(window.webContents, 'one', one.port2)
    await givePort(window.webContents, 'two', two.port2)
    const closed = next(one.port1, 'close')
    one.port1.start()
    await inPreload(window.webContents, 'ports.one.close()')
    await closed
    two.port1.close()
    await until(
      async () => (await inPreload(window.webContents, `closedPorts.includes('two')`)) === true,
      'close in page',
    )
  })

  it('close is announced between main and a utility process, both ways', async t => {
    const worker = startWorker(t)
    const [one, two] = [new MessageChannelMain(), new MessageChannelMain()]
    await worker.ask({ task: 'serve', name: 'one' }, 'serving', [one.port2])
    await worker.ask({ task: 'serve', name: 'two' }, 'serving', [two.port2])
    const closed = next(one.port1, 'close')
    one.port1.start()
    worker.tell({ task: 'close', name: 'one' })
    await closed
    two.port1.close()
    assert.deepEqual(await worker.heard('closed'), { closed: 'two' })
  })

  it('a utility process that is killed closes its ports: at main, at a page and at another utility', async t => {
    const window = await openPage(t)
    const [victim, witness] = [startWorker(t), startWorker(t)]
    const channels = {
      main: new MessageChannelMain(),
      page: new MessageChannelMain(),
      utility: new MessageChannelMain(),
    }
    for (const [name, { port1 }] of Object.entries(channels)) {
      await victim.ask({ task: 'serve', name }, 'serving', [port1])
    }
    await givePort(window.webContents, 'p', channels.page.port2)
    await witness.ask({ task: 'serve', name: 'witness' }, 'serving', [channels.utility.port2])
    const atMain = next(channels.main.port2, 'close')
    channels.main.port2.start()
    victim.child.kill()
    await atMain
    await until(
      async () => (await inPreload(window.webContents, `closedPorts.includes('p')`)) === true,
      'close at the page',
    )
    assert.deepEqual(await witness.heard('closed'), { closed: 'witness' })
  })

  it('a page that is destroyed or leaves closes its ports', async t => {
    const [leaves, goes] = [await openPage(t), await openPage(t)]
    const [one, two] = [new MessageChannelMain(), new MessageChannelMain()]
    await givePort(leaves.webContents, 'p', one.port2)
    await givePort(goes.webContents, 'p', two.port2)
    const closed = Promise.all([next(one.port1, 'close'), next(two.port1, 'close')])
    one.port1.start()
    two.port1.start()
    goes.destroy()
    await leaves.webContents.loadURL(t.server.page('<p>elsewhere', 'b'))
    await closed
  })

  it('a page whose process crashes closes its ports', async t => {
    const window = await openPage(t)
    const { port1, port2 } = new MessageChannelMain()
    await givePort(window.webContents, 'p', port2)
    const closed = next(port1, 'close')
    port1.start()
    window.webContents.forcefullyCrashRenderer()
    await closed
  })

  it('a call that is in flight when its server closes ends with close and no answer', async t => {
    const worker = startWorker(t)
    const { port1, port2 } = new MessageChannelMain()
    await worker.ask({ task: 'keep', name: 'p' }, 'kept', [port2])
    const answers = collect(t, port1, 'message', dataOf)
    const closed = next(port1, 'close')
    port1.start()
    port1.postMessage('a call that nobody answers')
    worker.tell({ task: 'close', name: 'p' })
    await closed
    assert.deepEqual(answers.items, [])
  })

  it('a port that is in a message nobody takes does not hold up the others', async t => {
    const window = await openPage(t)
    const lost = new MessageChannelMain()
    window.webContents.postMessage('nobody-listens', null, [lost.port2])
    const { port1, port2 } = new MessageChannelMain()
    await givePort(window.webContents, 'p', port2)
    port1.postMessage('still works')
    await got(window.webContents, 'p', 1)
    lost.port1.close()
    port1.close()
  })

  it('two hundred ports live side by side', async t => {
    const worker = startWorker(t)
    const channels = upTo(200).map(() => new MessageChannelMain())
    const answers = channels.map(({ port1 }) => next(port1, 'message'))
    for (const [index, { port1, port2 }] of channels.entries()) {
      worker.tell({ task: 'serve', name: `port ${index}` }, [port2])
      port1.start()
      port1.postMessage(index)
    }
    const values = (await Promise.all(answers)).map(([event]) => (dataOf(event) as { answer: number }).answer)
    assert.deepEqual(values, upTo(200))
    for (const { port1 } of channels) port1.close()
  })
})
