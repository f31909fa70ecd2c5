import type { ChildProcess } from 'node:child_process'
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node'
import type { Link } from '../transports/link.ts'
import { openPlainSocket } from '../transports/plain-socket.ts'
import { type Contestant, createService } from './contestant.ts'

/** On its own readers and writers for each transport. */
export const vscodeJsonrpc: Contestant = {
  async answer(link) {
    const connection = await connectionOver(link)
    const service = createService()
    connection.onRequest('add', service.add)
    connection.onRequest('echo', service.echo)
    connection.onRequest('received', service.received)
    connection.onNotification('notify', ({ value }: { readonly value: number }) => service.notify(value))
    connection.listen()
  },
  async call(link, fail) {
    const connection = await connectionOver(link)
    connection.listen()
    return {
      add: (numbers, done) => void connection.sendRequest<number>('add', numbers).then(done, fail),
      echo: (record, done) => void connection.sendRequest<typeof record>('echo', record).then(done, fail),
      notify: value => void connection.sendNotification('notify', { value }).catch(fail),
      received: done => void connection.sendRequest<never>('received').then(done, fail),
    }
  },
}

async function connectionOver(link: Link): Promise<MessageConnection> {
  switch (link.kind) {
    case 'port':
      return createMessageConnection(new PortMessageReader(link.port), new PortMessageWriter(link.port))
    case 'channel': {
      // It is typed for a whole process, of which it uses the channel.
      const channel = link.channel as ChildProcess
      return createMessageConnection(new IPCMessageReader(channel), new IPCMessageWriter(channel))
    }
    case 'socket': {
      const socket = await openPlainSocket(link)
      return createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket))
    }
  }
}
