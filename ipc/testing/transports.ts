import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Port } from '../port.ts'
import { domPort } from '../transports/dom-port.ts'
import { electronPort } from '../transports/electron-port.ts'
import { createMemoryChannel } from '../transports/memory.ts'
import { parentPortPort, threadPort, utilityProcessPort } from '../transports/process-channel.ts'
import { createRingChannel, ringPort } from '../transports/ring-port.ts'
import { connectSocket } from '../transports/socket.ts'
import { listenOnSocket } from '../transports/socket-server.ts'
import { withElectronFace, withParentPortFace, withUtilityProcessFace } from './electron-faces.ts'
import { startForkedChild } from './forked-child.ts'
import type { PortThreadData, ThreadEnd, ThreadTask } from './port-thread.ts'
import { controlOverPort } from './remote-control.ts'
import { remotePort } from './remote-port.ts'

/** Two joined ports, and a way to be rid of them. */
export interface TestChannel extends AsyncDisposable {
  readonly ends: readonly [Port, Port]
}

/** Every transport, under the name that the suite shows. The second end may lie in another thread or process. */
export const transports: Readonly<Record<string, () => Promise<TestChannel>>> = {
  memory: async () => channelOf(createMemoryChannel()),
  'MessagePort of Node': async () => {
    const { port1, port2 } = new MessageChannel()
    return channelOf([domPort(port1), domPort(port2)])
  },
  'MessagePort to another thread': async () => {
    const { port1, port2 } = new MessageChannel()
    return channelToThread(domPort(port1), { kind: 'port', port: port2 })
  },
  'port with the face of MessagePortMain': async () => {
    const { port1, port2 } = new MessageChannel()
    return channelOf([electronPort(withElectronFace(port1)), electronPort(withElectronFace(port2))])
  },
  'channel with the faces of a utility process': async () => {
    const { port1, port2 } = new MessageChannel()
    const ends = [
      utilityProcessPort(withUtilityProcessFace(port1)),
      parentPortPort(withParentPortFace(port2)),
    ] as const
    return channelOf(ends, async () => port1.close())
  },
  'channel of a worker': async () => {
    const { port1: near, port2: control } = new MessageChannel()
    const worker = startThread(control)
    const ends = [threadPort(worker), remotePort(controlOverPort(near))] as const
    return channelOf(ends, async () => void (await worker.terminate()))
  },
  'channel of a child process': async () => {
    const { near, far, end } = startForkedChild()
    return channelOf([near, far], end)
  },
  'rings in one thread': async () => {
    const [near, far] = createRingChannel()
    return channelOf([ringPort(near), ringPort(far)])
  },
  'rings to another thread': async () => {
    const [near, ring] = createRingChannel()
    return channelToThread(ringPort(near), { kind: 'ring', ring })
  },
  'Unix socket': openSocketChannel,
}

function channelOf(ends: readonly [Port, Port], dispose?: () => Promise<void>): TestChannel {
  return {
    ends,
    async [Symbol.asyncDispose]() {
      for (const end of ends) end.close()
      await dispose?.()
    },
  }
}

/** Started once for all channels that do not need a thread of their own. */
let sharedThread: Worker | null = null

function channelToThread(near: Port, end: ThreadEnd): TestChannel {
  sharedThread ??= startThread(null)
  sharedThread.unref()
  const { port1, port2: control } = new MessageChannel()
  const task: ThreadTask = { control, end }
  sharedThread.postMessage(task, end.kind === 'port' ? [control, end.port] : [control])
  return channelOf([near, remotePort(controlOverPort(port1))], async () => port1.close())
}

function startThread(control: MessagePort | null): Worker {
  return new Worker(new URL('port-thread.ts', import.meta.url), {
    workerData: { control } satisfies PortThreadData,
    transferList: control === null ? [] : [control],
  })
}

async function openSocketChannel(): Promise<TestChannel> {
  const folder = await mkdtemp(join(tmpdir(), 'nexus-ipc-'))
  const path =
    process.platform === 'win32' ? `\\\\.\\pipe\\nexus-${randomUUID()}` : join(folder, 'own', 'test.sock')
  const { promise: accepted, resolve: accept } = Promise.withResolvers<Port>()
  const server = await listenOnSocket({ path, onConnection: accept })
  const near = await connectSocket(path)
  return channelOf([near, await accepted], async () => {
    await server[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })
}
