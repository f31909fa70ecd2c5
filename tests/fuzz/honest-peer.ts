import type { ItemStream } from '../../ipc/client.ts'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import { type Identity, identity } from '../../ipc/identity.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { guardedContract } from './guarded-contract.ts'
import { createGuardedService } from './guarded-service.ts'

export const honestIdentity = identity('honest', 'service')

/** Somebody who stands beside the hostile ones, and has to be answered all the time, and right. */
export class HonestPeer implements Disposable {
  readonly endpoint: Endpoint
  readonly service = createGuardedService(left => Promise.resolve(left))
  answered = 0
  slowestMs = 0
  readonly #victim: Identity
  readonly #stream: ItemStream<number, number>
  readonly #numbers: AsyncIterator<number>
  #lastNumber = 0

  constructor(victim: Endpoint) {
    this.endpoint = createEndpoint({ identity: honestIdentity })
    this.endpoint.serve(guardedContract, this.service)
    const [near, far] = createMemoryChannel()
    victim.connect(near, honestIdentity)
    this.endpoint.connect(far, victim.identity)
    this.#victim = victim.identity
    this.#stream = this.#client().numbers({ upTo: 1_000_000_000 }, { deadlineMs: 3_600_000 })
    this.#stream.result.catch(() => {})
    this.#numbers = this.#stream[Symbol.asyncIterator]()
  }

  /** Calls, and reads on in a stream that runs all the time. Null when both came right; else what was wrong. */
  async ask(left: number): Promise<string | null> {
    const startedAt = performance.now()
    try {
      const sum = await this.#client().add({ left, right: 1 }, { deadlineMs: 20_000 })
      const next = await this.#numbers.next()
      this.#lastNumber += 1
      this.answered += 1
      this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAt)
      if (sum !== left + 1) return `The honest peer was told that ${left} + 1 is ${sum}`
      return next.value === this.#lastNumber ? null : `The honest peer was sent ${next.value} of its stream`
    } catch (error) {
      return `The honest peer was not answered: ${String(error)}`
    }
  }

  [Symbol.dispose](): void {
    this.endpoint[Symbol.dispose]()
  }

  #client() {
    return this.endpoint.client(guardedContract, this.#victim.id)
  }
}
