import { systemClock } from './clock.ts'
import { createEndpoint, type Endpoint, type EndpointOptions } from './endpoint.ts'
import { RegistrationTimeoutError } from './errors.ts'
import { hubContract } from './hub-contract.ts'
import { type EndpointId, type Identity, isEndpointId } from './identity.ts'
import { parseIntroduction } from './introduction.ts'
import type { Port } from './port.ts'

/** Main answers within milliseconds; a process that is not welcomed by then never will be. */
export const defaultRegistrationTimeoutMs = 10_000

/** Where introductions come from, in whatever kind of process this is. */
export interface IntroductionSource {
  /** Only main can speak here. The port is null when something else than an introduction arrived. */
  onIntroduction(listener: (introduction: unknown, port: Port | null) => void): Disposable
}

export type MeetingOptions = Omit<EndpointOptions, 'identity' | 'requestPort'> & {
  /** Null waits for ever: a tab is welcomed only when somebody wants to read its page. */
  readonly registrationTimeoutMs?: number | null
}

/**
 * Waits for main's welcome and gives the endpoint that main named; from then on connects whoever main introduces, and
 * asks main for those that are called and not yet met. `prepare` runs before anything can arrive: the place to serve.
 * Rejects with REGISTRATION_TIMEOUT.
 */
export function meet(
  source: IntroductionSource,
  options: MeetingOptions,
  prepare: (endpoint: Endpoint) => void,
): Promise<Endpoint> {
  const clock = options.clock ?? systemClock
  const { registrationTimeoutMs: limitMs = defaultRegistrationTimeoutMs } = options
  const { promise, resolve, reject } = Promise.withResolvers<Endpoint>()
  let endpoint: Endpoint | null = null
  /** The last channel to each peer, so that a lost one is remade and a coming one is not. */
  const channels = new Map<EndpointId, number>()
  let givesUp: Disposable | null =
    limitMs === null
      ? null
      : clock.after(limitMs, () => {
          listening[Symbol.dispose]()
          reject(new RegistrationTimeoutError(`Main did not welcome this process within ${limitMs} ms`))
        })

  const welcome = (self: Identity, controller: Identity, port: Port): Endpoint => {
    givesUp?.[Symbol.dispose]()
    givesUp = null
    const made = createEndpoint({
      ...options,
      identity: self,
      requestPort: peer =>
        peer === controller.id ? undefined : hub.introduce({ peer, lostChannel: channels.get(peer) ?? null }),
    })
    const hub = made.client(hubContract, controller.id)
    hub.on('departed', ({ peer }) => {
      if (isEndpointId(peer)) made.connectionTo(peer)?.close('main saw it end')
    })
    prepare(made)
    made.connect(port, controller)
    return made
  }

  const listening = source.onIntroduction((raw, port) => {
    const introduction = parseIntroduction(raw)
    if (introduction === null || port === null) return
    const { peer, channel, self } = introduction
    channels.set(peer.id, channel)
    if (endpoint === null) {
      if (self === undefined) return
      endpoint = welcome(self, peer, port)
      resolve(endpoint)
    } else {
      endpoint.connect(port, peer)
    }
  })
  return promise
}
