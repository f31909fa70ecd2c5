// Hostile pages: they replace what they can, listen to what they can and forge what they can. They must reach
// nothing of the isolated world, and the API that was exposed must go on working.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type BrowserWindow, ipcMain, type WebContents } from 'electron'
import { collect, inPage, inPreload, next, openPage, type PageCase, until } from '../harness/page.ts'
import { chapter, it } from './registry.ts'

const tools = (): string => readFileSync(new URL('../fixtures/hostile/tools.js', import.meta.url), 'utf8')

interface HostilePage {
  readonly contents: WebContents
  /** Every channel on which anything came from the page, however it came. */
  readonly channels: unknown[]
}

/** Opens a page whose first script is this attack, with a preload that exposes an API and keeps secrets. */
async function openHostile(
  t: PageCase,
  attack: string,
  options: { body?: string; nodeIntegrationInSubFrames?: boolean } = {},
): Promise<HostilePage> {
  const document = `<!doctype html><script>${tools()}</script><script>${attack}</script>${options.body ?? '<p>page'}`
  const url = t.server.page(document)
  const window = await openPage(t, 'about:blank', {
    preload: 'bridge',
    webPreferences: { nodeIntegrationInSubFrames: options.nodeIntegrationInSubFrames ?? false },
  })
  const channels = collect(t, window.webContents, 'ipc-message', (_, channel) => channel).items
  window.webContents.on('ipc-message-sync', (event, channel) => {
    channels.push(channel)
    event.returnValue = null
  })
  ipcMain.handle('bridge-invoke', (_, value) => ({ handled: value }))
  t.defer(() => ipcMain.removeHandler('bridge-invoke'))
  await window.loadURL(url)
  return { contents: window.webContents, channels }
}

/** Uses every kind of call of the exposed API, both ways, and checks what comes back. */
async function useHonestly({ contents }: HostilePage): Promise<void> {
  const outcome = await inPage(
    contents,
    `(async () => {
      let caught = ''
      try { bridge.throws('as asked') } catch (error) { caught = error.message; hostile.examine('thrown', error) }
      const rejected = await bridge.rejects('as asked').catch(error => (hostile.examine('rejected', error), error.message))
      const values = [
        bridge.add(1, 2), bridge.echo({ a: [1, { b: 'text' }] }), bridge.callMe((a, b) => a + b, 3, 4),
        await bridge.later('x'), bridge.makeFunction(1)(2), await bridge.callLater(value => value + 1, 5),
        bridge.echo(new Date(5)).getTime(), await bridge.invoke({ deep: [1, 2, { c: 3 }] }),
      ]
      bridge.send('honest')
      hostile.examine('values', values, bridge, bridge.add, bridge.nested, bridge.promises, bridge.later('y'))
      return [values, /as asked/.test(caught), rejected]
    })()`,
  )
  assert.deepEqual(outcome, [
    [3, { a: [1, { b: 'text' }] }, 7, 'later x', 3, 6, 5, { handled: { deep: [1, 2, { c: 3 }] } }],
    true,
    'as asked',
  ])
  // Traffic the other way: main to preload, and preload into the document.
  contents.send('unheard', { some: 'value' })
  await inPreload(contents, `document.title = 'touched by the preload'; undefined`)
}

/** The verdict: nothing was reached, nothing was sent but what the honest calls sent. */
async function assertNothingReached({ contents, channels }: HostilePage): Promise<void> {
  await inPage(contents, 'hostile.replay()')
  await inPage(contents, 'new hostile.genuine.Promise(resolve => setTimeout(resolve, 20))')
  assert.deepEqual(await inPage(contents, '[...new Set(hostile.escapes)]'), [])
  const forged = channels.filter(channel => channel !== 'from-the-bridge')
  assert.deepEqual(forged, [])
}

/** A case: attack in the first script, honest use, verdict. */
function withstands(title: string, attack: string, afterwards?: string): void {
  it(`withstands ${title}`, async t => {
    const page = await openHostile(t, attack)
    await useHonestly(page)
    if (afterwards !== undefined) await inPage(page.contents, `${afterwards}; undefined`)
    await assertNothingReached(page)
  })
}

chapter('hostile', () => {
  it('the page has no global but what was exposed, from its first script on', async t => {
    const attack = 'window.atFirst = hostile.globals()'
    const plain = await openPage(t, `<!doctype html><script>${tools()}</script><script>${attack}</script>`, {
      preload: null,
    })
    const { contents } = await openHostile(t, attack)
    for (const list of ['atFirst', 'hostile.globals()']) {
      const without = (await inPage(plain.webContents, list)) as string[]
      const found = (await inPage(contents, list)) as string[]
      assert.deepEqual(
        found.filter(name => !without.includes(name)).sort(),
        ['bareFunction', 'bareText', 'bridge'],
        list,
      )
    }
  })

  it('the tools of these pages do find a way out when there is one', async t => {
    const { webContents } = await openPage(t, `<!doctype html><script>${tools()}</script><body>`, {
      preload: null,
    })
    // A frame that has gone stands for the isolated world: a realm that is not ours, with a secret.
    await inPage(
      webContents,
      `(() => {
        const frame = document.createElement('iframe')
        document.body.append(frame)
        const other = frame.contentWindow
        other.preloadSecret = 'secret'
        const leaked = new other.Object()
        const hidden = new other.Function('return 1')
        frame.remove()
        hostile.trapAll('Map')
        new Map().set('key', { deep: [leaked] })
        hostile.examine('a function', hidden)
      })()`,
    )
    const found = (await inPage(webContents, 'hostile.escapes')) as string[]
    for (const way of ['Map.set.deep.0', 'a function']) {
      assert.ok(
        found.includes(`${way}: reached the isolated world`),
        `${way} is not among ${found.join(', ')}`,
      )
    }
  })

  it('workers have no global of ours', async t => {
    const worker = t.server.route((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end('postMessage(Reflect.ownKeys(self).map(String).sort())')
    })
    const names = (window: BrowserWindow): Promise<unknown> =>
      inPage(
        window.webContents,
        `new Promise(resolve => { new Worker(${JSON.stringify(worker)}).onmessage = e => resolve(e.data) })`,
      )
    const plain = await openPage(t, undefined, { preload: null })
    const exposed = await openPage(t, undefined, { preload: 'bridge' })
    assert.deepEqual(await names(exposed), await names(plain))
  })

  it('the source of exposed functions tells nothing', async t => {
    const { contents } = await openHostile(t, '')
    const sources = (await inPage(
      contents,
      '[bridge.add, bridge.nested.deeper.call, bridge.makeFunction(1)].map(String)',
    )) as string[]
    for (const source of sources) assert.doesNotMatch(source, /a \+ b|called|offset/)
  })

  withstands('traps on Object and Reflect', `hostile.trapAll('Object', 'Reflect')`)
  withstands(
    'traps on Array and its iterators',
    `hostile.trapAll('Array'); hostile.trap([][Symbol.iterator]().__proto__, 'next', 'iterator')`,
  )
  withstands('traps on Function: call, apply, bind, toString', `hostile.trapAll('Function')`)
  withstands('traps on Promise', `hostile.trapAll('Promise'); hostile.trapConstructors('Promise')`)
  withstands(
    'traps on Map, Set, WeakMap, WeakRef',
    `
    hostile.trapAll('Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry')
    hostile.trapConstructors('Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry')`,
  )
  withstands(
    'traps on EventTarget and the event classes',
    `
    const events = ['Event', 'CustomEvent', 'MouseEvent', 'UIEvent', 'MessageEvent', 'ErrorEvent', 'KeyboardEvent', 'FocusEvent']
    hostile.trapAll('EventTarget', ...events)
    hostile.trapConstructors('EventTarget', ...events)`,
  )
  withstands(
    'traps on JSON, String, RegExp, Number, BigInt, Symbol',
    `
    hostile.trapAll('JSON', 'String', 'RegExp', 'Number', 'BigInt', 'Symbol', 'Date', 'Math')`,
  )
  withstands(
    'traps on Proxy, Error and structuredClone',
    `
    hostile.trapAll('Error', 'TypeError'); hostile.trapConstructors('Proxy', 'Error', 'TypeError', 'structuredClone')`,
  )
  withstands(
    'traps on typed arrays, buffers and text coding',
    `
    hostile.trapAll('ArrayBuffer', 'Uint8Array', 'DataView', 'TextEncoder', 'TextDecoder', 'Blob')
    hostile.trap(Uint8Array.__proto__.prototype, 'set', 'set'); hostile.trapConstructors('Uint8Array', 'DataView', 'TextEncoder', 'TextDecoder')
    hostile.trap(window, 'atob', 'atob'); hostile.trap(window, 'btoa', 'btoa')`,
  )
  withstands(
    'traps on messaging: ports, channels, postMessage, sockets, fetch',
    `
    hostile.trapAll('MessagePort', 'MessageChannel', 'BroadcastChannel', 'WebSocket', 'XMLHttpRequest')
    hostile.trapConstructors('MessageChannel', 'BroadcastChannel', 'WebSocket', 'XMLHttpRequest', 'Worker', 'fetch', 'postMessage')`,
  )
  withstands(
    'traps on dialogs, timers and microtasks',
    `
    for (const name of ['prompt', 'alert', 'confirm', 'setTimeout', 'queueMicrotask', 'requestAnimationFrame', 'eval'])
      hostile.trap(window, name, name)`,
  )
  withstands(
    'traps on the document: elements, attributes, observers',
    `
    hostile.trapAll('Document', 'Element', 'Node', 'HTMLElement', 'HTMLScriptElement', 'MutationObserver', 'DOMTokenList')
    new MutationObserver(records => hostile.examine('mutations', records)).observe(document, {
      subtree: true, childList: true, attributes: true, attributeOldValue: true, characterData: true })`,
  )

  withstands(
    'traps on everything at once',
    `for (const name of Object.getOwnPropertyNames(window)) {
      if (/^(webkit|on|hostile$|bridge$|bare)/.test(name)) continue
      try { hostile.trapAll(name) } catch {}
    }`,
  )

  withstands(
    'setters and getters on Object.prototype',
    `const names = ['get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'type', 'kind', 'id', 'args', 'result',
      'error', 'call', 'apply', 'detail', 'relatedTarget', 'bubbles', 'name', 'key', 'keys', 'callback', 'target', 'data',
      'ports', 'channel', 'payload', 'world', 'resolve', 'reject', 'message', 'functions', 'values', 'once', 'capture', '0', '1', '2']
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, {
        __proto__: null,
        configurable: true,
        get() { hostile.caught('get ' + name, this); return undefined },
        set(value) {
          hostile.caught('set ' + name, this, value)
          Object.defineProperty(this, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true })
        },
      })
    }`,
  )

  withstands(
    'setters on the indices of Array.prototype',
    `for (let index = 0; index < 20; index++) {
      Object.defineProperty(Array.prototype, index, {
        configurable: true,
        get() { hostile.caught('index', this); return undefined },
        set(value) {
          hostile.caught('index', this, value)
          Object.defineProperty(this, index, { __proto__: null, value, writable: true, enumerable: true, configurable: true })
        },
      })
    }`,
  )

  withstands(
    'a then on Object.prototype',
    `Object.defineProperty(Object.prototype, 'then', {
      configurable: true,
      get() { hostile.caught('then', this); return undefined },
    })`,
  )

  withstands(
    'toJSON, toString, valueOf and Symbol.toPrimitive that lie',
    `for (const key of ['toJSON', 'toString', 'valueOf', Symbol.toPrimitive]) {
      Object.defineProperty(Object.prototype, key, {
        configurable: true, writable: true,
        value(...args) { hostile.caught('conversion', this, ...args); return 'a lie' },
      })
    }`,
  )

  withstands(
    'species and hasInstance that lie',
    `for (const constructor of [Array, Promise, Map, Set, ArrayBuffer, RegExp])
      Object.defineProperty(constructor, Symbol.species, { configurable: true, get() { hostile.caught('species', this); return this } })
    for (const constructor of [Object, Array, Promise, Map, Error]) Object.defineProperty(constructor, Symbol.hasInstance, { value: () => true })`,
  )

  withstands(
    'frozen prototypes',
    `for (const name of ['Object', 'Array', 'Function', 'Promise', 'Map', 'Set', 'Error', 'EventTarget', 'Event'])
      { Object.freeze(window[name].prototype); Object.freeze(window[name]) }`,
  )

  withstands(
    'deleted and overwritten built-ins',
    `for (const name of ['Promise', 'Map', 'WeakMap', 'Reflect', 'JSON', 'Proxy', 'Symbol', 'Error', 'CustomEvent', 'MouseEvent'])
      { window['kept' + name] = window[name]; if (name !== 'Promise' && name !== 'Error') delete window[name] }
    window.Promise = function () { hostile.caught('Promise', this, ...arguments) }
    window.Error = function () { hostile.caught('Error', this, ...arguments) }
    Array.prototype.map = Array.prototype.push = Array.prototype.forEach = () => { throw 'no' }
    Object.keys = Object.entries = Object.defineProperty = Object.getPrototypeOf = Object.freeze = () => { throw 'no' }`,
    `window.Map ??= keptMap; window.Symbol ??= keptSymbol; window.JSON ??= keptJSON; window.Reflect ??= keptReflect`,
  )

  withstands(
    'listeners on every event type, on everything',
    `const types = new Set(['message', 'messageerror', 'handshake', 'connect', 'bridge', 'electron', 'DOMContentLoaded', 'readystatechange'])
    for (const holder of [window, document, document.documentElement, HTMLElement.prototype, Document.prototype])
      for (const name in holder) if (name.startsWith('on')) types.add(name.slice(2))
    const note = event => hostile.examine('event ' + event.type, event, event.target, event.currentTarget, event.detail, event.relatedTarget, event.data, event.source)
    for (const type of types) for (const target of [window, document]) target.addEventListener(type, note, true)`,
  )

  withstands(
    'replaced addEventListener, dispatchEvent and postMessage of the window',
    `for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent', 'postMessage'])
      window[name] = document[name] = function (...args) { hostile.caught(name, this, ...args) }
    EventTarget.prototype.dispatchEvent = function (...args) { hostile.caught('dispatchEvent', this, ...args); return true }
    EventTarget.prototype.addEventListener = function (...args) { hostile.caught('addEventListener', this, ...args) }`,
  )

  withstands(
    'forged events and messages, before and after the start',
    `window.forge = () => {
      const payload = { channel: 'forged', args: ['forged'], kind: 'send', type: 'ipc', method: 'send', nonce: '', id: 0, world: 0 }
      for (const type of ['message', 'handshake', 'bridge', 'electron', 'ipc', 'connect', 'standin', 'contextbridge', '__electron__', 'click'])
        for (const target of [window, document, document.documentElement]) {
          target.dispatchEvent(new CustomEvent(type, { detail: payload }))
          target.dispatchEvent(new MouseEvent(type, { relatedTarget: new EventTarget() }))
          target.dispatchEvent(new MessageEvent(type, { data: payload, source: window, ports: [new MessageChannel().port1] }))
        }
      window.postMessage(payload, '*', [new MessageChannel().port1])
      window.postMessage(JSON.stringify(payload), '*')
      for (const name of ['send', 'binding', 'ipc', 'sendToMain', 'electron', 'nodeBinding', 'cdp', '__binding'])
        try { window[name]?.(JSON.stringify(payload)) } catch {}
      console.debug(JSON.stringify(payload)); console.log('ipc', payload)
    }
    forge()
    document.addEventListener('readystatechange', forge)
    addEventListener('load', forge)`,
    'forge()',
  )

  withstands(
    'stack traces that show their functions and receivers',
    `Error.stackTraceLimit = 200
    Error.prepareStackTrace = (error, sites) => {
      for (const site of sites) hostile.caught('call site', site.getFunction?.(), site.getThis?.())
      return String(error)
    }
    window.look = () => new Error('look').stack`,
    `bridge.callMe(() => look()); bridge.echo({ get a() { return look() } }); bridge.callMe(function () { return look() })`,
  )

  withstands(
    'a look at the caller of a callback',
    `window.sloppy = function sloppy() {
      try { hostile.caught('caller', sloppy.caller) } catch {}
      try { hostile.caught('callee.caller', arguments.callee.caller) } catch {}
      try { hostile.caught('this of a callback', this) } catch {}
    }`,
    `bridge.callMe(sloppy, 1); bridge.callCatching(sloppy); bridge.callLater(sloppy, 1)`,
  )

  withstands(
    'proxies, accessors and revoked proxies as arguments',
    `window.tricky = () => {
      const handler = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map(name => [name, (...args) => {
        hostile.caught('proxy ' + name, ...args)
        return Reflect[name](...args)
      }]))
      const { proxy, revoke } = Proxy.revocable({}, {}); revoke()
      return [new Proxy({ a: 1 }, handler), new Proxy([1], handler), new Proxy(() => 1, handler), proxy,
        { get a() { hostile.caught('getter', this); return 1 } }, { then(resolve) { hostile.caught('then', this, resolve) } },
        Object.create(null), new Proxy(Promise.resolve(1), handler), document.all, Object.create(window)]
    }`,
    `for (const value of tricky()) for (const call of [bridge.echo, bridge.keep, bridge.describe, bridge.callMe, bridge.awaits])
      try { hostile.examine('tricky result', call(value)) } catch (error) { hostile.examine('tricky error', error) }`,
  )

  withstands(
    'calls at the end of the stack',
    `window.dive = () => {
      const errors = []
      const deeper = () => {
        try { deeper() } catch (error) {
          if (errors.length < 200) for (const call of [() => bridge.echo({ a: [1] }), () => bridge.throws('x'), () => bridge.callMe(x => x, 1)])
            try { hostile.genuine.push.call(errors, call()) } catch (inner) { hostile.genuine.push.call(errors, inner) }
          throw error
        }
      }
      try { deeper() } catch {}
      for (const error of errors) hostile.examine('at the end of the stack', error)
    }`,
    'dive(); bridge.callMe(() => dive())',
  )

  withstands(
    'calls within calls',
    `window.nest = depth => bridge.callMe(value => {
      hostile.caught('nested', value)
      return depth > 0 ? nest(depth - 1) : bridge.echo({ get a() { return bridge.add(1, 2) } })
    }, { depth })`,
    'hostile.examine("nested result", nest(8))',
  )

  withstands(
    'prompt with a forged request',
    `window.ask = () => {
      for (const text of ['{"channel":"forged","args":[]}', 'ipc:forged', ''])
        try { hostile.examine('prompt', prompt(text, text)) } catch {}
    }`,
    'ask()',
  )

  for (const [title, address] of [
    ['a page', (t: PageCase) => t.server.page('<!doctype html><p>child')],
    ['an empty page', () => 'about:blank'],
  ] as const)
    it(`withstands an opener that traps everything in ${title} that it opens, at once`, async t => {
      const window = await openPage(t, undefined, { preload: 'bridge' })
      window.webContents.setWindowOpenHandler(() => ({
        action: 'allow',
        overrideBrowserWindowOptions: { show: false },
      }))
      const created = next(window.webContents, 'did-create-window')
      const attack = `for (const name of Object.getOwnPropertyNames(window)) {
        if (/^(webkit|on|hostile$|bridge$|bare)/.test(name)) continue
        try { hostile.trapAll(name) } catch {}
      }`
      const url = address(t)
      await inPage(
        window.webContents,
        `{
          const child = window.open(${JSON.stringify(url)})
          for (const code of [${JSON.stringify(tools())}, ${JSON.stringify(attack)}]) child.eval(code)
        }`,
      )
      const child = (await created)[0] as BrowserWindow
      t.defer(() => child.isDestroyed() || child.destroy())
      const channels = collect(t, child.webContents, 'ipc-message', (_, channel) => channel).items
      ipcMain.handle('bridge-invoke', (_, value) => ({ handled: value }))
      t.defer(() => ipcMain.removeHandler('bridge-invoke'))
      await until(() => child.webContents.getURL() === url && !child.webContents.isLoading(), 'the page')
      const page = { contents: child.webContents, channels }
      await useHonestly(page)
      await assertNothingReached(page)
    })

  it('withstands a fresh realm: the built-ins of an empty frame are used against the page’s own', async t => {
    const page = await openHostile(
      t,
      `window.fresh = () => {
        const frame = document.createElement('iframe')
        document.documentElement.append(frame)
        const inner = frame.contentWindow
        hostile.examine('frame', inner)
        const names = Reflect.ownKeys(inner).map(String)
        for (const name of ['EventTarget', 'Function', 'Array', 'Promise'])
          for (const key of Object.getOwnPropertyNames(inner[name].prototype)) {
            if (key === 'constructor') continue
            try { hostile.trap(inner[name].prototype, key, 'frame ' + name + '.' + key) } catch {}
          }
        return [typeof inner.bridge, typeof inner.ipcRenderer, typeof inner.preloadSecret, typeof inner.require]
      }
      window.early = fresh()`,
    )
    assert.deepEqual(await inPage(page.contents, 'early'), Array(4).fill('undefined'))
    assert.deepEqual(await inPage(page.contents, 'fresh()'), Array(4).fill('undefined'))
    await useHonestly(page)
    await assertNothingReached(page)
  })

  it('an empty frame has the globals of any other', async t => {
    const code = `(() => {
      const frame = document.createElement('iframe')
      document.documentElement.append(frame)
      return Reflect.ownKeys(frame.contentWindow).map(String).sort()
    })()`
    const plain = await openPage(t, undefined, { preload: null })
    const { contents } = await openHostile(t, '')
    assert.deepEqual(await inPage(contents, code), await inPage(plain.webContents, code))
  })

  it('withstands frames with a preload whose built-ins their parent replaces', async t => {
    const page = await openHostile(
      t,
      `window.adopt = async () => {
        const frame = document.createElement('iframe')
        frame.src = '/nothing-here'
        document.documentElement.append(frame)
        const tamper = inner => {
          for (const name of ['EventTarget', 'Event', 'Function', 'Promise', 'Object'])
            for (const key of Object.getOwnPropertyNames(inner[name]?.prototype ?? {})) {
              if (key === 'constructor') continue
              try { hostile.trap(inner[name].prototype, key, 'frame ' + name + '.' + key) } catch {}
            }
          hostile.examine('adopted', inner.bridge)
        }
        tamper(frame.contentWindow)
        await new Promise(resolve => { frame.onload = resolve })
        tamper(frame.contentWindow)
        frame.contentWindow.bridge?.add(1, 2)
        const blank = document.createElement('iframe')
        document.documentElement.append(blank)
        tamper(blank.contentWindow)
        return typeof frame.contentWindow.bridge
      }`,
      { nodeIntegrationInSubFrames: true },
    )
    assert.equal(await inPage(page.contents, 'adopt()'), 'object')
    await useHonestly(page)
    await assertNothingReached(page)
  })

  it('withstands an opener that tampers with the window it opened', async t => {
    const page = await openHostile(t, '')
    page.contents.setWindowOpenHandler(() => ({
      action: 'allow',
      overrideBrowserWindowOptions: { show: false },
    }))
    const created = next(page.contents, 'did-create-window')
    const url = t.server.page('<title>child</title>')
    await page.contents.executeJavaScript(
      `window.child = window.open('about:blank')
       hostile.examine('child', child)
       for (const name of ['EventTarget', 'Event', 'Function', 'Promise', 'Object'])
         for (const key of Object.getOwnPropertyNames(child[name].prototype))
           if (key !== 'constructor') try { hostile.trap(child[name].prototype, key, 'child ' + name + '.' + key) } catch {}
       undefined`,
      true,
    )
    const child = (await created)[0] as BrowserWindow
    t.defer(() => child.isDestroyed() || child.destroy())
    const childChannels = collect(t, child.webContents, 'ipc-message', (_, channel) => channel)
    await inPage(page.contents, `child.location.href = ${JSON.stringify(url)}; undefined`)
    await until(() => child.webContents.getTitle() === 'child', 'the child')
    await inPage(page.contents, `hostile.examine('child later', child.bridge, child)`)
    assert.equal(await inPage(child.webContents, 'bridge.add(1, 2)'), 3)
    assert.deepEqual(childChannels.items, [])
    await assertNothingReached(page)
  })

  it('withstands handlers that a page leaves behind when it goes', async t => {
    const page = await openHostile(
      t,
      `for (const type of ['beforeunload', 'pagehide', 'unload', 'visibilitychange', 'freeze'])
        addEventListener(type, event => {
          hostile.trapAll('EventTarget', 'Event', 'Promise', 'Function')
          try { bridge.send('honest') } catch {}
          try { sessionStorage.setItem('escapes', JSON.stringify(hostile.escapes)) } catch {}
        }, true)`,
    )
    await page.contents.loadURL(t.server.page(`<!doctype html><script>${tools()}</script>`))
    assert.equal(await inPage(page.contents, `sessionStorage.getItem('escapes') ?? '[]'`), '[]')
    await useHonestly(page)
    await assertNothingReached(page)
  })

  it('withstands document.open: the API goes on working in the rewritten document', async t => {
    const page = await openHostile(t, `hostile.trapAll('EventTarget', 'Event', 'Document')`)
    await inPage(
      page.contents,
      `document.open(); document.write('<!doctype html><p>rewritten'); document.close(); undefined`,
    )
    await useHonestly(page)
    await assertNothingReached(page)
  })

  it('withstands hundreds of frames that come and go during calls', async t => {
    const page = await openHostile(t, '')
    await inPage(
      page.contents,
      `(async () => {
        for (let round = 0; round < 20; round++) {
          const frames = Array.from({ length: 10 }, () => {
            const frame = document.createElement('iframe')
            document.body.append(frame)
            hostile.examine('one of many', frame.contentWindow.bridge)
            return frame
          })
          bridge.add(round, 1)
          await bridge.later(round)
          for (const frame of frames) frame.remove()
        }
      })()`,
    )
    await useHonestly(page)
    await assertNothingReached(page)
  })

  it('a page under attack cannot reach a preload that exposes nothing', async t => {
    const window = await openPage(t, 'about:blank', { preload: 'ipc' })
    const channels = collect(t, window.webContents, 'ipc-message', (_, channel) => channel)
    await window.loadURL(
      t.server.page(
        `<!doctype html><script>${tools()}</script><script>
          hostile.trapAll('EventTarget', 'Event', 'CustomEvent', 'MouseEvent', 'Function', 'Array', 'Object', 'Promise', 'Reflect')
        </script>`,
      ),
    )
    await inPreload(window.webContents, `ipcRenderer.send('its own'); document.title = 'x'; undefined`)
    await channels.count(1)
    await inPage(window.webContents, 'hostile.replay()')
    assert.deepEqual(await inPage(window.webContents, 'hostile.escapes'), [])
    assert.deepEqual(channels.items, ['its own'])
  })

  it('what a preload keeps in its globals cannot be read through any exposed value', async t => {
    const page = await openHostile(t, '')
    assert.deepEqual(
      await inPage(
        page.contents,
        `[globalThis.preloadSecret, bridge.preloadSecret, bridge.constructor.preloadSecret,
          bridge.add.constructor('return typeof preloadSecret')(), bridge.later.constructor('return typeof ipcRenderer')(),
          Object.getPrototypeOf(async () => {}).constructor('return typeof preloadSecret').name,
          bridge.callMe.call(null, function () { return typeof preloadSecret })]`,
      ),
      [undefined, undefined, undefined, 'undefined', 'undefined', 'anonymous', 'undefined'],
    )
  })
})
