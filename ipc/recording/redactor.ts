import type { TSchema } from 'typebox'
import type { Contract, EventDeclaration, MethodDeclaration } from '../contract.ts'
import type { Envelope, EnvelopeResponse } from '../envelope.ts'
import { redacted } from './recorded-value.ts'
import { holdsSensitive, redactedBySchema } from './redaction.ts'

/** Requests without an answer that are remembered, so that what comes of them is redacted by their contract. */
const maxOpenRequests = 10_000

/** What the framework itself says that holds nothing of the calls. */
const harmless = new Set([
  'nexus.hello',
  'nexus.goodbye',
  'nexus.credit',
  'nexus.cancel',
  'nexus.itemDemand',
  'nexus.inputDemand',
])

/**
 * Takes out of envelopes what contracts call sensitive: whole messages of methods marked `sensitive`, and single
 * properties marked so. What belongs to no known method is left out as a whole. Sees all envelopes in their order,
 * because answers do not name their method.
 */
export class Redactor {
  readonly #methods = new Map<string, MethodDeclaration>()
  readonly #events = new Map<string, EventDeclaration>()
  /** By the id of the request. */
  readonly #open = new Map<string, MethodDeclaration>()

  constructor(contracts: Iterable<Contract>) {
    for (const { name, methods, events } of contracts) {
      for (const [method, declaration] of Object.entries(methods)) {
        this.#methods.set(`${name}.${method}`, declaration)
      }
      for (const [event, declaration] of Object.entries(events)) {
        this.#events.set(`${name}.${event}`, declaration)
      }
    }
  }

  redact(envelope: Envelope): Envelope {
    switch (envelope.type) {
      case 'request':
      case 'notification':
        return { ...envelope, args: this.#argsOf(envelope) }
      case 'response': {
        const { response, id } = envelope
        if (response === null) return envelope
        const declaration = this.#open.get(id)
        this.#open.delete(id)
        return { ...envelope, response: responseWithout(response, declaration) }
      }
      case 'batch':
        // Its messages are to be given one by one.
        return { ...envelope, args: envelope.args.map(() => redacted) }
    }
  }

  #argsOf({ id, type, method, args }: Envelope): readonly unknown[] {
    if (harmless.has(method)) return args
    const ofCall = this.#open.get(id)
    switch (method) {
      case 'nexus.progress':
        return valuesOf(args, ofCall, ofCall?.progress)
      case 'nexus.item':
        return valuesOf(args, ofCall, ofCall?.item)
      case 'nexus.input':
        return valuesOf(args, ofCall, ofCall?.input)
      case 'nexus.inputEnd':
        return args.map(() => redacted)
    }
    const declaration = this.#methods.get(method)
    if (type === 'request' && declaration !== undefined) this.#remember(id, declaration)
    if (declaration !== undefined) return valuesOf(args, declaration, declaration.args)
    const event = this.#events.get(method)
    return args.map(value => (event === undefined ? redacted : redactedBySchema(event.payload, value)))
  }

  #remember(id: string, declaration: MethodDeclaration): void {
    this.#open.set(id, declaration)
    if (this.#open.size <= maxOpenRequests) return
    const oldest = this.#open.keys().next()
    if (oldest.done !== true) this.#open.delete(oldest.value)
  }
}

function valuesOf(
  values: readonly unknown[],
  declaration: MethodDeclaration | undefined,
  schema: TSchema | undefined,
): readonly unknown[] {
  const isKnown = declaration !== undefined && declaration.sensitive !== true && schema !== undefined
  return values.map(value => (isKnown ? redactedBySchema(schema, value) : redacted))
}

function responseWithout(
  response: EnvelopeResponse,
  declaration: MethodDeclaration | undefined,
): EnvelopeResponse {
  const { result, error, status } = response
  const [kept] = status === 'ok' ? valuesOf([result], declaration, declaration?.result) : [undefined]
  if (error === null) return { ...response, result: kept }
  // The words of an error, and even more its stack, may repeat what was asked.
  const isPlain =
    declaration !== undefined &&
    declaration.sensitive !== true &&
    !holdsSensitive(declaration.args) &&
    !holdsSensitive(declaration.result)
  const { code, message, retryable } = error
  return {
    ...response,
    result: kept,
    error: isPlain ? error : { code, message: message === '' ? '' : '(redacted)', retryable },
  }
}
