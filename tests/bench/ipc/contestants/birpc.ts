import { createBirpc } from 'birpc'
import { messagesOver } from '../transports/messages.ts'
import { type Contestant, createService } from './contestant.ts'

type Service = ReturnType<typeof createService>

/** As its users have it: a random id, a timer and a promise for each call. */
export const birpc: Contestant = {
  async answer(link) {
    const messages = await messagesOver(link)
    createBirpc<object, Service>(createService(), {
      post: data => messages.post(data),
      on: listener => messages.onMessage(listener),
    })
  },
  async call(link, fail) {
    const messages = await messagesOver(link)
    const rpc = createBirpc<Service>(
      {},
      { post: data => messages.post(data), on: listener => messages.onMessage(listener) },
    )
    return {
      add: (numbers, done) => void rpc.add(numbers).then(done, fail),
      echo: (record, done) => void rpc.echo(record).then(done, fail),
      notify: value => void rpc.notify.asEvent(value).catch(fail),
      received: done => void rpc.received().then(done, fail),
    }
  },
}
