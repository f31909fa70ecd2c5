import type { Packet, Port, PostOptions } from '../port.ts'
import type { Arrivals } from './arrivals.ts'

/** How packets leave through a channel inside the machine's memory. */
export interface Road {
  /** Throws what cannot be copied. */
  send(packet: Packet, options: PostOptions | undefined): void
  /** Tells the other side, after what was sent. */
  close(): void
}

/** A port made of what arrives and a road for what leaves. */
export function channelPort(arrivals: Arrivals, road: Road): Port {
  let isClosed = false
  arrivals.onClose(() => {
    isClosed = true
  })
  return {
    leavesMemory: false,
    post(packet, options) {
      if (!isClosed) road.send(packet, options)
    },
    onMessage: listener => arrivals.onMessage(listener),
    onClose: listener => arrivals.onClose(listener),
    start: () => arrivals.start(),
    close() {
      if (isClosed) return
      isClosed = true
      road.close()
      arrivals.close()
    },
  }
}
