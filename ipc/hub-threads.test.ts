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
  function startLibrary(): { order: (order: MemberOrder) => void; exited: Promise<number> } {
    const worker = new Worker(new URL('./testing/member-thread.ts', import.meta.url))
    workers.push(worker)
    const order = (one: MemberOrder, ports: readonly MessagePort[] = []): void =>
      worker.postMessage(one, [...ports])
    const registration = hub.register(utility('library', 'library'), (introduction, port) =>
      order({ kind: 'introduce', introduction, port }, [port]),
    )
    const exited = once(worker, 'exit').then(([code]) => {
      const seenAt = performance.now()
      registration.remove(`exit code ${code}`)
      return seenAt
    })
    return { order, exited }
  }

  it('fail their calls, leave the registry and are announced within 100 ms of their exit', async () => {
    const { order, exited } = startLibrary()
    const sample = guest.endpoint.client(sampleContract, library)
    await sample.add({ left: 1, right: 1 })
    const failed: { code: string; at: number }[] = []
    const note = (error: { code: string }) => failed.push({ code: error.code, at: performance.now() })
    const hanging = [
      sample.hang({}).catch(note),
      controller.client(sampleContract, library).hang({}).catch(note),
    ]
    const departed = new Promise<Departure>(resolve => hub.onDidTerminate(resolve))
    const unseen = new Promise<number>(resolve => {
      guest.registry.onDidChange(({ removed }) => removed.includes(library) && resolve(performance.now()))
    })
    await sample.echo({ text: 'the calls have arrived' })
    order({ kind: 'die', exitCode: 7 })
    const exitedAt = await exited
    await Promise.all(hanging)
    expect((await departed).target.id).toBe('library')
    const lastAt = Math.max(await unseen, ...failed.map(({ at }) => at))
    expect(failed.map(({ code }) => code)).toEqual(['PROCESS_TERMINATED', 'PROCESS_TERMINATED'])
    expect([hub.channels, guest.endpoint.connectionTo(library)]).toEqual([[], null])
    expect(lastAt - exitedAt).toBeLessThan(100)
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
