import type { Endpoint } from '../endpoint.ts'
import type { EndpointTraffic } from './traffic.ts'

/** What an endpoint knows of its own pairs: those that it calls, and those that call it. */
export function endpointTraffic({ identity, metrics }: Endpoint): EndpointTraffic {
  const { calls, handled, pending } = metrics.snapshot()
  return {
    pairs: [
      ...calls.map(({ peer, ...numbers }) => ({ from: identity.id, to: peer, ...numbers })),
      ...handled.map(({ peer, ...numbers }) => ({ from: peer, to: identity.id, ...numbers })),
    ],
    pendingCalls: [...pending],
  }
}
