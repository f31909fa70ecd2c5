import type { NetworkFailureKind } from '../contracts/network.ts'

/** Something could not be fetched. `kind` is stable; the message is for whoever looks after the program. */
export class NetworkError extends Error {
  readonly kind: NetworkFailureKind

  constructor(kind: NetworkFailureKind, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'NetworkError'
    this.kind = kind
  }
}

/** The kind of whatever a socket or a resolver failed with. */
export function asNetworkError(error: unknown, fallback: NetworkFailureKind = 'dropped'): NetworkError {
  if (error instanceof NetworkError) return error
  for (const one of causesOf(error)) {
    if (one instanceof NetworkError) return one
  }
  for (const one of causesOf(error)) {
    const kind = kindByCode.get(codeOf(one))
    if (kind !== undefined) return new NetworkError(kind, `${codeOf(one)}`, { cause: error })
  }
  return new NetworkError(fallback, error instanceof Error ? error.message : String(error), { cause: error })
}

const kindByCode: ReadonlyMap<string, NetworkFailureKind> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'timedOut'],
  ['ERR_SOCKET_CONNECTION_TIMEOUT', 'timedOut'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timedOut'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['ECONNRESET', 'dropped'],
  ['EPIPE', 'dropped'],
  ['ENOTFOUND', 'hostNotFound'],
])

function causesOf(error: unknown): readonly unknown[] {
  if (error instanceof AggregateError) return [...error.errors, error]
  return error instanceof Error && error.cause !== undefined ? [error, error.cause] : [error]
}

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}
