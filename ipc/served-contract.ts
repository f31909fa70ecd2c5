import { allowsRole } from './any-role.ts'
import { protectionOf } from './call-target.ts'
import type {
  ArgsOf,
  Contract,
  InputOf,
  IsOneWay,
  ItemOf,
  MethodDeclaration,
  ProgressOf,
  ResultOf,
} from './contract.ts'
import { ValidationError } from './errors.ts'
import type { Identity } from './identity.ts'
import type { Protection } from './port.ts'
import { priorityRank } from './priority.ts'
import { isTextSchema } from './text-schema.ts'
import { type Checker, checkerOf } from './validation.ts'

/** What a handler knows of the call that it answers. */
export interface Call<Progress, Input = never> {
  /** Who calls; main vouches for it. */
  readonly peer: Identity
  /** Aborted when the caller cancels, runs out of patience, or goes away. */
  readonly signal: AbortSignal
  /** When the caller stops waiting, as a time of this endpoint's clock. */
  readonly deadlineAt: number
  /** Say `within: call` in calls that are made for this one, and they belong to the same trace. */
  readonly traceId: number
  readonly spanId: number
  /** What the caller sends along, for methods that take a stream. For one reader, who sets the pace. */
  readonly input: AsyncIterable<Input>
  /** Tells the caller how far the work is. Does nothing once the call is over. */
  progress(report: Progress): void
}

/** Answers one method: with a result, or, where the contract names items, with a generator of them. */
export type Handler<M> = (
  args: ArgsOf<M>,
  call: Call<ProgressOf<M>, InputOf<M>>,
) => IsOneWay<M> extends true
  ? void | Promise<void>
  : [ItemOf<M>] extends [never]
    ? ResultOf<M> | Promise<ResultOf<M>>
    : AsyncGenerator<ItemOf<M>, ResultOf<M>, void>

/** One handler for each method of a contract. */
export type Handlers<C extends Contract> = {
  readonly [M in keyof C['methods']]: Handler<C['methods'][M]>
}

/** A handler whose types were checked where it was served, and are checked by schema from here on. */
export type ServedHandler = (args: unknown, call: Call<unknown>) => unknown

/** One method as it is answered here: what need not be found out again for each call. */
export class ServedMethod {
  /** `contract.method`. */
  readonly name: string
  readonly declaration: MethodDeclaration
  readonly handle: ServedHandler
  readonly protection: Protection
  readonly rank: 0 | 1 | 2
  readonly #allowed = new Map<string, boolean>()
  #args: Checker | null = null
  #isResultText: boolean | null = null

  constructor(name: string, declaration: MethodDeclaration, handle: ServedHandler) {
    this.name = name
    this.declaration = declaration
    this.handle = handle
    this.protection = protectionOf(declaration)
    this.rank = priorityRank[declaration.priority ?? 'normal']
  }

  get args(): Checker {
    this.#args ??= checkerOf(this.declaration.args)
    return this.#args
  }

  /** Whether results can travel as text. */
  get isResultText(): boolean {
    this.#isResultText ??= isTextSchema(this.declaration.result)
    return this.#isResultText
  }

  allows(role: string): boolean {
    let isAllowed = this.#allowed.get(role)
    if (isAllowed === undefined) {
      isAllowed = allowsRole(this.declaration.callers, role)
      this.#allowed.set(role, isAllowed)
    }
    return isAllowed
  }
}

/** A contract with its handlers, found by name without touching a prototype. */
export class ServedContract {
  readonly contract: Contract
  /** By full name, `contract.method`. */
  readonly methods: ReadonlyMap<string, ServedMethod>

  constructor(contract: Contract, methods: ReadonlyMap<string, ServedMethod>) {
    this.contract = contract
    this.methods = methods
  }

  static of<C extends Contract>(contract: C, handlers: Handlers<C>): ServedContract {
    const methods = new Map<string, ServedMethod>()
    for (const [method, declaration] of Object.entries(contract.methods)) {
      const name = `${contract.name}.${method}`
      if (!Object.hasOwn(handlers, method)) throw new ValidationError(`No handler for ${name}`)
      // The type of `handlers` proves the pairing that the loop over names cannot express.
      const handle = handlers[method as keyof C['methods']] as ServedHandler
      methods.set(
        name,
        new ServedMethod(name, declaration, (args, call) => handle.call(handlers, args, call)),
      )
    }
    return new ServedContract(contract, methods)
  }
}
