import type { ArgsOf, Contract, MethodDeclaration, ProgressOf, ResultOf } from './contract.ts'
import { ValidationError } from './errors.ts'
import type { Identity } from './identity.ts'

/** What a handler knows of the call that it answers. */
export interface Call<Progress> {
  /** Who calls; main vouches for it. */
  readonly peer: Identity
  /** Aborted when the caller cancels, runs out of patience, or goes away. */
  readonly signal: AbortSignal
  /** When the caller stops waiting, as a time of this endpoint's clock. */
  readonly deadlineAt: number
  /** Tells the caller how far the work is. Does nothing once the call is over. */
  progress(report: Progress): void
}

export type Handler<M> = (args: ArgsOf<M>, call: Call<ProgressOf<M>>) => ResultOf<M> | Promise<ResultOf<M>>

/** One handler for each method of a contract. */
export type Handlers<C extends Contract> = {
  readonly [M in keyof C['methods']]: Handler<C['methods'][M]>
}

/** A handler whose types were checked where it was served, and are checked by schema from here on. */
export type ServedHandler = (args: unknown, call: Call<unknown>) => unknown

export interface ServedMethod {
  readonly declaration: MethodDeclaration
  readonly handle: ServedHandler
}

/** A contract with its handlers, found by name without touching a prototype. */
export class ServedContract {
  readonly contract: Contract
  readonly methods: ReadonlyMap<string, ServedMethod>

  constructor(contract: Contract, methods: ReadonlyMap<string, ServedMethod>) {
    this.contract = contract
    this.methods = methods
  }

  static of<C extends Contract>(contract: C, handlers: Handlers<C>): ServedContract {
    const methods = new Map<string, ServedMethod>()
    for (const [name, declaration] of Object.entries(contract.methods)) {
      if (!Object.hasOwn(handlers, name)) throw new ValidationError(`No handler for ${contract.name}.${name}`)
      // The type of `handlers` proves the pairing that the loop over names cannot express.
      const handle = handlers[name as keyof C['methods']] as ServedHandler
      methods.set(name, { declaration, handle: (args, call) => handle.call(handlers, args, call) })
    }
    return new ServedContract(contract, methods)
  }
}
