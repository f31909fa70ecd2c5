import type { CallOptions, SendOptions } from './call-options.ts'
import type { Client } from './client.ts'
import type { ArgsOf, Contract, InputOf, IsOneWay, ItemOf, ProgressOf, ResultOf } from './contract.ts'
import type { Endpoint } from './endpoint.ts'
import { TargetUnavailableError, ValidationError } from './errors.ts'
import { HandlerTable } from './handler-table.ts'
import { type EndpointId, isEndpointId } from './identity.ts'
import { type Selector, selectOne } from './registry-selector.ts'
import type { RegistryView } from './registry-view.ts'
import type { Handler } from './served-contract.ts'

/** One target, by a selector that fits exactly one; or every target that fits. */
export type Recipients = Selector | { readonly every: Selector }

/** The methods of a contract that are sent and not answered. */
export type OneWayMethod<C extends Contract> = {
  [M in keyof C['methods'] & string]: IsOneWay<C['methods'][M]> extends true ? M : never
}[keyof C['methods'] & string]

/** The methods of a contract that are answered once; those with streams are for `client`. */
export type AnsweredMethod<C extends Contract> = {
  [M in keyof C['methods'] & string]: IsOneWay<C['methods'][M]> extends true
    ? never
    : [ItemOf<C['methods'][M]>] extends [never]
      ? M
      : never
}[keyof C['methods'] & string]

/** Sends one method to one target or to many, and says to whom. */
type OneWaySender = <C extends Contract, M extends OneWayMethod<C>>(
  to: Recipients,
  contract: C,
  method: M,
  args: ArgsOf<C['methods'][M]>,
  options?: SendOptions,
) => readonly EndpointId[]

/** @internal A method of a client without its types. The receiver checks arguments, the endpoint here the answer. */
export type LooseMethod = (args: unknown, options?: unknown) => unknown

/**
 * Speaks to others by who they are instead of by name. A name in a selector is taken as it is: a call to one that is
 * not there yet waits for it or is answered by main. Every other selector looks into the registry of this process.
 */
export interface Messenger extends Disposable {
  readonly endpoint: Endpoint
  readonly registry: RegistryView
  /** Whom the words mean now. Throws TARGET_UNAVAILABLE for none and AMBIGUOUS_TARGET for more than one. */
  resolve(to: Selector): EndpointId
  /**
   * A client that finds its target anew with each call; a call that finds none, or more than one, rejects.
   * @example messenger.client(storageContract, { role: 'storage' }).read({ key })
   */
  client<C extends Contract>(contract: C, to: Selector): Client<C>
  /** Calls one method of one target. Rejects as `client` does. */
  invoke<C extends Contract, M extends AnsweredMethod<C>>(
    to: Selector,
    contract: C,
    method: M,
    args: ArgsOf<C['methods'][M]>,
    options?: CallOptions<ProgressOf<C['methods'][M]>, InputOf<C['methods'][M]>>,
  ): Promise<ResultOf<C['methods'][M]>>
  /**
   * Sends without waiting for an answer, and says to whom. Throws as `resolve` does; `{ every: … }` may be nobody.
   * @example messenger.send({ every: { role: 'tab' } }, pageContract, 'dim', { by: 0.5 })
   */
  readonly send: OneWaySender
  /** The same, but of several to one target in one tick only the last is sent: for what is overtaken by what follows. */
  readonly sendThrottled: OneWaySender
  /** Answers one method, until it is disposed. Throws IDENTIFIER_CONFLICT when somebody does already. */
  handle<C extends Contract, M extends keyof C['methods'] & string>(
    contract: C,
    method: M,
    handler: Handler<C['methods'][M]>,
  ): Disposable
  /** @internal One method by its name, for names that come as data. Throws VALIDATION_ERROR when there is none. */
  methodOf(peer: EndpointId, contract: Contract, method: string): LooseMethod
}

export interface MessengerOptions {
  readonly endpoint: Endpoint
  /** The membership's registry, or the hub's in main. */
  readonly registry: RegistryView
}

export function createMessenger(options: MessengerOptions): Messenger {
  return new EndpointMessenger(options)
}

class EndpointMessenger implements Messenger {
  readonly endpoint: Endpoint
  readonly registry: RegistryView
  readonly #handlers: HandlerTable
  /** Clients by contract and peer, so that a call by selector costs no more than one by name. */
  readonly #clients = new Map<EndpointId, Map<Contract, Readonly<Record<string, LooseMethod>>>>()
  readonly #following: Disposable

  readonly send: OneWaySender = (to, contract, method, args, options) => {
    const recipients =
      to !== 'all' && 'every' in to ? this.registry.find(to.every).map(({ id }) => id) : [this.resolve(to)]
    for (const id of recipients) this.methodOf(id, contract, method)(args, options)
    return recipients
  }

  readonly sendThrottled: OneWaySender = (to, contract, method, args, options) =>
    this.send(to, contract, method, args, { ...options, isLatestOnly: true })

  constructor({ endpoint, registry }: MessengerOptions) {
    this.endpoint = endpoint
    this.registry = registry
    this.#handlers = new HandlerTable(endpoint)
    this.#following = registry.onDidChange(({ removed }) => {
      for (const id of removed) this.#clients.delete(id)
    })
  }

  resolve(to: Selector): EndpointId {
    if (to !== 'all' && 'identifier' in to && typeof to.identifier === 'string') {
      if (isEndpointId(to.identifier)) return to.identifier
      throw new TargetUnavailableError(`Not the name of an endpoint: ${to.identifier.slice(0, 102)}`)
    }
    return selectOne(this.registry, to).id
  }

  client<C extends Contract>(contract: C, to: Selector): Client<C> {
    const client: Record<string, unknown> = Object.create(null)
    for (const [method, { oneWay, item }] of Object.entries(contract.methods)) {
      const call = this.#methodAt(to, contract, method)
      const isAnswered = oneWay !== true && item === undefined
      client[method] = isAnswered ? async (args: unknown, options?: unknown) => call(args, options) : call
    }
    client.on = this.#methodAt(to, contract, 'on')
    // The loop made exactly the methods of the contract, which a type cannot follow.
    return Object.freeze(client) as Client<C>
  }

  async invoke<C extends Contract, M extends AnsweredMethod<C>>(
    to: Selector,
    contract: C,
    method: M,
    args: ArgsOf<C['methods'][M]>,
    options?: CallOptions<ProgressOf<C['methods'][M]>, InputOf<C['methods'][M]>>,
  ): Promise<ResultOf<C['methods'][M]>> {
    const answer = await this.methodOf(this.resolve(to), contract, method)(args, options)
    // The endpoint has checked the answer against the contract.
    return answer as ResultOf<C['methods'][M]>
  }

  handle<C extends Contract, M extends keyof C['methods'] & string>(
    contract: C,
    method: M,
    handler: Handler<C['methods'][M]>,
  ): Disposable {
    return this.#handlers.handle(contract, method, handler)
  }

  methodOf(peer: EndpointId, contract: Contract, name: string): LooseMethod {
    const client = this.#clientOf(peer, contract)
    const method = Object.hasOwn(client, name) ? client[name] : undefined
    if (method === undefined) throw new ValidationError(`${contract.name} has no method ${name}`)
    return method
  }

  [Symbol.dispose](): void {
    this.#following[Symbol.dispose]()
    this.#handlers[Symbol.dispose]()
    this.#clients.clear()
  }

  /** Finds its target anew with each call. */
  #methodAt(to: Selector, contract: Contract, method: string): LooseMethod {
    return (args, options) => this.methodOf(this.resolve(to), contract, method)(args, options)
  }

  #clientOf(peer: EndpointId, contract: Contract): Readonly<Record<string, LooseMethod>> {
    let clients = this.#clients.get(peer)
    if (clients === undefined) {
      clients = new Map()
      this.#clients.set(peer, clients)
    }
    let client = clients.get(contract)
    if (client === undefined) {
      // Each entry is a method of the contract, or `on`.
      client = this.endpoint.client(contract, peer) as unknown as Readonly<Record<string, LooseMethod>>
      clients.set(contract, client)
    }
    return client
  }
}
