import type { Contract } from './contract.ts'
import type { Endpoint } from './endpoint.ts'
import { IdentifierConflictError, TargetUnavailableError } from './errors.ts'
import type { Handler, Handlers, ServedHandler } from './served-contract.ts'

interface Served {
  readonly handlers: Map<string, ServedHandler>
  readonly service: Disposable
}

/**
 * Lets a contract be answered method by method, by whoever has the answer. It is served from the first handler to the
 * last; a method without one is answered TARGET_UNAVAILABLE.
 */
export class HandlerTable implements Disposable {
  readonly #endpoint: Endpoint
  readonly #served = new Map<string, Served>()

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }

  /** Throws IDENTIFIER_CONFLICT when the method has a handler, or the contract is served elsewhere. */
  handle<C extends Contract, M extends keyof C['methods'] & string>(
    contract: C,
    method: M,
    handler: Handler<C['methods'][M]>,
  ): Disposable {
    const served = this.#served.get(contract.name) ?? this.#serve(contract)
    const { handlers } = served
    if (handlers.has(method)) {
      throw new IdentifierConflictError(`${contract.name}.${method} has a handler already`)
    }
    // The type of `handler` proves what the table, which holds those of all contracts, cannot express.
    handlers.set(method, handler as ServedHandler)
    return {
      [Symbol.dispose]: () => {
        if (handlers.get(method) !== handler) return
        handlers.delete(method)
        if (handlers.size > 0) return
        this.#served.delete(contract.name)
        served.service[Symbol.dispose]()
      },
    }
  }

  [Symbol.dispose](): void {
    for (const { service } of this.#served.values()) service[Symbol.dispose]()
    this.#served.clear()
  }

  #serve<C extends Contract>(contract: C): Served {
    const handlers = new Map<string, ServedHandler>()
    const answer =
      (method: string): ServedHandler =>
      (args, call) => {
        const handler = handlers.get(method)
        if (handler !== undefined) return handler(args, call)
        throw new TargetUnavailableError(`Nobody handles ${contract.name}.${method} here`)
      }
    const all = Object.fromEntries(Object.keys(contract.methods).map(method => [method, answer(method)]))
    // One for each method of the contract, each as good as the typed handler that it hands on to.
    const service = this.#endpoint.serve(contract, all as Handlers<C>)
    const served = { handlers, service }
    this.#served.set(contract.name, served)
    return served
  }
}
