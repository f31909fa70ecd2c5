import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { createEndpoint, type Endpoint } from '../../../../ipc/endpoint.ts'
import { createHub, type Hub, type Registration } from '../../../../ipc/hub.ts'
import { identity } from '../../../../ipc/identity.ts'
import { utilityTarget } from '../../../../ipc/target.ts'
import { domPort } from '../../../../ipc/transports/dom-port.ts'
import { serviceNumber } from './service-contracts.ts'
import type { ServicesOrder } from './services.ts'

/** A member of the hub that answers. */
export interface Member {
  /** Calls it once and checks the answer. */
  call(): Promise<void>
  leave(): void
}

/** Main with its hub, and a thread with the services that register there. */
export class MeetingPlace implements AsyncDisposable {
  readonly #worker = new Worker(new URL('services.ts', import.meta.url))
  readonly #endpoint: Endpoint = createEndpoint({ identity: identity('controller', 'controller') })
  readonly #hub: Hub<MessagePort> = createHub<MessagePort>({
    endpoint: this.#endpoint,
    createChannel: () => {
      const { port1, port2 } = new MessageChannel()
      return [port1, port2]
    },
    adopt: domPort,
    authority: [],
  })

  /** Registers a service that serves one of the contracts; it may be called at once, and the call waits until it is there. */
  join(number: number, contractNumber: number): Member {
    const id = `service:${number}`
    const self = identity(id, 'service')
    const registration: Registration = this.#hub.register(utilityTarget(self), (introduction, port) =>
      this.#order({ kind: 'introduce', id, contract: contractNumber, introduction, port }, [port]),
    )
    const { contract } = serviceNumber(contractNumber)
    const client = this.#endpoint.client(contract, self.id)
    let last = 0
    return {
      call: async () => {
        last += 1
        if ((await client.add({ left: last, right: number })) !== last + number) {
          throw new Error('A wrong answer')
        }
      },
      leave: () => {
        registration.remove('it leaves')
        this.#order({ kind: 'end', id }, [])
      },
    }
  }

  /** The least that joining can be: a channel, one end handed over, and a first word from there. */
  async joinPlainly(): Promise<Member> {
    const { port1: near, port2: far } = new MessageChannel()
    const next = (): Promise<unknown> => new Promise(resolve => near.once('message', resolve))
    const first = next()
    this.#order({ kind: 'plain', port: far }, [far])
    await first
    return {
      call: async () => {
        const answer = next()
        near.postMessage({ left: 1, right: 2 })
        await answer
      },
      leave: () => near.close(),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hub[Symbol.dispose]()
    this.#endpoint[Symbol.dispose]()
    await this.#worker.terminate()
  }

  #order(order: ServicesOrder, ports: readonly MessagePort[]): void {
    this.#worker.postMessage(order, [...ports])
  }
}
