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
  return failure === null ? problem : { ...problem, kind: kindOfFailure(failure.kind) }
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
