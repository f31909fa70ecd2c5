import type { NetworkFailureKind } from '../../contracts/network.ts'

/** The status that says it best: RFC 9110, 15.6. */
export function statusOf(kind: NetworkFailureKind): number {
  switch (kind) {
    case 'timedOut':
      return 504
    case 'busy':
      return 503
    case 'forbidden':
    case 'privateAddress':
      return 403
    case 'hostNotFound':
    case 'resolverFailed':
    case 'refused':
    case 'offline':
    case 'unreachable':
    case 'dropped':
    case 'badResponse':
      return 502
  }
}

const sentences: Readonly<Record<NetworkFailureKind, string>> = {
  hostNotFound: 'There is no host of this name.',
  resolverFailed: 'The server that knows the names of hosts does not answer.',
  privateAddress: 'This name leads to a private address, which a public name must not.',
  refused: 'The host refused the connection.',
  timedOut: 'The host did not answer in time.',
  offline: 'This machine has no network.',
  unreachable: 'There is no way to this host.',
  dropped: 'The connection ended in the middle.',
  badResponse: 'What the host answered is no HTTP.',
  busy: 'Too many connections are open.',
  forbidden: 'Nothing may connect there.',
}

export interface FailureReply {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
}

/**
 * What is answered in place of what could not be fetched. A page must see a failed request as one, not as a document of
 * the site: so the answer is made for engines to refuse, by two places to go to at once. (Chromium:
 * ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION, in HttpStreamParser.) Any other program sees status, cause and sentence.
 */
export function failureReply(kind: NetworkFailureKind): FailureReply {
  const body = `${sentences[kind]}\n`
  return {
    status: statusOf(kind),
    headers: [
      'Content-Type',
      'text/plain; charset=utf-8',
      'Content-Length',
      `${Buffer.byteLength(body)}`,
      'Cache-Control',
      'no-store',
      'X-Nexus-Problem',
      kind,
      'Location',
      'about:blank#1',
      'Location',
      'about:blank#2',
    ],
    body,
  }
}
