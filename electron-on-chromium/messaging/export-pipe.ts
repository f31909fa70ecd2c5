import { connect, type Delivery, type Pipe } from './pipe.ts'
import { encodeFrames, type PortExchange, type ReleasedSocket, SocketCarrier } from './socket-carrier.ts'
import { socketPair } from './socket-pair.ts'

let lastExport: Promise<unknown> = Promise.resolve()

/**
 * Turns a pipe end into a socket that another process can take over. An end whose other end lives in this process
 * gets a socket of its own, after which the two processes talk directly; an end that is a socket already is
 * simply handed on, so that two processes introduced by a third never talk through it. Only an end whose other
 * end is in a page is relayed here.
 */
export async function exportPipe(pipe: Pipe, exchange: PortExchange): Promise<ReleasedSocket> {
  await pipe.whenBound()
  // Both ends of a pair may be exported at the same moment: one at a time, so that the second finds a socket.
  const released = lastExport.then(() => exportNow(pipe, exchange))
  lastExport = released.catch(() => {})
  return released
}

async function exportNow(pipe: Pipe, exchange: PortExchange): Promise<ReleasedSocket> {
  pipe.pause()
  if (pipe.carrier instanceof SocketCarrier) {
    const { socket, backlog } = await pipe.carrier.release()
    const kept = encodeFrames(deliveriesOf(pipe.surrender().arrivals), exchange)
    return { socket, backlog: Buffer.concat([kept, backlog]) }
  }
  const [near, far] = await socketPair()
  connect(pipe, new SocketCarrier(near, exchange))
  return { socket: far, backlog: new Uint8Array() }
}

function deliveriesOf(arrivals: readonly (Delivery | 'closed')[]): readonly Delivery[] {
  return arrivals.filter(arrival => arrival !== 'closed')
}
