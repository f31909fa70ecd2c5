import type { PageRecord } from '../payload.ts'
import { messagesOver } from '../transports/messages.ts'
import { type Contestant, createService } from './contestant.ts'

type Request =
  | { readonly id: number; readonly left: number; readonly right: number }
  | { readonly id: number; readonly record: PageRecord }
  | { readonly id: number }
  | { readonly value: number }

/** More than are ever in flight, and a power of two. */
const slots = 1_024

/** What the transport itself can do: one post a call, one post an answer, a number to tell them apart. */
export const raw: Contestant = {
  async answer(link) {
    const messages = await messagesOver(link)
    const service = createService()
    messages.onMessage((request: Request) => {
      if ('left' in request) messages.post({ id: request.id, result: service.add(request) })
      else if ('record' in request) messages.post({ id: request.id, result: service.echo(request.record) })
      else if ('value' in request) service.notify(request.value)
      else messages.post({ id: request.id, result: service.received() })
    })
  },
  async call(link) {
    const messages = await messagesOver(link)
    const waiting: ((result: never) => void)[] = Array.from({ length: slots }, () => () => {})
    let lastId = 0
    const next = (done: (result: never) => void): number => {
      lastId += 1
      waiting[lastId % slots] = done
      return lastId
    }
    messages.onMessage((answer: { readonly id: number; readonly result: never }) =>
      waiting[answer.id % slots]?.(answer.result),
    )
    return {
      add: ({ left, right }, done) => messages.post({ id: next(done), left, right }),
      echo: (record, done) => messages.post({ id: next(done), record }),
      notify: value => messages.post({ value }),
      received: done => messages.post({ id: next(done) }),
    }
  },
}

/** What is left of it when a caller awaits a promise for each call, as every other contestant has him do. */
export const rawWithPromises: Contestant = {
  answer: raw.answer,
  async call(link, fail) {
    const caller = await raw.call(link, fail)
    return {
      ...caller,
      add(numbers, done) {
        new Promise<number>(resolve => caller.add(numbers, resolve)).then(done, fail)
      },
      echo(record, done) {
        new Promise<PageRecord>(resolve => caller.echo(record, resolve)).then(done, fail)
      },
    }
  },
}
