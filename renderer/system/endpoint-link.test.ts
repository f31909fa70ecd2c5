import { setImmediate as nextTask } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { MessageWindow } from '../../ipc/entry/renderer.ts'
import { FixtureLink } from '../dev/fixture-link.ts'
import { stateOf } from '../dev/fixtures/states.ts'
import { introduction, serveFixture } from '../dev/message-controller.ts'
import { EndpointLink } from './endpoint-link.ts'

type Listener = Parameters<MessageWindow['addEventListener']>[1]

/** A window that passes messages to itself, as `window.postMessage` does. */
class OwnWindow {
  readonly origin = 'nexus://chrome'
  readonly #listeners = new Set<Listener>()
  addEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.add(listener)
  }
  removeEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.delete(listener)
  }
  deliver(data: unknown, ports: readonly MessagePort[], source: unknown = this): void {
    for (const listener of [...this.#listeners]) listener({ data, source, origin: this.origin, ports })
  }
}

const opened: Disposable[] = []
afterEach(() => {
  for (const disposable of opened.splice(0)) disposable[Symbol.dispose]()
})

function connected() {
  const fixture = new FixtureLink(stateOf('page', null))
  const { port1, port2 } = new MessageChannel()
  const endpoint = serveFixture(fixture, port1)
  opened.push(endpoint)
  const window = new OwnWindow()
  const link = new EndpointLink(window)
  return { fixture, endpoint, window, link, port2 }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await nextTask()
}

test('connects by the introduction from its own window and shows the state whole', async () => {
  const { window, link, port2 } = connected()
  expect(link.snapshot()).toEqual({ kind: 'connecting' })
  window.deliver(introduction, [port2], 'another window')
  await nextTask()
  expect(link.snapshot()).toEqual({ kind: 'connecting' })
  window.deliver(introduction, [port2])
  await until(() => link.snapshot().kind === 'connected')
  expect(link.snapshot()).toEqual({ kind: 'connected', state: stateOf('page', null) })
})

test('passes intents on and tells of the state that came of them', async () => {
  const { fixture, window, link, port2 } = connected()
  window.deliver(introduction, [port2])
  await until(() => link.snapshot().kind === 'connected')
  let changes = 0
  const unsubscribe = link.subscribe(() => {
    changes += 1
  })
  await link.call('activateTab', { tabId: 'tab:2' })
  await until(() => changes > 0)
  expect(fixture.calls.at(-1)).toEqual({ method: 'activateTab', args: { tabId: 'tab:2' } })
  expect(link.snapshot()).toMatchObject({ kind: 'connected', state: { activeTabId: 'tab:2' } })
  unsubscribe()
})

test('hears shortcuts and samples', async () => {
  const { fixture, window, link, port2 } = connected()
  window.deliver(introduction, [port2])
  await until(() => link.snapshot().kind === 'connected')
  const heard: unknown[] = []
  link.onShortcut(shortcut => heard.push(shortcut))
  link.onProcesses(tree => heard.push(tree.rows.length))
  link.onMessages(traffic => heard.push(traffic.alerts.length))
  fixture.press('focusOmnibox')
  fixture.sample()
  fixture.sampleMessages()
  await until(() => heard.length === 3)
  expect(heard).toEqual(['focusOmnibox', 10, 3])
})

test('is lost when the controller goes, and refuses every call from then on', async () => {
  const { fixture, window, link, port2 } = connected()
  window.deliver(introduction, [port2])
  await until(() => link.snapshot().kind === 'connected')
  fixture.lose()
  await until(() => link.snapshot().kind === 'lost')
  await expect(link.call('reopenTab', {})).rejects.toMatchObject({ code: 'CONTROLLER_LOST' })
})

test('refuses a call before there is a controller', async () => {
  const { link } = connected()
  await expect(link.call('reopenTab', {})).rejects.toMatchObject({ code: 'CONTROLLER_LOST' })
})
