import { setTimeout as delay } from 'node:timers/promises'
import { MessageChannel, Worker } from 'node:worker_threads'
import { createEndpoint, type Endpoint } from '../../../../ipc/endpoint.ts'
import { type EndpointId, type Identity, identity } from '../../../../ipc/identity.ts'
import type { Port } from '../../../../ipc/port.ts'
import { domPort } from '../../../../ipc/transports/dom-port.ts'
import { answererContract } from '../contestants/nexus-contract.ts'
import { numbersAt } from '../payload.ts'
import { atMost, type Measured } from '../results.ts'
import type { Group } from './group.ts'
import type { HangingTask } from './hanging.ts'

/** Below what one peer may have under way, so that nothing is held back or refused. */
const perPeer = 500

/** Bytes of this thread's heap, and of what hangs on it outside, for each of 100,000. */
export const memory: Group = {
  name: 'memory',
  title: 'heap bytes of one, by the difference over 100,000 (quick: 10,000)',
  execArgv: ['--expose-gc', '--max-old-space-size=8000'],
  async measure({ quick }) {
    const count = quick ? 10_000 : 100_000
    return [
      figure('an idle connection', await idleConnection(count), 8_192),
      figure('a pending call', await pendingCall(count / perPeer), 300),
      figure('a queued message', await queuedMessage(count / perPeer), 200),
    ]
  },
}

function figure(name: string, value: number, limit: number): Measured {
  return { name: `heap of ${name}`, unit: 'bytes', value, target: atMost(limit, 'value') }
}

/** Connections over ports that were there before and keep nothing. */
async function idleConnection(count: number): Promise<number> {
  const peers = identitiesOf(count)
  const endpoint = createEndpoint({ identity: identity('caller', 'controller') })
  const ports = peers.map(() => silentPort())
  const before = await heapBytes()
  for (const [index, peer] of peers.entries()) {
    const port = ports[index]
    if (port !== undefined) endpoint.connect(port, peer)
  }
  const after = await heapBytes()
  endpoint[Symbol.dispose]()
  return (after - before) / count
}

/** Calls that have been sent and are not answered, to `peers` endpoints in another thread. */
async function pendingCall(peers: number): Promise<number> {
  const endpoint = createEndpoint({ identity: identity('caller', 'controller') })
  const identities = identitiesOf(peers)
  const worker = new Worker(new URL('hanging.ts', import.meta.url))
  for (const peer of identities) {
    const { port1, port2 } = new MessageChannel()
    endpoint.connect(domPort(port1), peer)
    worker.postMessage({ peer, port: port2 } satisfies HangingTask, [port2])
  }
  const bytes = await bytesOfEach(endpoint, identities, (client, index) => client.hang(numbersAt(index)))
  endpoint[Symbol.dispose]()
  await worker.terminate()
  return bytes
}

/** Messages without an answer to peers that are not there yet. */
async function queuedMessage(peers: number): Promise<number> {
  const endpoint = createEndpoint({ identity: identity('caller', 'controller') })
  const bytes = await bytesOfEach(endpoint, identitiesOf(peers), (client, index) =>
    client.notify({ value: index }),
  )
  endpoint[Symbol.dispose]()
  return bytes
}

function clientOf(endpoint: Endpoint, peer: EndpointId) {
  return endpoint.client(answererContract, peer)
}

/** Makes `perPeer` of them to each peer. What the first to a peer makes for all that follow is not counted. */
async function bytesOfEach(
  endpoint: Endpoint,
  peers: readonly Identity[],
  make: (client: ReturnType<typeof clientOf>, index: number) => unknown,
): Promise<number> {
  const clients = peers.map(peer => clientOf(endpoint, peer.id))
  const firsts = clients.map(make)
  // What is made is kept, as a caller keeps it; the room for that is there from the start, and not counted.
  const kept: unknown[] = new Array(peers.length * perPeer).fill(null)
  const before = await heapBytes()
  for (let index = 0; index < kept.length; index += 1) {
    const client = clients[index % clients.length]
    if (client !== undefined) kept[index] = make(client, index)
  }
  const after = await heapBytes()
  for (const one of [...firsts, ...kept]) if (one instanceof Promise) one.catch(() => {})
  return (after - before) / kept.length
}

function identitiesOf(count: number): readonly Identity[] {
  return Array.from({ length: count }, (_, index) => identity(`peer:${index}`, 'service'))
}

/** After everything on its way has gone, and all garbage with it. */
async function heapBytes(): Promise<number> {
  await delay(200)
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.()
    await delay(10)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function silentPort(): Port {
  return {
    leavesMemory: false,
    post: () => {},
    onMessage: () => ({ [Symbol.dispose]: () => {} }),
    onClose: () => ({ [Symbol.dispose]: () => {} }),
    start: () => {},
    close: () => {},
  }
}
