import type { Session } from 'electron'
import { expect, test } from 'vitest'
import { silentLog } from '../../ipc/log.ts'
import { type RequestPart, type RequestSource, WebRequests } from './web-request.ts'

type Listener = ((details: unknown, answer: (response: unknown) => void) => void) | null

/** A session of which only the listeners are there. */
function fakeSession() {
  const listeners = new Map<string, Listener>()
  const names = [
    'onBeforeRequest',
    'onBeforeSendHeaders',
    'onSendHeaders',
    'onHeadersReceived',
    'onBeforeRedirect',
    'onResponseStarted',
    'onCompleted',
    'onErrorOccurred',
  ]
  const webRequest = Object.fromEntries(
    names.map(name => [name, (listener: Listener) => void listeners.set(name, listener)]),
  )
  const source: RequestSource = { session: { webRequest } as unknown as Session, isPrivate: false }
  return {
    source,
    listened: () => names.filter(name => (listeners.get(name) ?? null) !== null),
    ask: (name: string, details: unknown) =>
      new Promise<unknown>(resolve => {
        const listener = listeners.get(name) ?? null
        if (listener === null) resolve('nobody listens')
        else listener(details, resolve)
      }),
  }
}

const request = {
  id: 1,
  url: 'https://a.example/',
  method: 'GET',
  requestHeaders: { cookie: 'a=1', dnt: '1' },
}

test('only those events are listened to that a part wants', () => {
  const requests = new WebRequests(silentLog)
  const { source, listened } = fakeSession()
  const attached = requests.attach(source)
  expect(listened()).toEqual([])
  const joined = requests.join({ name: 'one', decide: () => null, onFailed: () => {} })
  expect(listened()).toEqual(['onBeforeRequest', 'onErrorOccurred'])
  joined[Symbol.dispose]()
  expect(listened()).toEqual([])
  requests.join({ name: 'two', onCompleted: () => {} })
  expect(listened()).toEqual(['onCompleted'])
  attached[Symbol.dispose]()
  expect(listened()).toEqual([])
})

test('the first part that stops a request ends the asking, and all are told who it was', async () => {
  const requests = new WebRequests(silentLog)
  const { source, ask } = fakeSession()
  requests.attach(source)
  const told: unknown[] = []
  const asked: string[] = []
  const part = (name: string, decide: RequestPart['decide']): RequestPart => ({
    name,
    decide: (details, from) => {
      asked.push(name)
      return decide?.(details, from) ?? null
    },
  })
  requests.join({ name: 'log', onDecided: (_request, verdict) => told.push(verdict) })
  requests.join(part('patient', async () => null))
  requests.join(part('stern', () => ({ kind: 'redirect', url: 'https://b.example/' })))
  requests.join(part('never asked', () => ({ kind: 'cancel' })))
  expect(await ask('onBeforeRequest', request)).toEqual({ redirectURL: 'https://b.example/' })
  expect(asked).toEqual(['patient', 'stern'])
  expect(told).toEqual([{ verdict: { kind: 'redirect', url: 'https://b.example/' }, by: 'stern' }])
})

test('a part that fails, at once or later, holds up nothing', async () => {
  const said: string[] = []
  const requests = new WebRequests(({ message }) => said.push(message))
  const { source, ask } = fakeSession()
  requests.attach(source)
  requests.join({
    name: 'hasty',
    decide: () => {
      throw new Error('no')
    },
  })
  requests.join({ name: 'slow', decide: () => Promise.reject(new Error('never')) })
  expect(await ask('onBeforeRequest', request)).toEqual({})
  expect(said).toEqual(['"hasty" failed on a request: no', '"slow" failed on a request: never'])
})

test('headers go from part to part, and are left alone where none changes them', async () => {
  const requests = new WebRequests(silentLog)
  const { source, ask } = fakeSession()
  requests.attach(source)
  requests.join({ name: 'none', changeRequestHeaders: () => null, changeResponseHeaders: () => null })
  expect(await ask('onBeforeSendHeaders', request)).toEqual({})
  expect(await ask('onHeadersReceived', { ...request, responseHeaders: { a: ['1'] } })).toEqual({})
  requests.join({
    name: 'cookies',
    changeRequestHeaders: (_details, { cookie: _, ...rest }) => rest,
    changeResponseHeaders: (_details, headers) => ({ ...headers, b: ['2'] }),
  })
  requests.join({
    name: 'later',
    changeRequestHeaders: (_details, headers) => ({ ...headers, seen: Object.keys(headers).join() }),
  })
  expect(await ask('onBeforeSendHeaders', request)).toEqual({ requestHeaders: { dnt: '1', seen: 'dnt' } })
  expect(await ask('onHeadersReceived', { ...request, responseHeaders: { a: ['1'] } })).toEqual({
    responseHeaders: { a: ['1'], b: ['2'] },
  })
})
