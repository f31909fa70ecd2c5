import { once } from 'node:events'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import type { Hub, Registration } from '../../ipc/hub.ts'
import { type EndpointId, identity } from '../../ipc/identity.ts'
import { utilityTarget } from '../../ipc/target.ts'
import { domPort } from '../../ipc/transports/dom-port.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { createRingChannel, ringPort } from '../../ipc/transports/ring-port.ts'
import { connectSocket } from '../../ipc/transports/socket.ts'
import type { Random } from '../fuzz/random.ts'
import type { MemberStart, Welcome } from './member-thread.ts'
import { serveSoak } from './soak-contract.ts'

/** Somebody who is connected for a while. */
export interface Visitor {
  readonly kind: string
  readonly id: EndpointId
  /** Ends it, more or less rudely, and waits until nothing of it is left here. */
  leave(): Promise<void>
}

/** Where visitors come to. */
export interface House {
  readonly endpoint: Endpoint
  readonly hub: Hub<MessagePort>
  readonly socketPath: string
  readonly random: Random
  /** Wrong answers that threads got. */
  readonly wrong: string[]
}

/** Smaller than what the default reserves, because many come and go. */
const ringBytes = 1_000_000

type Arrival = (house: House, slot: number) => Promise<Visitor> | Visitor

/** Each transport, by who sits at its other end. */
export const arrivals: Readonly<Record<string, Arrival>> = {
  /** In this thread; says goodbye, or drops the port. */
  memory({ endpoint, random }, slot) {
    const who = identity(`memory:${slot}`, 'guest')
    const visitor = createEndpoint({ identity: who })
    serveSoak(visitor)
    const [near, far] = createMemoryChannel()
    endpoint.connect(near, who)
    visitor.connect(far, endpoint.identity)
    return {
      kind: 'memory',
      id: who.id,
      leave: async () => {
        if (random.oneIn(2)) far.close()
        visitor[Symbol.dispose]()
      },
    }
  },

  /** Both ends of a MessageChannel in this thread, dropped from either side. */
  port({ endpoint, random }, slot) {
    const who = identity(`port:${slot}`, 'guest')
    const visitor = createEndpoint({ identity: who })
    serveSoak(visitor)
    const { port1, port2 } = new MessageChannel()
    const connection = endpoint.connect(domPort(port1), who)
    visitor.connect(domPort(port2), endpoint.identity)
    return {
      kind: 'port',
      id: who.id,
      leave: async () => {
        if (random.oneIn(3)) port2.close()
        else if (random.oneIn(2)) connection.close('the house wants it so')
        visitor[Symbol.dispose]()
      },
    }
  },

  /** A client in this process, over the socket that is served here. */
  async socket({ random, socketPath, endpoint }, slot) {
    const who = identity(`client:${slot}`, 'guest')
    const visitor = createEndpoint({ identity: who })
    serveSoak(visitor)
    const port = await connectSocket(socketPath)
    visitor.connect(port, endpoint.identity)
    return {
      kind: 'socket',
      id: endpoint.identity.id,
      leave: async () => {
        if (random.oneIn(2)) port.close()
        visitor[Symbol.dispose]()
      },
    }
  },

  /** A thread that joins the hub, meets the others, and is terminated. */
  hub(house, slot) {
    const { hub, random } = house
    const who = identity(`worker:${slot}`, 'worker')
    const others = [0, 1, 2, 3].filter(other => other !== slot).map(other => `worker:${other}`)
    const thread = startThread({ kind: 'hub', seed: random.below(2 ** 31), others }, house)
    const registration: Registration = hub.register(utilityTarget(who), (introduction, port) =>
      thread.postMessage({ introduction, port } satisfies Welcome, [port]),
    )
    thread.once('exit', () => registration.remove('its thread ended'))
    return { kind: 'hub', id: who.id, leave: () => terminated(thread) }
  },

  /** A thread over two rings, terminated; whoever started it closes the port. */
  ring(house, slot) {
    const { endpoint, random } = house
    const who = identity(`ring:${slot}`, 'guest')
    const [near, end] = createRingChannel({ capacityBytes: ringBytes })
    const port = ringPort(near)
    endpoint.connect(port, who)
    const thread = startThread({ kind: 'ring', seed: random.below(2 ** 31), end, name: who.id }, house)
    thread.once('exit', () => port.close())
    return { kind: 'ring', id: who.id, leave: () => terminated(thread) }
  },

  /** A thread with a client of the socket, terminated, which drops the socket in the midst of a frame. */
  socketThread(house, slot) {
    const { random, socketPath, endpoint } = house
    const name = `remote:${slot}`
    const thread = startThread({ kind: 'socket', seed: random.below(2 ** 31), path: socketPath, name }, house)
    return { kind: 'socketThread', id: endpoint.identity.id, leave: () => terminated(thread) }
  },
}

function startThread(start: MemberStart, { wrong }: House): Worker {
  const thread = new Worker(new URL('member-thread.ts', import.meta.url), { workerData: start })
  thread.on('message', (found: readonly string[]) => wrong.push(...found))
  thread.on('error', error => wrong.push(`A thread broke: ${String(error)}`))
  return thread
}

async function terminated(thread: Worker): Promise<void> {
  const exited = once(thread, 'exit')
  await thread.terminate()
  await exited
}
