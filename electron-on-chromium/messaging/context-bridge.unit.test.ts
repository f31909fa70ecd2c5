import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BridgeLab } from './testing/bridged-page.ts'

let lab: BridgeLab

beforeAll(async () => {
  lab = await BridgeLab.open()
})
afterAll(() => lab[Symbol.asyncDispose]())

/** Exposes `api` (source of an expression in the preload) as `api`, runs `code` in the page and gives its value. */
async function across(api: string, code: string): Promise<unknown> {
  const page = await lab.page(`require('electron').contextBridge.exposeInMainWorld('api', ${api})`)
  await page.load(lab.serve('empty.html', '<body>here</body>'))
  return page.run(code)
}

describe('contextBridge.exposeInMainWorld', () => {
  it('is there for the first script of the page, under the strictest policy, and leaves nothing else behind', async () => {
    const page = await lab.page(`require('electron').contextBridge.exposeInMainWorld('api', { one: 1 })`)
    const plain = await lab.page('')
    const html = '<script>window.seen = window.api && window.api.one</script>'
    await page.load(lab.serve('first.html', html))
    await plain.load(lab.serve('first.html', html))
    expect(await page.run('window.seen')).toBe(1)
    const names = (await page.run('Object.getOwnPropertyNames(window)')) as string[]
    const plainNames = (await plain.run('Object.getOwnPropertyNames(window)')) as string[]
    expect(names.filter(name => !plainNames.includes(name))).toEqual(['api'])
    await page.load(`${lab.serve('first.html', html)}?csp=default-src 'none'; sandbox allow-scripts`)
    expect(await page.run('[window.seen, window.api.one]')).toEqual([undefined, 1])
  })

  it('copies values with the prototypes of the page, frozen at every level', async () => {
    const result = await across(
      `{ number: 1, text: 't', flag: true, nothing: null, missing: undefined, big: 10n, nan: NaN,
         list: [1, ['deep', { x: 1 }]], nested: { fn: () => 1 }, 1: 'one', bytes: new Uint8Array([1, 2]),
         pattern: /a/g, map: new Map([[1, 2]]), instance: new (class Point { x = 1; m() {} })() }`,
      `'use strict'; (() => {
        const refuses = action => { try { action(); return false } catch (error) { return error instanceof TypeError } }
        return {
          values: [api.number, api.text, api.flag, api.nothing, api.missing, api.big, api.nan, api[1]],
          list: api.list, map: api.map, instance: api.instance,
          prototypes: [Object.getPrototypeOf(api) === Object.prototype, api.list[1] instanceof Array,
            api.nested.fn instanceof Function, Object.getPrototypeOf(api.bytes) === Uint8Array.prototype,
            Object.getPrototypeOf(api.pattern) === RegExp.prototype, api.map instanceof Map],
          frozen: [refuses(() => { api.number = 2 }), refuses(() => api.list[1].push(1)), refuses(() => { api.nested.y = 1 }),
            refuses(() => { api.nested.fn.y = 1 }), refuses(() => { window.api = 1 }), refuses(() => { delete window.api })],
        }
      })()`,
    )
    expect(result).toEqual({
      values: [1, 't', true, null, undefined, 10n, Number.NaN, 'one'],
      list: [1, ['deep', { x: 1 }]],
      map: new Map([[1, 2]]),
      instance: { x: 1 },
      prototypes: [true, true, true, true, true, true],
      frozen: [true, true, true, true, true, true],
    })
  })

  it('carries calls, callbacks and promises both ways', async () => {
    const result = await across(
      `{ add: (a, b) => a + b, twice: fn => fn(fn(1)), later: async x => [x], wait: p => p.then(x => x * 2),
         first: second => second(fourth => fourth()), same: (a, b) => a === b, back: fn => fn,
         nest: () => new Promise(resolve => setTimeout(() => resolve(Promise.resolve({ fn: () => 'called' })), 1)) }`,
      `(async () => {
        const object = {}; const fn = () => null
        return [api.add(1, 2), api.twice(x => x + 1), await api.later('x'), await api.wait(Promise.resolve(21)),
          await api.first(third => third(() => Promise.resolve('final'))), api.same(object, object), api.back(fn) === fn,
          api.add === api.add, (await api.nest()).fn()]
      })()`,
    )
    expect(result).toEqual([3, 3, ['x'], 42, 'final', true, true, true, 'called'])
  })

  it('copies errors, thrown, rejected, returned or passed, as plain Errors of the receiving world', async () => {
    const result = await across(
      `{ throws: () => { throw new RangeError('oh no') }, weird: () => { throw 'text' }, rejects: async () => { throw new TypeError('no') },
         returns: () => new TypeError('as a value'), bad: () => Object(Symbol('x')), badDeep: () => ({ deep: [Object(Symbol('x'))] }),
         getter: () => ({ get bad() { throw new Error('damm') } }), badLater: async () => Object(Symbol('x')), takes: () => {},
         message: error => [error instanceof Error, error.message], throwing: fn => { try { fn() } catch (error) { return [error instanceof Error, error.message] } } }`,
      `(async () => {
        const of = async action => { try { await action(); return 'nothing' } catch (error) { return [Object.getPrototypeOf(error) === Error.prototype, error.message] } }
        return [await of(api.throws), (await of(api.weird))[0], await of(api.rejects), [api.returns() instanceof Error, api.returns().message],
          await of(api.bad), await of(api.badDeep), await of(api.getter), await of(api.badLater), await of(() => api.takes(Object(Symbol('y')))),
          api.message(new TypeError('mine')), api.throwing(() => { throw new Error('from the page') })]
      })()`,
    )
    const uncloneable = [true, 'An object could not be cloned.']
    expect(result).toEqual([
      [true, 'oh no'],
      true,
      [true, 'no'],
      [true, 'as a value'],
      uncloneable,
      uncloneable,
      [true, 'damm'],
      uncloneable,
      uncloneable,
      [true, 'mine'],
      [true, 'from the page'],
    ])
  })

  it('carries symbols, elements, blobs and cycles', async () => {
    const result = await across(
      `(() => { const symbol = Symbol('s'); const cycle = { value: 1 }; cycle.self = cycle
        return { symbol, is: s => s === symbol, keyed: () => ({ [symbol]: 5 }), iterator: () => Symbol.iterator, cycle,
          body: () => document.body, tag: fn => fn().tagName, blob: () => new Blob(['ab', 'c']), text: blob => blob.text() } })()`,
      `(async () => [api.is(api.symbol), api.keyed()[api.symbol], api.iterator() === Symbol.iterator, api.cycle.self.self.value,
        api.body() === document.body, api.tag(() => document.head), await api.blob().text(), await api.text(new Blob(['x']))])()`,
    )
    expect(result).toEqual([true, 5, true, 1, true, 'HEAD', 'abc', 'x'])
  })

  it('refuses nesting deeper than 1000, and to expose twice', async () => {
    const result = await across(
      `(() => { const bridge = require('electron').contextBridge; let refusal
        bridge.exposeInMainWorld('once', 1)
        try { bridge.exposeInMainWorld('once', 2) } catch (error) { refusal = error.message }
        return { take: () => true, refusal } })()`,
      `(() => {
        const nested = depth => { let list = []; for (let level = 0; level < depth; level++) list = [list]; return list }
        let error; try { api.take(nested(1000)) } catch (thrown) { error = thrown.message }
        return [api.take(nested(999)), error, window.once, api.refusal]
      })()`,
    )
    expect(result).toEqual([
      true,
      expect.stringContaining('recursion depth exceeded'),
      1,
      'Cannot bind an API on top of an existing property on the window object',
    ])
  })

  it('forgets functions that the other world no longer holds', async () => {
    const page = await lab.page(`
      const refs = []
      require('electron').contextBridge.exposeInMainWorld('api', {
        make() { const fn = () => 1; refs.push(new WeakRef(fn)); return fn },
      })
      globalThis.alive = () => refs.filter(ref => ref.deref()).length`)
    await page.load(lab.serve('empty.html', '<body>here</body>'))
    await page.run('window.kept = api.make(); for (let i = 0; i < 9; i++) api.make(); 0')
    await expect
      .poll(async () => {
        await page.session.send('HeapProfiler.collectGarbage')
        return page.runInPreload('alive()')
      })
      .toBe(1)
    expect(await page.run('window.kept()')).toBe(1)
  })
})
