import type { Static, TSchema } from 'typebox'

/**
 * What may cross between two processes, declared once. Clients, servers, validators and types are derived from it.
 * A contract is served by one endpoint (the server) and called by its peers; methods go to the server, events come
 * from it.
 */
export interface Contract<
  Name extends string = string,
  Methods extends MethodMap = MethodMap,
  Events extends EventMap = EventMap,
> {
  readonly name: Name
  readonly methods: Methods
  readonly events: Events
}

export type MethodMap = Readonly<Record<string, MethodDeclaration>>
export type EventMap = Readonly<Record<string, EventDeclaration>>

/** One method: what it takes, gives, reports while it runs, and who may call it. */
export interface MethodDeclaration<
  Args extends TSchema = TSchema,
  Result extends TSchema = TSchema,
  Progress extends TSchema = TSchema,
> {
  readonly args: Args
  readonly result: Result
  /** Shape of progress reports; absent when the method reports none. */
  readonly progress?: Progress
  /** Roles that may call it; every other role is answered PERMISSION_DENIED. */
  readonly callers: readonly string[]
  /** Default deadline in milliseconds, counted at the caller. */
  readonly deadlineMs: number
  /** True when running it twice does no harm, so that it may be retried or replayed. */
  readonly idempotent: boolean
  /** Signed where a message leaves the machine's memory (the socket). */
  readonly critical?: boolean
  /** Redacted in recordings and encrypted where a message leaves the machine's memory. */
  readonly sensitive?: boolean
}

/** One event that the server announces to its peers. */
export interface EventDeclaration<Payload extends TSchema = TSchema> {
  readonly payload: Payload
  /** Roles that may listen. */
  readonly listeners: readonly string[]
}

export function defineContract<
  const Name extends string,
  const Methods extends MethodMap,
  const Events extends EventMap = Record<never, never>,
>(name: Name, parts: { methods: Methods; events?: Events }): Contract<Name, Methods, Events> {
  return { name, methods: parts.methods, events: parts.events ?? ({} as Events) }
}

export function method<Args extends TSchema, Result extends TSchema, Progress extends TSchema = TSchema>(
  declaration: MethodDeclaration<Args, Result, Progress>,
): MethodDeclaration<Args, Result, Progress> {
  return declaration
}

export function event<Payload extends TSchema>(
  declaration: EventDeclaration<Payload>,
): EventDeclaration<Payload> {
  return declaration
}

export type ArgsOf<M> = M extends { readonly args: infer A extends TSchema } ? Static<A> : never
export type ResultOf<M> = M extends { readonly result: infer R extends TSchema } ? Static<R> : never
export type ProgressOf<M> = M extends { readonly progress?: infer P }
  ? P extends TSchema
    ? Static<P>
    : never
  : never
export type PayloadOf<E> = E extends { readonly payload: infer P extends TSchema } ? Static<P> : never
