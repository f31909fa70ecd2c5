import { once } from 'node:events'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEndpoint, type Endpoint } from './endpoint.ts'
import { createHub, type Departure, type Hub } from './hub.ts'
import { endpointId, identity } from './identity.ts'
import { joinHub, type Membership } from './meeting.ts'
import type { Port } from './port.ts'
import { renderer, utility } from './testing/hub-world.ts'
import type { MemberOrder } from './testing/member-thread.ts'
import { sampleContract } from './testing/sample-contract.ts'
import { domPort } from './transports/dom-port.ts'

const library = endpointId('library')
const reason = 'For the test.'

describe('processes that really end', () => {
  let controller: Endpoint
  let hub: Hub<MessagePort>
  let guest: Membership
  const workers: Worker[] = []

  beforeEach(() => {
    controller = createEndpoint({ identity: identity('controller', 'controller') })
    hub = createHub<MessagePort>({
      endpoint: controller,
      createChannel: () => {
        const { port1, port2 } = new MessageChannel()
        return [port1, port2]
      },
      adopt: domPort,
      authority: [{ from: 'guest', to: 'library', reason, sees: 'name' }],
    })
    let hear: (introduction: unknown, port: Port | null) => void = () => {}
    guest = joinHub({
      onIntroduction(listener) {
        hear = listener
        return { [Symbol.dispose]: () => {} }
      },
    })
    hub.register(renderer('guest:1', 'guest'), (introduction, port) => hear(introduction, domPort(port)))
  })

  afterEach(async () => {
    guest[Symbol.dispose]()
    hub[Symbol.dispose]()
    controller[Symbol.dispose]()
    await Promise.all(workers.splice(0).map(worker => worker.terminate()))
  })

  /** Starts a thread for the library; main forgets it when it sees it end. */
  function startLibrary(): { order: (order: MemberOrder) => void; exited: Promise<void> } {
    const worker = new Worker(new URL('./testing/member-thread.ts', import.meta.url))
    workers.push(worker)
    const order = (one: MemberOrder, ports: readonly MessagePort[] = []): void =>
      worker.postMessage(one, [...ports])
    const registration = hub.register(utility('library', 'library'), (introduction, port) =>
      order({ kind: 'introduce', introduction, port }, [port]),
    )
    const exited = once(worker, 'exit').then(([code]) => registration.remove(`exit code ${code}`))
    return { order, exited }
  }

  it('fail their calls, leave the registry and are announced with their exit, not with a deadline', async () => {
    const { order, exited } = startLibrary()
    const sample = guest.endpoint.client(sampleContract, library)
    await sample.add({ left: 1, right: 1 })
    const patient = { deadlineMs: 3_600_000 }
    const codeOf = (error: { readonly code: string }): string => error.code
    const hanging = [
      sample.hang({}, patient).catch(codeOf),
      controller.client(sampleContract, library).hang({}, patient).catch(codeOf),
    ]
    const departed = new Promise<Departure>(resolve => hub.onDidTerminate(resolve))
    const unseen = new Promise<void>(resolve => {
      guest.registry.onDidChange(({ removed }) => removed.includes(library) && resolve())
    })
    await sample.echo({ text: 'the calls have arrived' })
    order({ kind: 'die', exitCode: 7 })
    await exited
    expect(await Promise.all(hanging)).toEqual(['PROCESS_TERMINATED', 'PROCESS_TERMINATED'])
    expect((await departed).target.id).toBe('library')
    await unseen
    expect([hub.channels, guest.endpoint.connectionTo(library)]).toEqual([[], null])
  })

  it('come back under their name with new ports, and are heard by who listened before', async () => {
    const first = startLibrary()
    const sample = guest.endpoint.client(sampleContract, library)
    await sample.add({ left: 1, right: 1 })
    first.order({ kind: 'die', exitCode: 0 })
    await first.exited
    const counted = new Promise<number>(resolve => sample.on('ticked', ({ count }) => resolve(count)))
    const second = startLibrary()
    await controller.client(sampleContract, library).add({ left: 1, right: 1 })
    second.order({ kind: 'announce', count: 9 })
    expect([await counted, await sample.add({ left: 2, right: 2 })]).toEqual([9, 4])
  })
})
