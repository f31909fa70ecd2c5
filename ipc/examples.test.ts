import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as Type from 'typebox'
import { expect, it } from 'vitest'
import { systemClock } from './clock.ts'
import { bytes, defineContract, event, method } from './contract.ts'
import { createEndpoint } from './endpoint.ts'
import { createHub, type Registration } from './hub.ts'
import { identity } from './identity.ts'
import { joinHub } from './meeting.ts'
import { createMessenger } from './messenger.ts'
import { moved } from './moving.ts'
import { defaultRetryPolicy } from './retry.ts'
import { createRouter } from './router.ts'
import { utilityTarget } from './target.ts'
import { SpanRecorder } from './tracing/span-recorder.ts'
import { createMemoryChannel } from './transports/memory.ts'

// What README.md shows, run. The last test here sees to it that both say the same.

const notesContract = defineContract('notes', {
  methods: {
    write: method({
      args: Type.Object({ text: Type.String({ maxLength: 10_000 }) }),
      result: Type.Object({ id: Type.Integer() }),
      callers: ['window'],
      deadlineMs: 2_000,
      idempotent: false,
      critical: true,
    }),
    find: method({
      args: Type.Object({ words: Type.String() }),
      item: Type.Object({ id: Type.Integer(), text: Type.String() }),
      result: Type.Integer(),
      callers: ['window'],
      idempotent: true,
      retry: defaultRetryPolicy,
    }),
    importAll: method({
      args: Type.Object({}),
      input: Type.String(),
      result: Type.Integer(),
      progress: Type.Object({ done: Type.Integer() }),
      callers: ['window'],
      idempotent: false,
      priority: 'low',
    }),
    thumbnail: method({
      args: Type.Object({ id: Type.Integer() }),
      result: bytes({ maxBytes: 1_000_000 }),
      callers: ['window'],
      idempotent: true,
    }),
    seen: method({
      args: Type.Object({ id: Type.Integer() }),
      result: Type.Null(),
      callers: ['window'],
      idempotent: true,
      oneWay: true,
    }),
  },
  events: {
    changed: event({ payload: Type.Object({ count: Type.Integer() }), listeners: ['window'] }),
  },
})

function start() {
  const spans = new SpanRecorder(systemClock)
  const service = createEndpoint({ identity: identity('notes', 'notes') })
  const window = createEndpoint({ identity: identity('window:1', 'window'), spans })
  const [near, far] = createMemoryChannel()
  window.connect(near, service.identity)
  service.connect(far, window.identity)

  const texts: string[] = []
  service.serve(notesContract, {
    write: ({ text }) => {
      const id = texts.push(text)
      service.announce(notesContract, 'changed', { count: texts.length })
      return { id }
    },
    find: async function* ({ words }) {
      let found = 0
      for (const [index, text] of texts.entries()) {
        if (!text.includes(words)) continue
        found += 1
        yield { id: index + 1, text }
      }
      return found
    },
    importAll: async (_, call) => {
      for await (const text of call.input) call.progress({ done: texts.push(text) })
      return texts.length
    },
    thumbnail: () => moved(new Uint8Array(64_000)),
    seen: ({ id }, { peer }) => console.assert(id > 0 && peer.role === 'window'),
  })
  const notes = window.client(notesContract, service.identity.id)
  return { service, window, notes, spans }
}

it('calls, cancels, streams, sends and listens', async () => {
  const { service, window, notes, spans } = start()

  const { id } = await notes.write({ text: 'Buy milk' }, { deadlineMs: 500, priority: 'high' })

  const listening = notes.on('changed', ({ count }) => console.assert(count > 0))
  for await (const { text } of notes.find({ words: 'milk' })) console.assert(text.includes('milk'))
  await notes.importAll({}, { input: ['one', 'two'], onProgress: ({ done }) => console.assert(done > 0) })
  notes.seen({ id })
  const picture = await notes.thumbnail({ id })

  const stop = new AbortController()
  const late = notes.write({ text: 'never' }, { signal: stop.signal, retry: defaultRetryPolicy })
  stop.abort()
  await late.catch(error => console.assert(error.code === 'CANCELLED'))

  const { calls, pending, connections } = window.metrics.snapshot()
  console.assert((calls[0]?.p95Ms ?? 0) >= 0 && pending.length === 0 && connections.length === 1)
  const { spans: paths } = spans.read()
  console.assert(paths.every(path => path.totalMs >= path.handlerMs))
  const watching = window.watch(envelope => console.assert(envelope.source !== envelope.target))

  expect({ id, bytes: picture.length, calls: calls.length }).toEqual({ id: 1, bytes: 64_000, calls: 1 })
  expect(paths.length).toBeGreaterThan(3)
  watching[Symbol.dispose]()
  listening[Symbol.dispose]()
  window[Symbol.dispose]()
  service[Symbol.dispose]()
})

it('meets at the hub, finds by kind, and routes by name', async () => {
  const main = createEndpoint({ identity: identity('controller', 'controller') })
  const hub = createHub({
    endpoint: main,
    createChannel: createMemoryChannel,
    adopt: port => port,
    authority: [{ from: 'window', to: 'notes', reason: 'The window shows them.', sees: 'name' }],
  })
  const registrations: Registration[] = []
  const join = (name: string, role: string) => {
    const { source, deliver } = road()
    const membership = joinHub(source, {}, () => {})
    registrations.push(hub.register(utilityTarget(identity(name, role)), deliver))
    return membership
  }

  const notes = join('notes', 'notes')
  notes.endpoint.serve(notesContract, {
    write: ({ text }) => ({ id: text.length }),
    find: async function* () {
      yield { id: 1, text: 'found' }
      return 1
    },
    importAll: () => 0,
    thumbnail: () => new Uint8Array(),
    seen: () => {},
  })
  const window = join('window:1', 'window')
  await window.whenRegistered()

  const { endpoint, registry } = window
  const messenger = createMessenger({ endpoint, registry })
  await messenger.invoke({ role: 'notes' }, notesContract, 'write', { text: 'by its kind' })
  messenger.sendThrottled({ every: { role: 'notes' } }, notesContract, 'seen', { id: 1 })
  const router = createRouter({
    messenger,
    routes: [{ contract: notesContract, at: { identifier: 'notes' } }],
  })
  const { id } = await router.call('notes.write', { text: 'by its name' })

  expect(id).toBe(11)
  messenger[Symbol.dispose]()
  for (const registration of registrations) registration.remove('the end')
  hub[Symbol.dispose]()
  main[Symbol.dispose]()
})

/** The road on which main's introductions reach a process; in Electron it is `postMessage` of the process. */
function road() {
  type Listener = Parameters<Parameters<typeof joinHub>[0]['onIntroduction']>[0]
  let tell: Listener = () => {}
  return {
    source: {
      onIntroduction(listener: Listener) {
        tell = listener
        return { [Symbol.dispose]: () => {} }
      },
    },
    deliver: (...[introduction, port]: Parameters<Listener>) => tell(introduction, port),
  }
}

it('is what the README shows', async () => {
  const read = (file: string) => readFile(path.join(import.meta.dirname, file), 'utf8')
  const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
  const own = plain(await read('examples.test.ts'))
  const blocks = [...(await read('README.md')).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
  expect(blocks.length).toBeGreaterThan(5)
  for (const block of blocks) {
    for (const part of block.split('\n\n')) expect(own).toContain(plain(part))
  }
})
