import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Port } from '../port.ts'
import { domPort } from '../transports/dom-port.ts'
import { type ElectronMessagePort, electronPort } from '../transports/electron-port.ts'
import { createMemoryChannel } from '../transports/memory.ts'
import { connectSocket } from '../transports/socket.ts'
import { listenOnSocket } from '../transports/socket-server.ts'

/** Two joined ports, and a way to be rid of them. */
export interface TestChannel extends AsyncDisposable {
  readonly ends: readonly [Port, Port]
}

/** Every transport, under the name that the suite shows. */
export const transports: Readonly<Record<string, () => Promise<TestChannel>>> = {
  memory: async () => channelOf(createMemoryChannel()),
  'MessagePort of Node': async () => {
    const { port1, port2 } = new MessageChannel()
    return channelOf([domPort(port1), domPort(port2)])
  },
  'port with the face of MessagePortMain': async () => {
    const { port1, port2 } = new MessageChannel()
    return channelOf([electronPort(withElectronFace(port1)), electronPort(withElectronFace(port2))])
  },
  'Unix socket': openSocketChannel,
}

function channelOf(ends: readonly [Port, Port]): TestChannel {
  return {
    ends,
    async [Symbol.asyncDispose]() {
      for (const end of ends) end.close()
    },
  }
}

async function openSocketChannel(): Promise<TestChannel> {
  const folder = await mkdtemp(join(tmpdir(), 'nexus-ipc-'))
  const path =
    process.platform === 'win32' ? `\\\\.\\pipe\\nexus-${randomUUID()}` : join(folder, 'own', 'test.sock')
  const { promise: accepted, resolve: accept } = Promise.withResolvers<Port>()
  const server = await listenOnSocket({ path, onConnection: accept })
  const near = await connectSocket(path)
  const far = await accepted
  return {
    ends: [near, far],
    async [Symbol.asyncDispose]() {
      near.close()
      far.close()
      await server[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A Node port as Electron shows one: an emitter whose messages are events with `data`. */
function withElectronFace(port: MessagePort): ElectronMessagePort {
  const emitter = new EventEmitter()
  port.on('close', () => emitter.emit('close'))
  return Object.assign(emitter, {
    postMessage: (message: unknown) => port.postMessage(message),
    // Messages wait until `start`, as they do in Electron.
    start: () => void port.on('message', data => emitter.emit('message', { data })),
    close: () => port.close(),
  })
}
