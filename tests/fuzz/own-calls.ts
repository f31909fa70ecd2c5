import type { Endpoint } from '../../ipc/endpoint.ts'
import type { EndpointId } from '../../ipc/identity.ts'
import { guardedContract } from './guarded-contract.ts'

/** What the victim itself asks of a hostile peer: everything has to end, and nothing may come that does not fit. */
export class OwnCalls implements Disposable {
  readonly violations: string[] = []
  #unsettled = 0
  readonly #listening: Disposable

  constructor(endpoint: Endpoint, peer: EndpointId) {
    const client = endpoint.client(guardedContract, peer)
    this.#listening = client.on('ticked', ({ count }) => this.#demand(Number.isInteger(count), 'an event'))
    this.#follow(client.add({ left: 1, right: 2 }), isNumber)
    this.#follow(
      client.steps({ upTo: 3 }, { onProgress: ({ at }) => this.#demand(Number.isInteger(at), 'a report') }),
      isNumber,
    )
    this.#follow(client.sum({}, { input: endless() }), isNumber)
    this.#follow(client.hang({}), value => value === null)
    const stream = client.numbers({ upTo: 5 })
    this.#follow(stream.result, isNumber)
    this.#follow(this.#readAll(stream), value => value === undefined)
    client.note({ text: 'to you' })
    endpoint.announce(guardedContract, 'ticked', { count: 1 }, { to: ({ id }) => id === peer })
  }

  get unsettled(): number {
    return this.#unsettled
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]()
  }

  async #readAll(items: AsyncIterable<number>): Promise<void> {
    for await (const item of items) this.#demand(Number.isInteger(item), 'an item')
  }

  #follow(result: Promise<unknown>, fits: (value: unknown) => boolean): void {
    this.#unsettled += 1
    result
      .then(
        value => this.#demand(fits(value), 'a result'),
        // Failing is what a hostile peer may do to a call.
        () => {},
      )
      .finally(() => {
        this.#unsettled -= 1
      })
  }

  #demand(isTrue: boolean, what: string): void {
    if (!isTrue) this.violations.push(`${what} that does not fit came through`)
  }
}

async function* endless(): AsyncGenerator<number> {
  for (let number = 0; ; number += 1) yield number
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}
