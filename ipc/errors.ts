/** What an error may carry beside its code and message. */
export interface IpcErrorOptions {
  readonly retryable?: boolean
  readonly cause?: unknown
  readonly remoteStack?: string
}

/**
 * A failure that crosses processes by its code. A handler may throw one of its own making, with a code of its own; the
 * caller then gets the same code and message. Anything else that a handler throws becomes HANDLER_ERROR.
 */
export class IpcError extends Error {
  /** Stable, upper case, for programs; the message is for people. */
  readonly code: string
  /** Whether trying the same again may succeed. */
  readonly retryable: boolean
  /** The stack in the other process; only when it runs in debug mode. */
  readonly remoteStack: string | null = null

  constructor(code: string, message: string, options: IpcErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.retryable = options.retryable ?? false
    if (options.remoteStack !== undefined) this.remoteStack = options.remoteStack
  }
}

/** Nobody answers to this name, or nobody serves this contract there. */
export class TargetUnavailableError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('TARGET_UNAVAILABLE', message, { retryable: true, ...options })
  }
}

/** The deadline passed before the answer came. The work is asked to stop. */
export class TimeoutError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('TIMEOUT', message, { retryable: true, ...options })
  }
}

/** Arguments, a result or a payload do not fit the contract; the message names the place. */
export class ValidationError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('VALIDATION_ERROR', message, options)
  }
}

/** The handler threw something that it did not mean for its callers. */
export class HandlerError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('HANDLER_ERROR', message, options)
  }
}

/** The caller's role may not do this. */
export class PermissionDeniedError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('PERMISSION_DENIED', message, options)
  }
}

/** The caller changed its mind. */
export class CancelledError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('CANCELLED', message, options)
  }
}

/** A bounded queue is full; the sender is faster than the receiver. */
export class QueueFullError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('QUEUE_FULL', message, { retryable: true, ...options })
  }
}

/** A message is larger than the framework carries. */
export class MessageTooLargeError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('MESSAGE_TOO_LARGE', message, options)
  }
}

/** The name is taken: an endpoint, or a contract that is served already. */
export class IdentifierConflictError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('IDENTIFIER_CONFLICT', message, options)
  }
}

/** Main did not welcome this process in time. */
export class RegistrationTimeoutError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('REGISTRATION_TIMEOUT', message, { retryable: true, ...options })
  }
}

/** The other process ended, or its port closed, while a call was in flight. */
export class ProcessTerminatedError extends IpcError {
  constructor(message: string, options: IpcErrorOptions = {}) {
    super('PROCESS_TERMINATED', message, { retryable: true, ...options })
  }
}

/** A failure with a code of the other side's own making, such as NOTHING_TO_READ. */
export class RemoteError extends IpcError {}

type ErrorClass = new (message: string, options?: IpcErrorOptions) => IpcError

/** The codes of the framework itself, each with its class. */
const classByCode = new Map<string, ErrorClass>([
  ['TARGET_UNAVAILABLE', TargetUnavailableError],
  ['TIMEOUT', TimeoutError],
  ['VALIDATION_ERROR', ValidationError],
  ['HANDLER_ERROR', HandlerError],
  ['PERMISSION_DENIED', PermissionDeniedError],
  ['CANCELLED', CancelledError],
  ['QUEUE_FULL', QueueFullError],
  ['MESSAGE_TOO_LARGE', MessageTooLargeError],
  ['IDENTIFIER_CONFLICT', IdentifierConflictError],
  ['REGISTRATION_TIMEOUT', RegistrationTimeoutError],
  ['PROCESS_TERMINATED', ProcessTerminatedError],
])

/** How an error looks between two processes. */
export interface WireError {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
  readonly stack?: string
}

export const maxErrorMessageCharacters = 2_000
const codePattern = /^[A-Z][A-Z0-9_]{0,63}$/

export function isErrorCode(value: unknown): value is string {
  return typeof value === 'string' && codePattern.test(value)
}

/** What of an error may leave this process. `safeMessage` stands in for whatever a handler did not mean to tell. */
export function errorToWire(error: unknown, safeMessage: string, isDebugging: boolean): WireError {
  const known = error instanceof IpcError && isErrorCode(error.code) ? error : new HandlerError(safeMessage)
  const wire = {
    code: known.code,
    message: known.message.slice(0, maxErrorMessageCharacters),
    retryable: known.retryable,
  }
  const stack = error instanceof Error ? error.stack : undefined
  return isDebugging && stack !== undefined ? { ...wire, stack } : wire
}

export function errorFromWire(wire: WireError): IpcError {
  const Known = classByCode.get(wire.code)
  const stack = wire.stack === undefined ? {} : { remoteStack: wire.stack }
  if (Known !== undefined) return new Known(wire.message, stack)
  return new RemoteError(wire.code, wire.message, { retryable: wire.retryable, ...stack })
}
