import { type Endpoint, expose, wrap } from 'comlink'
import type { Link } from '../transports/link.ts'
import { messagesOver } from '../transports/messages.ts'
import { type Contestant, createService } from './contestant.ts'

/** Over the plainest endpoint that it takes. It has no messages without an answer. */
export const comlink: Contestant = {
  async answer(link) {
    expose(createService(), await endpointOver(link))
  },
  async call(link, fail) {
    const remote = wrap<ReturnType<typeof createService>>(await endpointOver(link))
    return {
      add: (numbers, done) => void remote.add(numbers).then(done, fail),
      echo: (record, done) => void remote.echo(record).then(done, fail),
      received: done => void remote.received().then(done, fail),
    }
  },
}

async function endpointOver(link: Link): Promise<Endpoint> {
  const messages = await messagesOver(link)
  return {
    postMessage: message => messages.post(message),
    addEventListener(_, listener) {
      const receive = typeof listener === 'function' ? listener : listener.handleEvent.bind(listener)
      // Of an event it reads the data only.
      messages.onMessage((data: unknown) => receive({ data } as MessageEvent))
    },
    removeEventListener: () => {},
  }
}
