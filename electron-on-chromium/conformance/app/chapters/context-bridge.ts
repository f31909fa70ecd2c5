// contextBridge: what crosses between the isolated world and the page, and what must not.
import assert from 'node:assert/strict'
import { ipcMain, type WebContents } from 'electron'
import { collect, inPage, inPreload, next, openPage, type PageCase, until } from '../harness/page.ts'
import { chapter, it } from './registry.ts'

const open = async (t: PageCase, document?: string): Promise<WebContents> =>
  (await openPage(t, document, { preload: 'bridge' })).webContents

chapter('contextBridge', () => {
  it('exposed text, numbers, booleans, arrays and objects are what they were', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        '(({ text, number, truth, nothing, list }) => ({ text, number, truth, nothing, list }))(bridge)',
      ),
      { text: 'text', number: 1.5, truth: true, nothing: null, list: ['a', ['b', { c: 1 }]] },
    )
  })

  it('a function, or text, can be exposed by itself', async t => {
    const page = await open(t)
    assert.deepEqual(await inPage(page, `[bareFunction('call'), bareText]`), ['bare call', 'just text'])
  })

  it('the API is there for the first script of the page', async t => {
    const page = await open(t, '<script>window.early = typeof bridge + typeof bridge?.add</script>')
    assert.equal(await inPage(page, 'early'), 'objectfunction')
  })

  it('functions return synchronously, and take every argument', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `[bridge.add(1, 2), bridge.nested.deeper.call('x'), bridge.count(), bridge.count(1, undefined, null)]`,
      ),
      [3, { called: 'x' }, 0, 3],
    )
  })

  it('what is exposed is frozen, all the way down', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `[bridge, bridge.nested, bridge.nested.deeper, bridge.list, bridge.list[1]].map(value => Object.isFrozen(value))`,
      ),
      [true, true, true, true, true],
    )
  })

  it('the key on window can be neither replaced nor deleted', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `(() => {
          window.bridge = 'replaced'
          const deleted = delete window.bridge
          let defined = 'defined'
          try { Object.defineProperty(window, 'bridge', { value: 1 }) } catch { defined = 'refused' }
          return [typeof bridge.add, deleted, defined]
        })()`,
      ),
      ['function', false, 'refused'],
    )
  })

  it('exposing the same key twice is refused', async t => {
    const page = await open(t)
    assert.match(
      String(
        await inPreload(
          page,
          `(() => { try { contextBridge.exposeInMainWorld('bridge', {}) } catch (error) { return error.message } })()`,
        ),
      ),
      /Cannot bind an API on top of an existing property on the window object/,
    )
  })

  it('a preload can expose more at a later time', async t => {
    const page = await open(t)
    await inPreload(page, `contextBridge.exposeInMainWorld('added', { late: () => 'late' })`)
    assert.equal(await inPage(page, 'added.late()'), 'late')
  })

  it('promises resolve and reject across, exposed or returned', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `(async () => {
          const outcome = promise => promise.then(value => ['kept', value], error => [error instanceof Error, error.message])
          return [
            bridge.later('x') instanceof Promise, await bridge.later('x'), await outcome(bridge.rejects('no')),
            await outcome(bridge.promises[0]), await outcome(bridge.promises[1]),
          ]
        })()`,
      ),
      [true, 'later x', [true, 'no'], ['kept', 'kept'], [true, 'broken']],
    )
  })

  it('a promise of the page can be awaited in the preload', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `Promise.all([bridge.awaits(Promise.resolve(5)), bridge.awaits(Promise.reject(new Error('of the page')))])`,
      ),
      [{ resolved: 5 }, { rejected: 'of the page' }],
    )
  })

  it('an error thrown by an exposed function is an Error of the page with the same message', async t => {
    const page = await open(t)
    const [isError, message, isPagePrototype] = (await inPage(
      page,
      `(() => { try { bridge.throws('thrown in the preload') } catch (error) {
        return [error instanceof Error, error.message, error.constructor.constructor === Function]
      } })()`,
    )) as unknown[]
    assert.deepEqual([isError, isPagePrototype], [true, true])
    assert.match(String(message), /thrown in the preload/)
  })

  it('an Error can be returned and passed', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `[bridge.makeError('made').message, bridge.makeError('x') instanceof Error, bridge.echo(new Error('passed')).message]`,
      ),
      ['made', true, 'passed'],
    )
  })

  it('a callback of the page is called with arguments and its result comes back', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(page, `[bridge.callMe((a, b) => ({ sum: a + b }), 1, 2), bridge.callMe(() => undefined)]`),
      [{ sum: 3 }, undefined],
    )
  })

  it('a callback of the page can be kept and called later', async t => {
    const page = await open(t)
    assert.equal(await inPage(page, `bridge.callLater(value => value + '!', 'called')`), 'called!')
    await inPage(page, `window.calls = []; bridge.keep(value => { calls.push(value) })`)
    await inPreload(page, `received[0]('one'); received[0]('two'); undefined`)
    assert.deepEqual(await inPage(page, 'calls'), ['one', 'two'])
  })

  it('an error thrown by a callback of the page is an Error in the preload', async t => {
    const page = await open(t)
    assert.deepEqual(await inPage(page, `bridge.callCatching(() => { throw new Error('from the page') })`), {
      caught: true,
      message: 'from the page',
    })
  })

  it('a function can return a function', async t => {
    const page = await open(t)
    assert.equal(await inPage(page, 'bridge.makeFunction(10)(5)'), 15)
  })

  it('dates, typed arrays, maps, sets, regular expressions and big integers are cloned', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `(() => {
          const map = bridge.echo(new Map([['k', new Set([1])]]))
          return [
            bridge.date instanceof Date && bridge.date.getTime(),
            bridge.bytes instanceof Uint8Array && [...bridge.bytes],
            map instanceof Map && map.get('k').has(1),
            String(bridge.echo(/a.b/g)), bridge.echo(3n) === 3n, [...new Uint8Array(bridge.echo(new ArrayBuffer(2)))],
          ]
        })()`,
      ),
      [86400000, [1, 2, 3], true, '/a.b/g', true, [0, 0]],
    )
  })

  it('an instance of a class crosses without its prototype', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `[bridge.point.x, typeof bridge.point.method, Object.getPrototypeOf(bridge.point) === Object.prototype,
          bridge.describe(new (class Special { own = 1; method() {} })())]`,
      ),
      [
        1,
        'undefined',
        true,
        { type: 'object', tag: '[object Object]', isArray: false, keys: ['own'], ownPrototype: true },
      ],
    )
  })

  it('objects are copied: a change on one side is not seen on the other', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `(() => {
          const mine = { a: 1 }
          const copy = bridge.mutate(mine)
          return [mine, copy, mine !== copy]
        })()`,
      ),
      [{ a: 1 }, { a: 1, changed: 'in the isolated world' }, true],
    )
  })

  it('an argument with a cycle stays a cycle', async t => {
    const page = await open(t)
    assert.equal(
      await inPage(
        page,
        `(() => { const o = { n: 1 }; o.self = o; const c = bridge.echo(o); return c.self.self.n })()`,
      ),
      1,
    )
  })

  it('values nested more than a thousand deep are refused with an error', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `(() => {
          const depth = value => { let n = 0; while (value.value) { value = value.value; n++ } return n }
          let message = 'no error'
          try { bridge.deep(2000) } catch (error) { message = error.message }
          return [depth(bridge.deep(100)), /recursion depth/.test(message) ? 'refused' : message]
        })()`,
      ),
      [100, 'refused'],
    )
  })

  it('elements cross as themselves', async t => {
    const page = await open(t, '<body><p id="p">text</p>')
    assert.deepEqual(
      await inPage(
        page,
        `[bridge.body() === document.body, bridge.tagOf(document.getElementById('p')), bridge.isOurBody(document.body)]`,
      ),
      [true, 'P', true],
    )
  })

  it('blobs cross both ways', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `(async () => [await bridge.blob().text(), bridge.blob().type, await bridge.readBlob(new Blob(['of the page']))])()`,
      ),
      ['of the preload', 'text/plain', 'of the page'],
    )
  })

  it('everything that crosses belongs to the page: no prototype leads to the isolated world', async t => {
    const page = await open(t)
    const leaks = await inPage(
      page,
      `(async () => {
        const caught = work => { try { work() } catch (error) { return error } }
        const rejected = await bridge.rejects('x').catch(error => error)
        const values = {
          api: bridge, fn: bridge.add, nested: bridge.nested.deeper, list: bridge.list, date: bridge.date,
          bytes: bridge.bytes, promise: bridge.later('x'), error: caught(() => bridge.throws('x')), rejected,
          made: bridge.makeFunction(1), map: bridge.echo(new Map()), returned: bridge.nested.deeper.call({}),
        }
        return Object.entries(values).filter(([, value]) => {
          const build = value.constructor.constructor
          return build !== Function || build('return globalThis')() !== window
        }).map(([name]) => name)
      })()`,
    )
    assert.deepEqual(leaks, [])
  })

  it('callbacks get arguments that belong to the page', async t => {
    const page = await open(t)
    assert.deepEqual(
      await inPage(
        page,
        `bridge.callMe((object, list, callback) => [object, list].map(value =>
          value.constructor.constructor('return globalThis')() === window), { a: 1 }, [1])`,
      ),
      [true, true],
    )
  })

  it('what the preload receives belongs to the isolated world', async t => {
    const page = await open(t)
    await inPage(page, 'bridge.keep({ a: [1] }); bridge.keep(() => 1); bridge.keep(Promise.resolve(1))')
    assert.deepEqual(
      await inPreload(
        page,
        `received.map(value => value.constructor.constructor('return typeof preloadSecret')())`,
      ),
      ['string', 'string', 'string'],
    )
  })

  it('globals of the preload are not visible to the page, nor the other way round', async t => {
    const page = await open(t, '<script>window.pageGlobal = 1; Array.prototype.pageMethod = 1</script>')
    assert.deepEqual(
      await inPage(
        page,
        `[typeof preloadSecret, typeof ipcRenderer, typeof require, typeof module, typeof process, typeof Buffer,
          typeof global, typeof __dirname]`,
      ),
      Array(8).fill('undefined'),
    )
    assert.deepEqual(await inPreload(page, `[typeof pageGlobal, typeof [].pageMethod, typeof bridge]`), [
      'undefined',
      'undefined',
      'undefined',
    ])
  })

  it('both worlds share the document', async t => {
    const page = await open(t, '<title>before</title>')
    await inPreload(
      page,
      `document.title = 'set by the preload'; document.body.dataset.mark = 'preload'; undefined`,
    )
    assert.deepEqual(await inPage(page, '[document.title, document.body.dataset.mark]'), [
      'set by the preload',
      'preload',
    ])
  })

  it('a function that sends ipc works from the page', async t => {
    const page = await open(t)
    const heard = collect(t, ipcMain, 'from-the-bridge', (_, value) => value)
    ipcMain.handle('bridge-invoke', (_, value) => `handled ${value}`)
    t.defer(() => ipcMain.removeHandler('bridge-invoke'))
    assert.equal(await inPage(page, `bridge.send({ a: 1 }); bridge.invoke('it')`), 'handled it')
    assert.deepEqual(heard.items, [{ a: 1 }])
  })

  it('a thousand calls in a row keep their results apart', async t => {
    const page = await open(t)
    assert.equal(
      await inPage(
        page,
        `Array.from({ length: 1000 }, (_, i) => bridge.add(i, 1)).every((sum, i) => sum === i + 1)`,
      ),
      true,
    )
  })

  it('exposeInIsolatedWorld exposes to that world alone', async t => {
    const page = await open(t)
    assert.equal(
      await page.executeJavaScriptInIsolatedWorld(1004, [{ code: 'bridge.fromPreload()' }]),
      'in world 1004',
    )
    assert.equal(await inPage(page, 'typeof bridge.fromPreload'), 'undefined')
  })

  it('executeInMainWorld runs a function in the page and returns a copy of its result', async t => {
    const page = await open(t, '<script>window.pageValue = 20</script>')
    assert.deepEqual(
      await inPreload(
        page,
        `contextBridge.executeInMainWorld({ func: (a, b) => ({ sum: a + b + pageValue }), args: [1, 2] })`,
      ),
      { sum: 23 },
    )
  })

  it('the API is there again after a navigation, and after a reload', async t => {
    const page = await open(t)
    await page.loadURL(t.server.page('<p>another site', 'b'))
    assert.equal(await inPage(page, 'bridge.add(1, 1)'), 2)
    const loaded = next(page, 'did-finish-load')
    page.reload()
    await loaded
    assert.equal(await inPage(page, 'bridge.add(2, 2)'), 4)
  })

  it('it works under the strictest content security policy', async t => {
    const page = await open(
      t,
      t.server.page({
        body: '<p>strict',
        headers: { 'content-security-policy': "default-src 'none'; sandbox allow-scripts" },
      }),
    )
    await until(async () => (await inPage(page, 'typeof bridge')) === 'object', 'the API')
    assert.deepEqual(await inPage(page, `[bridge.add(1, 2), bridge.callMe(x => x + 1, 1)]`), [3, 2])
  })

  it('it works in a trusted-types document', async t => {
    const page = await open(
      t,
      t.server.page({
        body: '<p>trusted',
        headers: { 'content-security-policy': "require-trusted-types-for 'script'" },
      }),
    )
    assert.equal(await inPage(page, 'bridge.add(1, 2)'), 3)
  })

  it('without context isolation contextBridge refuses, and the preload shares the globals of the page', async t => {
    const window = await openPage(t, undefined, {
      preload: 'no-isolation',
      webPreferences: { contextIsolation: false },
    })
    const [shared, outcome] = (await inPage(
      window.webContents,
      '[window.shared, window.outcome]',
    )) as string[]
    assert.equal(shared, 'shared with the page')
    assert.match(String(outcome), /contextBridge API can only be used when contextIsolation is enabled/)
  })
})
