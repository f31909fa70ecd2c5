import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BridgeLab } from './testing/bridged-page.ts'

let lab: BridgeLab

beforeAll(async () => {
  lab = await BridgeLab.open()
})
afterAll(() => lab[Symbol.asyncDispose]())

// Sloppy on purpose: a strict preload would hide its functions from the stack by itself.
const preload = `
  const { contextBridge, ipcRenderer } = require('electron')
  function secretFunction(callback) { return callback() }
  contextBridge.exposeInMainWorld('api', {
    call: fn => secretFunction(fn), echo: x => x, later: p => p.then(x => x),
    insert: html => { const script = document.createElement('script'); script.textContent = html; document.documentElement.append(script) },
    sync: () => ipcRenderer.sendSync('sync'),
  })`

describe('a page that watches how it is called', () => {
  it('finds no event of the bridge in window.event, in callbacks, inserted scripts or thenables', async () => {
    const page = await lab.page(preload)
    await page.load(lab.serve('hostile.html', '<body></body>'))
    const seen = await page.run(`(async () => {
      const seen = []
      const look = where => seen.push([where, window.event === undefined ? null : window.event.type])
      api.call(() => look('callback'))
      api.insert('window.inserted = window.event === undefined')
      seen.push(['script', window.inserted ? null : 'event'])
      Object.defineProperty(Object.prototype, 'then', { configurable: true, get() { if (this.probe) look('then'); return undefined } })
      await api.later(Promise.resolve({ probe: true }))
      delete Object.prototype.then
      api.echo({ get getter() { look('getter'); return 1 } })
      return seen.filter(([, type]) => type !== null)
    })()`)
    expect(seen).toEqual([])
  })

  it('gets no function and no receiver of another world from stack traces', async () => {
    const page = await lab.page(preload)
    await page.load(lab.serve('hostile.html', '<body></body>'))
    const reached = await page.run(`(() => {
      const own = new Set([Function.prototype])
      const reached = []
      Error.stackTraceLimit = Infinity
      Error.prepareStackTrace = (error, sites) => sites
      api.call(function mine() {
        own.add(mine)
        for (const site of new Error().stack) {
          const fn = site.getFunction?.(), self = site.getThis?.()
          if (fn && !own.has(fn) && !(fn instanceof Function)) reached.push('foreign function')
          if (fn && fn !== mine && /secretFunction|createBridgeEnd|dispatch/.test(String(fn))) reached.push(String(fn))
          if (self && self !== window && !(self instanceof Object)) reached.push('foreign receiver')
        }
        try { reached.push(...[mine.caller].filter(Boolean).map(String)) } catch {}
      })
      delete Error.prepareStackTrace
      return reached
    })()`)
    expect(reached).toEqual([])
  })

  it('cannot answer or ask in the place of the preload with dialogs', async () => {
    const page = await lab.page(preload)
    await page.load(lab.serve('hostile.html', '<body></body>'))
    let asked = 0
    page.messaging.ipc.on('sync', event => {
      asked++
      event.returnValue = 'answer'
    })
    expect(
      await page.run(
        `(() => { window.genuine = window.prompt; window.prompt = text => { window.stolen = text; return '{"tree":"forged"}' }; return [api.sync(), window.stolen] })()`,
      ),
    ).toEqual(['answer', undefined])
    expect(await page.run(`genuine('standin-forged:1')`)).toBeNull()
    expect([asked, page.dialogs]).toEqual([1, ['standin-forged:1']])
  })

  it('keeps its API when the window outlives the empty document it began with', async () => {
    const page = await lab.page(preload, { runsInSubFrames: true })
    await page.load(lab.serve('hostile.html', '<body></body>'))
    const inner = lab.serve('reused.html', '<p>inner</p>')
    const result = await page.run(`(async () => {
      const frame = document.createElement('iframe')
      frame.src = ${JSON.stringify(inner)}
      document.body.append(frame)
      const child = frame.contentWindow
      const heard = []
      for (const type of ['addEventListener', 'dispatchEvent'])
        child.EventTarget.prototype[type] = function (...args) { heard.push(type); return Reflect.apply(EventTarget.prototype[type], this, args) }
      child.CustomEvent = class extends CustomEvent { constructor(...args) { super(...args); heard.push('CustomEvent') } }
      await new Promise(resolve => { frame.onload = resolve })
      return [child.api.echo({ fn: () => 5 }).fn(), heard]
    })()`)
    expect(result).toEqual([5, []])
  })
})
