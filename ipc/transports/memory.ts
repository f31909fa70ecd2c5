import type { Port } from '../port.ts'
import { Arrivals } from './arrivals.ts'
import { channelPort } from './channel-port.ts'

/** Two ports that are joined inside one process. Packets are copied and arrive in a later task, as with real ports. */
export function createMemoryChannel(): readonly [Port, Port] {
  const first = new Arrivals()
  const second = new Arrivals()
  return [joined(first, second), joined(second, first)]
}

function joined(own: Arrivals, peer: Arrivals): Port {
  return channelPort(own, {
    send(packet, options) {
      const copy: unknown =
        typeof packet === 'string'
          ? packet
          : structuredClone(packet, { transfer: [...(options?.transfer ?? [])] })
      queueMicrotask(() => peer.arrive(copy))
    },
    close: () => queueMicrotask(() => peer.end()),
  })
}
