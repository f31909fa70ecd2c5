import type { CallOptions } from '../call-options.ts'
import type { Contract } from '../contract.ts'
import type { Endpoint } from '../endpoint.ts'
import type { EndpointId } from '../identity.ts'
import { checkerOf } from '../validation.ts'
import { NotReplayable } from './player.ts'

type CallByName = (method: string, args: unknown) => Promise<unknown>

/**
 * Makes calls by `contract.method`, as a recording names them, with the deadlines of their contracts. Rejects with
 * `NotReplayable` for what today's contracts do not have, or cannot be made from one set of arguments.
 */
export function callByName(
  endpoint: Pick<Endpoint, 'client'>,
  peer: EndpointId,
  contracts: readonly Contract[],
): CallByName {
  return async (name, args) => {
    const [contractName = '', method = ''] = name.split('.')
    const contract = contracts.find(one => one.name === contractName)
    const declaration =
      contract !== undefined && Object.hasOwn(contract.methods, method) ? contract.methods[method] : undefined
    if (contract === undefined || declaration === undefined) {
      throw new NotReplayable(`${peer} has no method ${name} any more`)
    }
    if (declaration.item !== undefined || declaration.input !== undefined) {
      throw new NotReplayable(`${name} is a stream, which is not replayed`)
    }
    if (declaration.oneWay === true) throw new NotReplayable(`nobody waits for an answer of ${name}`)
    const checker = checkerOf(declaration.args)
    if (!checker.check(args)) {
      throw new NotReplayable(`its arguments fit the contract no more: ${checker.explain(args, 'args')}`)
    }
    // What the line above proved for the arguments, the loop in client.ts proves for the method.
    const methods = endpoint.client(contract, peer) as unknown as Readonly<
      Record<string, (args: unknown, options?: CallOptions<unknown>) => Promise<unknown>>
    >
    return await methods[method]?.(args)
  }
}
