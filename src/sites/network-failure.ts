import type { PageProblem } from '../../contracts/browser.ts'
import type { NetworkFailure, NetworkFailureKind } from '../../contracts/network.ts'

/** Problems of a host to which no way leads, with or without encryption. */
export const noWayKinds: ReadonlySet<PageProblem['kind']> = new Set([
  'hostNotFound',
  'offline',
  'privateAddress',
  'resolverFailed',
  'busy',
  'networkStopped',
  'blocked',
  'badAddress',
])

/**
 * What the engine says of a page that came through our proxy is that the proxy failed it. What the proxy knows of the host
 * is the truth; without that the engine's word stays.
 */
export function problemOfFailure(problem: PageProblem, failure: NetworkFailure | null): PageProblem {
  if (failure === null) return problem
  return { ...problem, kind: kindOfFailure(failure.kind), code: codes[failure.kind] }
}

/** What engines that connect by themselves call it. */
const codes: Readonly<Record<NetworkFailureKind, string>> = {
  hostNotFound: 'ERR_NAME_NOT_RESOLVED',
  resolverFailed: 'ERR_NAME_RESOLUTION_FAILED',
  privateAddress: 'ERR_PRIVATE_ADDRESS',
  refused: 'ERR_CONNECTION_REFUSED',
  timedOut: 'ERR_CONNECTION_TIMED_OUT',
  offline: 'ERR_INTERNET_DISCONNECTED',
  unreachable: 'ERR_ADDRESS_UNREACHABLE',
  dropped: 'ERR_CONNECTION_CLOSED',
  badResponse: 'ERR_INVALID_HTTP_RESPONSE',
  busy: 'ERR_INSUFFICIENT_RESOURCES',
  forbidden: 'ERR_BLOCKED_BY_CLIENT',
}

function kindOfFailure(kind: NetworkFailureKind): PageProblem['kind'] {
  switch (kind) {
    case 'hostNotFound':
    case 'resolverFailed':
    case 'privateAddress':
    case 'refused':
    case 'timedOut':
    case 'offline':
    case 'unreachable':
    case 'dropped':
    case 'badResponse':
    case 'busy':
      return kind
    case 'forbidden':
      return 'blocked'
  }
}
