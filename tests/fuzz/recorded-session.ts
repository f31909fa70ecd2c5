import { createEndpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import type { Packet, Port } from '../../ipc/port.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { guardedContract } from './guarded-contract.ts'
import { createGuardedService } from './guarded-service.ts'
import type { Message } from './hostile-messages.ts'

/** What an honest peer says in a session that uses everything once, as the framework writes it. */
export async function recordSession(): Promise<readonly Message[]> {
  const server = createEndpoint({ identity: identity('server', 'controller'), random: () => 0.5 })
  const caller = createEndpoint({ identity: identity('caller', 'guest'), random: () => 0.5 })
  server.serve(
    guardedContract,
    createGuardedService(left => Promise.resolve(left)),
  )
  const said: Message[] = []
  const [near, far] = createMemoryChannel()
  server.connect(near, caller.identity)
  caller.connect(
    listenedTo(far, packet => said.push(...messagesOf(packet))),
    server.identity,
  )
  const client = caller.client(guardedContract, server.identity.id)
  const hanging = new AbortController()
  const hung = client.hang({}, { signal: hanging.signal }).catch(() => {})
  await client.add({ left: 1, right: 2 }, { priority: 'high' })
  await client.echo({ text: 'hello' })
  await client.file({ id: 1, tags: ['one'], mode: 'slow', note: 'all of it' })
  await client.keep({ data: new Uint8Array(8) })
  await client.steps({ upTo: 3 })
  await client.relay({ left: 1 })
  await client.sum({}, { input: [1, 2, 3] })
  client.note({ text: 'by the way' })
  for await (const number of client.numbers({ upTo: 1_000_000 })) if (number > 200) break
  hanging.abort()
  await hung
  caller[Symbol.dispose]()
  server[Symbol.dispose]()
  return said
}

function listenedTo(port: Port, hear: (packet: Packet) => void): Port {
  return {
    leavesMemory: port.leavesMemory,
    post(packet, options) {
      hear(packet)
      port.post(packet, options)
    },
    onMessage: listener => port.onMessage(listener),
    onClose: listener => port.onClose(listener),
    start: () => port.start(),
    close: () => port.close(),
  }
}

function messagesOf(packet: Packet): readonly Message[] {
  const messages: unknown = typeof packet === 'string' ? JSON.parse(packet) : packet
  return Array.isArray(messages) ? messages.filter(Array.isArray) : []
}
