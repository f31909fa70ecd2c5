import type { CallOptions, SendOptions } from './call-options.ts'
import { CallTarget } from './call-target.ts'
import type {
  ArgsOf,
  Contract,
  InputOf,
  IsOneWay,
  ItemOf,
  PayloadOf,
  ProgressOf,
  ResultOf,
} from './contract.ts'
import { IdentifierConflictError } from './errors.ts'
import type { EndpointId } from './identity.ts'
import type { CallOwner } from './outgoing-call.ts'

/** The answer of a method whose contract names items: read them with `for await`; leaving the loop stops the other side. */
export interface ItemStream<Item, Result> extends AsyncIterable<Item> {
  /** What the handler returns after the last item. */
  readonly result: Promise<Result>
}

/** A method as it looks to a caller: a promise, a stream, or nothing for what is only sent. */
export type ClientMethod<M> =
  IsOneWay<M> extends true
    ? (args: ArgsOf<M>, options?: SendOptions) => void
    : [ItemOf<M>] extends [never]
      ? (args: ArgsOf<M>, options?: CallOptions<ProgressOf<M>, InputOf<M>>) => Promise<ResultOf<M>>
      : (
          args: ArgsOf<M>,
          options?: CallOptions<ProgressOf<M>, InputOf<M>>,
        ) => ItemStream<ItemOf<M>, ResultOf<M>>

type Methods<C extends Contract> = { readonly [M in keyof C['methods']]: ClientMethod<C['methods'][M]> }

/**
 * The methods of a contract as they look to a caller. Each rejects with an `IpcError`. `on` listens to an event of
 * that peer, before or after there is a connection, and across reconnections.
 */
export type Client<C extends Contract> = Methods<C> & {
  on<E extends keyof C['events'] & string>(
    event: E,
    listener: (payload: PayloadOf<C['events'][E]>) => void,
  ): Disposable
}

/** What a client stands on. */
export interface ClientHost extends CallOwner {
  call(target: CallTarget, args: unknown, options: CallOptions<unknown, unknown>): Promise<unknown>
  stream(
    target: CallTarget,
    args: unknown,
    options: CallOptions<unknown, unknown>,
  ): ItemStream<unknown, unknown>
  send(target: CallTarget, args: unknown, options: SendOptions): void
  listen(
    peer: EndpointId,
    contract: Contract,
    event: string,
    listener: (payload: unknown) => void,
  ): Disposable
}

/** Derives a client from a contract. Cheap: schemas are compiled when a method is first used. */
export function createClient<C extends Contract>(host: ClientHost, contract: C, peer: EndpointId): Client<C> {
  const client: Record<string, unknown> = Object.create(null)
  for (const [name, declaration] of Object.entries(contract.methods)) {
    if (name === 'on' || name === 'then') {
      throw new IdentifierConflictError(`${contract.name}.${name}: a method may not have this name`)
    }
    const target = new CallTarget(host, peer, contract.name, name, declaration)
    if (declaration.oneWay === true) {
      client[name] = (args: unknown, options: SendOptions = {}) => host.send(target, args, options)
    } else if (declaration.item !== undefined) {
      client[name] = (args: unknown, options: CallOptions<unknown, unknown> = {}) =>
        host.stream(target, args, options)
    } else {
      client[name] = (args: unknown, options: CallOptions<unknown, unknown> = noOptions) =>
        host.call(target, args, options)
    }
  }
  client.on = (event: string, listener: (payload: unknown) => void) =>
    host.listen(peer, contract, event, listener)
  // The loop above made exactly the methods of the contract, which a type cannot follow.
  return Object.freeze(client) as Client<C>
}

const noOptions: CallOptions<unknown, unknown> = {}
