import type { CallOptions } from './call-options.ts'
import { type Clock, systemClock } from './clock.ts'
import type { ArgsOf, Contract, MethodDeclaration, ProgressOf, ResultOf } from './contract.ts'
import { statusOfFailure } from './envelope.ts'
import { HandlerError, IpcError, ValidationError } from './errors.ts'
import type { EndpointId } from './identity.ts'
import type { Messenger } from './messenger.ts'
import type { Priority } from './priority.ts'
import type { Selector } from './registry-selector.ts'
import { defaultRetryPolicy } from './retry.ts'
import type { Handler, Handlers } from './served-contract.ts'
import type { VisibleTarget } from './target.ts'
import { checkerOf } from './validation.ts'

/** Which contracts a router knows, and who answers each when nobody is named. */
export interface Route<C extends Contract = Contract> {
  readonly contract: C
  readonly at: Selector
}

/** What a sender may say of a message. */
export interface OutgoingOptions {
  /** Instead of the contract's deadline, in milliseconds. */
  readonly timeoutMs?: number
  readonly priority?: Priority
  /** True unless said; without it the response tells only that the message is on its way. */
  readonly requiresResponse?: boolean
  /** How often to try again after a failure that may pass. */
  readonly retryCount?: number
}

/** One message without its way: part of a batch. */
export interface BatchEntry {
  /** `contract.method`. */
  readonly method: string
  /** Holds the one argument that methods take, or nothing for an empty one. */
  readonly args: readonly unknown[]
  readonly options?: OutgoingOptions
}

/**
 * A message as its sender writes it. What the port proves (source, process, thread) and what the framework counts
 * (sequence, time) is filled in where the message is read, see `Envelope`.
 */
export type OutgoingEnvelope =
  | ({ readonly type: 'request' | 'notification' } & Addressed & BatchEntry)
  /** Several in one packet; answered by a list of responses in the same order. */
  | ({ readonly type: 'batch'; readonly args: readonly BatchEntry[] } & Addressed)

interface Addressed {
  /** Comes back as `requestId`; made up when it is missing. */
  readonly id?: string
  /** Instead of the contract's route. */
  readonly target?: string
}

/** What became of a message. Failures are values here, so that the answers of many can be collected. */
export interface IpcResponse {
  readonly requestId: string
  /** Who answered, or should have; null when nobody was found. */
  readonly source: EndpointId | null
  readonly status: 'ok' | 'error' | 'timeout'
  readonly result?: unknown
  readonly error?: { readonly code: string; readonly message: string; readonly stack?: string }
  /** From sending to the answer, as the sender saw it. */
  readonly durationMs: number
}

/** Which targets of the registry a broadcast goes to. */
export type TargetFilter = Selector | ((target: VisibleTarget) => boolean)

/** `contract.method` of all contracts in a union. */
export type MethodName<C extends Contract> = C extends Contract
  ? `${C['name']}.${keyof C['methods'] & string}`
  : never

/** The declaration that such a name stands for. */
export type MethodNamed<C extends Contract, Name extends string> = C extends Contract
  ? Name extends `${C['name']}.${infer M}`
    ? M extends keyof C['methods']
      ? C['methods'][M]
      : never
    : never
  : never

/** Sends by the name of a method and answers method by method, over the contracts that it knows. */
export interface Router<C extends Contract> {
  /** Answers one method. Throws IDENTIFIER_CONFLICT when it has a handler. */
  registerHandler<One extends C, M extends keyof One['methods'] & string>(
    contract: One,
    method: M,
    handler: Handler<One['methods'][M]>,
  ): Disposable
  /** Answers all methods of a contract. */
  registerNamespace<One extends C>(contract: One, handlers: Handlers<One>): Disposable
  /**
   * Calls whoever the contract's route names.
   * @example await router.call('storage.read', { key: 'theme' })
   */
  call<Name extends MethodName<C>>(
    method: Name,
    args: ArgsOf<MethodNamed<C, Name>>,
    options?: CallOptions<ProgressOf<MethodNamed<C, Name>>>,
  ): Promise<ResultOf<MethodNamed<C, Name>>>
  /** Sends to the envelope's target, or along the contract's route. Never rejects. */
  send(envelope: OutgoingEnvelope): Promise<IpcResponse>
  /** Sends to this target, whatever the envelope says. Never rejects. */
  sendTo(target: string, envelope: OutgoingEnvelope): Promise<IpcResponse>
  /** Sends to all that pass the filter, and collects what each answers. Never rejects. */
  broadcast(envelope: OutgoingEnvelope, filter?: TargetFilter): Promise<readonly IpcResponse[]>
}

export interface RouterOptions<C extends Contract> {
  readonly messenger: Messenger
  readonly routes: readonly Route<C>[]
  readonly clock?: Clock
}

/**
 * @example
 * const router = createRouter({ messenger, routes: [{ contract: storageContract, at: { identifier: 'storage' } }] })
 */
export function createRouter<C extends Contract>(options: RouterOptions<C>): Router<C> {
  return new ContractRouter(options)
}

class ContractRouter<C extends Contract> implements Router<C> {
  readonly #messenger: Messenger
  readonly #clock: Clock
  readonly #routes: ReadonlyMap<string, Route>
  #lastId = 0

  constructor({ messenger, routes, clock = systemClock }: RouterOptions<C>) {
    this.#messenger = messenger
    this.#clock = clock
    this.#routes = new Map(routes.map(route => [route.contract.name, route]))
  }

  registerHandler<One extends C, M extends keyof One['methods'] & string>(
    contract: One,
    method: M,
    handler: Handler<One['methods'][M]>,
  ): Disposable {
    return this.#messenger.handle(contract, method, handler)
  }

  registerNamespace<One extends C>(contract: One, handlers: Handlers<One>): Disposable {
    return this.#messenger.endpoint.serve(contract, handlers)
  }

  async call<Name extends MethodName<C>>(
    name: Name,
    args: ArgsOf<MethodNamed<C, Name>>,
    options?: CallOptions<ProgressOf<MethodNamed<C, Name>>>,
  ): Promise<ResultOf<MethodNamed<C, Name>>> {
    const { route, method } = this.#find(name)
    const target = this.#messenger.resolve(route.at)
    const answer = await this.#messenger.methodOf(target, route.contract, method)(args, options)
    // The endpoint has checked the answer against the contract.
    return answer as ResultOf<MethodNamed<C, Name>>
  }

  send(envelope: OutgoingEnvelope): Promise<IpcResponse> {
    return this.#respond(envelope, this.#idOf(envelope), envelope.target)
  }

  sendTo(target: string, envelope: OutgoingEnvelope): Promise<IpcResponse> {
    return this.#respond(envelope, this.#idOf(envelope), target)
  }

  broadcast(envelope: OutgoingEnvelope, filter: TargetFilter = 'all'): Promise<readonly IpcResponse[]> {
    const { registry } = this.#messenger
    const targets = typeof filter === 'function' ? registry.targets.filter(filter) : registry.find(filter)
    const id = this.#idOf(envelope)
    return Promise.all(targets.map(target => this.#respond(envelope, id, target.id)))
  }

  #idOf({ id }: OutgoingEnvelope): string {
    if (id !== undefined) return id
    this.#lastId += 1
    return `${this.#messenger.endpoint.identity.id}#${this.#lastId}`
  }

  async #respond(
    envelope: OutgoingEnvelope,
    requestId: string,
    to: string | undefined,
  ): Promise<IpcResponse> {
    if (envelope.type !== 'batch') return this.#deliver(envelope, requestId, to, envelope.type === 'request')
    const startedAt = this.#clock.now()
    // All of one tick travel in one packet.
    const result = await Promise.all(
      envelope.args.map((entry, index) => this.#deliver(entry, `${requestId}/${index}`, to, true)),
    )
    return { requestId, source: null, status: 'ok', result, durationMs: this.#clock.now() - startedAt }
  }

  async #deliver(
    entry: BatchEntry,
    requestId: string,
    to: string | undefined,
    isRequest: boolean,
  ): Promise<IpcResponse> {
    const startedAt = this.#clock.now()
    const { requiresResponse = true } = entry.options ?? {}
    let source: EndpointId | null = null
    try {
      const { route, method, declaration } = this.#find(entry.method)
      source = this.#messenger.resolve(to === undefined ? route.at : { identifier: to })
      const args = argumentOf(entry, declaration)
      const sending = this.#messenger.methodOf(
        source,
        route.contract,
        method,
      )(args, callOptions(entry.options))
      const isAnswered = declaration.oneWay !== true && isRequest && requiresResponse
      // Nobody waits for it: the endpoint's counters know how it ended.
      if (!isAnswered && sending instanceof Promise) sending.catch(() => {})
      const answer = isAnswered ? { result: await sending } : {}
      return { requestId, source, status: 'ok', ...answer, durationMs: this.#clock.now() - startedAt }
    } catch (error) {
      return { requestId, source, ...failureOf(error), durationMs: this.#clock.now() - startedAt }
    }
  }

  #find(name: string): { route: Route; method: string; declaration: MethodDeclaration } {
    const dot = name.indexOf('.')
    const route = this.#routes.get(name.slice(0, dot))
    const method = name.slice(dot + 1)
    const declaration =
      route !== undefined && Object.hasOwn(route.contract.methods, method)
        ? route.contract.methods[method]
        : undefined
    if (route === undefined || declaration === undefined) {
      throw new ValidationError(`No contract has a method ${name.slice(0, maxNameCharacters)}`)
    }
    return { route, method, declaration }
  }
}

const maxNameCharacters = 200

/** Envelopes carry a list of arguments; methods take one. Checked here too: what comes as data was never typed. */
function argumentOf({ method, args }: BatchEntry, declaration: MethodDeclaration): unknown {
  if (declaration.item !== undefined) {
    throw new ValidationError(`${method} answers with a stream, which no single response can hold`)
  }
  if (args.length > 1) throw new ValidationError(`${method} takes one argument, not ${args.length}`)
  const [argument = {}] = args
  const checker = checkerOf(declaration.args)
  if (!checker.check(argument)) throw new ValidationError(`${method}: ${checker.explain(argument, 'args')}`)
  return argument
}

function callOptions({ timeoutMs, priority, retryCount }: OutgoingOptions = {}): CallOptions<never> {
  return {
    ...(timeoutMs === undefined ? {} : { deadlineMs: timeoutMs }),
    ...(priority === undefined ? {} : { priority }),
    ...(retryCount === undefined ? {} : { retry: { ...defaultRetryPolicy, maxRetries: retryCount } }),
  }
}

function failureOf(error: unknown): Pick<IpcResponse, 'status' | 'error'> {
  const known = error instanceof IpcError ? error : new HandlerError('The message could not be sent')
  const { code, message, remoteStack } = known
  return {
    status: statusOfFailure(code),
    error: remoteStack === null ? { code, message } : { code, message, stack: remoteStack },
  }
}
