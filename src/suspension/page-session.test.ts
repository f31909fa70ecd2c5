import { EventEmitter } from 'node:events'
import { runInNewContext } from 'node:vm'
import type { WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { restoreSession, sessionScript } from './page-session.ts'

const url = 'https://shop.example/cart'
const session = [{ key: 'cart', value: 'three "eggs"\u2028</script>' }]

/** A page whose engine answers when the test says so. */
class Page extends EventEmitter {
  readonly said: string[] = []
  readonly answers: (() => void)[] = []
  isHeld = false
  readonly debugger = {
    isAttached: () => this.isHeld,
    attach: () => {
      this.isHeld = true
    },
    detach: () => {
      this.isHeld = false
    },
    sendCommand: (method: string) => {
      this.said.push(method)
      return new Promise<void>(resolve => this.answers.push(resolve))
    },
  }
  isDestroyed(): boolean {
    return false
  }
}

function wake(kept = session) {
  const page = new Page()
  const clock = new SimulatedClock()
  let isReady = false
  const waking = restoreSession(page as unknown as WebContents, { url, session: kept }, clock)
  waking.then(() => {
    isReady = true
  })
  return { page, clock, waking, isReady: () => isReady }
}

describe('what a page stored for its tab', () => {
  it('is told to the engine before the page may be loaded, and the engine is held until it is there', async () => {
    const { page, waking, isReady } = wake()
    page.answers.shift()?.()
    await new Promise(setImmediate)
    expect(isReady()).toBe(false)
    page.answers.shift()?.()
    await waking
    expect(page.said).toEqual(['Page.enable', 'Page.addScriptToEvaluateOnNewDocument'])
    expect(page.isHeld).toBe(true)
    page.emit('did-navigate')
    await new Promise(setImmediate)
    expect(page.isHeld).toBe(false)
  })

  it('does not keep a page waiting whose engine does not answer', async () => {
    const { clock, waking } = wake()
    clock.advance(500)
    await waking
  })

  it('costs a page nothing that stored nothing', async () => {
    const { page, waking } = wake([])
    await waking
    expect(page.said).toEqual([])
  })

  it.each<[string, string, boolean, Record<string, string>, Record<string, string>]>([
    ['comes back to its site', 'https://shop.example', true, {}, { cart: 'three "eggs"\u2028</script>' }],
    ['goes to no other site', 'https://other.example', true, {}, {}],
    ['goes to no frame', 'https://shop.example', false, {}, {}],
    ['replaces nothing', 'https://shop.example', true, { cart: 'new' }, { cart: 'new' }],
  ])('%s', (_what, origin, isTop, before, after) => {
    const held = new Map(Object.entries(before))
    const sessionStorage = {
      length: held.size,
      setItem: (key: string, value: string) => held.set(key, value),
    }
    const self = {}
    runInNewContext(sessionScript(url, session), { self, top: isTop ? self : {}, origin, sessionStorage })
    expect(Object.fromEntries(held)).toEqual(after)
  })
})
