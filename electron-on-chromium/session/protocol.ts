import type { CustomScheme } from 'electron'
import { customSchemes, isDefinable } from './custom-schemes.ts'
import { isResponse } from './protocol-response.ts'
import { enginePatternOf } from './scheme-mapping.ts'
import { defineUnmade, unmadeProtocolMembers } from './unmade-members.ts'

export type ProtocolHandler = (request: Request) => Response | Promise<Response>

const interceptableSchemes: ReadonlySet<string> = new Set(['http', 'https', 'file'])

/** Handlers for URL schemes in one session. `session.protocol`. */
export class Protocol {
  readonly #handlers = new Map<string, ProtocolHandler>()
  readonly #onChanged: () => void

  /** @internal `onChanged` is called whenever other URLs than before have to be handled. */
  constructor(onChanged: () => void) {
    this.#onChanged = onChanged
  }

  handle(scheme: string, handler: ProtocolHandler): void {
    if (typeof scheme !== 'string' || typeof handler !== 'function')
      throw new TypeError('protocol.handle expects a scheme and a function')
    if (this.#handlers.has(scheme) || !(interceptableSchemes.has(scheme) || isDefinable(scheme)))
      throw new Error(`Failed to register protocol: ${scheme}`)
    this.#handlers.set(scheme, handler)
    if (!interceptableSchemes.has(scheme)) customSchemes.handled(scheme)
    this.#onChanged()
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
    if (!interceptableSchemes.has(scheme)) customSchemes.unhandled(scheme)
    this.#onChanged()
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme)
  }

  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    customSchemes.registerAsPrivileged(schemes)
  }

  getSource(): null {
    return null
  }

  /** @internal The URLs that have to be intercepted, as DevTools patterns. */
  get patterns(): string[] {
    return [...this.#handlers.keys()].map(scheme =>
      interceptableSchemes.has(scheme) ? `${scheme}://*` : enginePatternOf(scheme),
    )
  }

  /**
   * @internal Asks the handler of the scheme. null: nobody handles it. A handler that throws, or gives back
   * something else than a response, is reported and answered with an error response, as in Electron.
   */
  async respond(scheme: string, request: Request): Promise<Response | null> {
    const handler = this.#handlers.get(scheme)
    if (!handler) return null
    try {
      const response: unknown = await handler(request)
      return isResponse(response) ? response : Response.error()
    } catch (error) {
      console.error(error)
      return Response.error()
    }
  }
}

defineUnmade(Protocol.prototype, 'protocol', unmadeProtocolMembers)
