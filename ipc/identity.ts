/** Names one endpoint: 'controller', 'chrome:1', 'tab:7', 'ai', 'storage', 'cli:3'. */
export type EndpointId = string & { readonly __brand: 'EndpointId' }

/** Who somebody is. Main gives it together with a port; nothing in a message can claim another. */
export interface Identity {
  readonly id: EndpointId
  /** The kind of endpoint, by which contracts say who may call. */
  readonly role: string
}

const endpointIdPattern = /^[a-z][a-zA-Z0-9-]{0,40}(:[a-zA-Z0-9._-]{1,60})?$/
const rolePattern = /^[a-z][a-zA-Z0-9-]{0,40}$/

export function isEndpointId(value: unknown): value is EndpointId {
  return typeof value === 'string' && endpointIdPattern.test(value)
}

/** Throws a TypeError for text that is not an endpoint's name. */
export function endpointId(text: string): EndpointId {
  if (!isEndpointId(text)) throw new TypeError(`Not the name of an endpoint: ${JSON.stringify(text)}`)
  return text
}

/** Throws a TypeError when either part is not well formed. */
export function identity(id: string, role: string): Identity {
  if (!rolePattern.test(role)) throw new TypeError(`Not the name of a role: ${JSON.stringify(role)}`)
  return { id: endpointId(id), role }
}

/** Reads an identity that main sent along with a port; null when it is none. */
export function parseIdentity(value: unknown): Identity | null {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('role' in value)) return null
  const { id, role } = value
  if (!isEndpointId(id) || typeof role !== 'string' || !rolePattern.test(role)) return null
  return { id, role }
}
