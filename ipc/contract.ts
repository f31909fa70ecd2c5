import * as Type from 'typebox'
import type { Priority } from './priority.ts'
import type { RetryPolicy } from './retry.ts'

type TSchema = Type.TSchema

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

/** How long a caller waits unless the contract or the call says otherwise. */
export const defaultDeadlineMs = 5_000

/** One method: what it takes, gives, reports while it runs, and who may call it. */
export interface MethodDeclaration {
  readonly args: TSchema
  readonly result: TSchema
  /** Shape of progress reports; absent when the method reports none. */
  readonly progress?: TSchema
  /** Shape of each item, for a method that answers with a stream; its handler is an async generator. */
  readonly item?: TSchema
  /** Shape of each item of a stream that the caller sends along; read at `call.input`. */
  readonly input?: TSchema
  /** Roles that may call it; every other role is answered PERMISSION_DENIED. */
  readonly callers: readonly string[]
  /**
   * Default deadline in milliseconds, counted at the caller; five seconds unless said. For streams: the longest silence
   * between two items.
   */
  readonly deadlineMs?: number
  /** True when running it twice does no harm, so that it may be retried or replayed. */
  readonly idempotent: boolean
  /** True when nobody waits for an answer: the client's method returns nothing, and `result` is Null. */
  readonly oneWay?: boolean
  /** Which calls go first when there are more than the other side takes; `normal` unless said. */
  readonly priority?: Priority
  /** How often it is tried again after a failure that may pass. Not tried again unless said. */
  readonly retry?: RetryPolicy
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
  readonly priority?: Priority
}

export function defineContract<
  const Name extends string,
  const Methods extends MethodMap,
  const Events extends EventMap = Record<never, never>,
>(name: Name, parts: { methods: Methods; events?: Events }): Contract<Name, Methods, Events> {
  return { name, methods: parts.methods, events: parts.events ?? ({} as Events) }
}

/** Keeps the exact type of a declaration, from which clients and handlers are derived. */
export function method<const Declaration extends MethodDeclaration>(declaration: Declaration): Declaration {
  return declaration
}

export function event<Payload extends TSchema>(
  declaration: EventDeclaration<Payload>,
): EventDeclaration<Payload> {
  return declaration
}

/** Raw bytes. They travel beside the text of a message, moved instead of copied where the transport can. */
export function bytes({ maxBytes }: { readonly maxBytes: number }): Type.TUnsafe<Uint8Array> {
  return Type.Unsafe<Uint8Array>({ type: 'bytes', maxBytes })
}

export type ArgsOf<M> = M extends { readonly args: infer A extends TSchema } ? Exactly<Type.Static<A>> : never
export type ResultOf<M> = M extends { readonly result: infer R extends TSchema }
  ? Exactly<Type.Static<R>>
  : never
export type ProgressOf<M> = M extends { readonly progress: infer P extends TSchema } ? Type.Static<P> : never
/** What a stream from the server consists of; `never` for a method without. */
export type ItemOf<M> = M extends { readonly item: infer I extends TSchema } ? Type.Static<I> : never
/** What a stream from the caller consists of; `never` for a method without. */
export type InputOf<M> = M extends { readonly input: infer I extends TSchema } ? Type.Static<I> : never
export type PayloadOf<E> = E extends { readonly payload: infer P extends TSchema } ? Type.Static<P> : never
/** Whether nobody waits for an answer. */
export type IsOneWay<M> = M extends { readonly oneWay: true } ? true : false

/** `object`, the type of a schema without properties, takes everything; but nothing may be in what it describes. */
type Exactly<T> = [T] extends [object] ? ([keyof T] extends [never] ? Readonly<Record<string, never>> : T) : T
