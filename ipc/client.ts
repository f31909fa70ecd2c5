import type { ArgsOf, Contract, MethodDeclaration, PayloadOf, ProgressOf, ResultOf } from './contract.ts'
import { IdentifierConflictError } from './errors.ts'
import type { EndpointId } from './identity.ts'
import type { CallOptions } from './outgoing-call.ts'

type Methods<C extends Contract> = {
  readonly [M in keyof C['methods']]: (
    args: ArgsOf<C['methods'][M]>,
    options?: CallOptions<ProgressOf<C['methods'][M]>>,
  ) => Promise<ResultOf<C['methods'][M]>>
}

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
export interface ClientHost {
  call(
    peer: EndpointId,
    contract: string,
    method: string,
    declaration: MethodDeclaration,
    args: unknown,
    options: CallOptions<unknown>,
  ): Promise<unknown>
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
    client[name] = (args: unknown, options: CallOptions<unknown> = {}) =>
      host.call(peer, contract.name, name, declaration, args, options)
  }
  client.on = (event: string, listener: (payload: unknown) => void) =>
    host.listen(peer, contract, event, listener)
  // The loop above made exactly the methods of the contract, which a type cannot follow.
  return Object.freeze(client) as Client<C>
}
