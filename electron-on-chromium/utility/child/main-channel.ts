import type net from 'node:net'
import { exportPipe } from '../../messaging/export-pipe.ts'
import { Pipe } from '../../messaging/pipe.ts'
import { type PortExchange, SocketCarrier } from '../../messaging/socket-carrier.ts'
import type { FromUtility, ToUtility } from '../wire.ts'

/** The way to the main process, out of the application's reach. */
export interface MainChannel {
  post(payload: Uint8Array): void
  onMessage(listener: (payload: Uint8Array, ports: readonly Pipe[]) => void): void
  /** Keeps the process running, or lets it end when nothing else runs. */
  ref(): void
  unref(): void
}

/** Takes Node's IPC channel away from `process`, which has none in an Electron utility process. */
export function openMainChannel(): MainChannel {
  const { channel } = process
  const send = process.send?.bind(process)
  if (!channel || !send) throw new TypeError('a utility process must be started by utilityProcess.fork')
  const tell = (message: FromUtility, handle?: net.Socket): void => {
    if (process.connected) send(message, handle)
  }
  const exchange = new UtilityPortExchange(tell)
  // Node listens once more for every socket that is taken over.
  process.setMaxListeners(0)
  let listener: (payload: Uint8Array, ports: readonly Pipe[]) => void = () => {}
  process.on('message', (raw: unknown, handle: unknown) => {
    const message = raw as ToUtility
    switch (message.kind) {
      case 'port':
        exchange.arrived(message.token, new SocketCarrier(handle as net.Socket, exchange, message.backlog))
        return
      case 'message':
        listener(
          message.payload,
          message.tokens.map(token => exchange.claim(token)),
        )
        return
    }
  })
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  channel.unref()
  // `process.channel` and `process.disconnect` must stay: Node itself uses them when a message, or the end, comes.
  Object.defineProperty(process, 'send', { value: undefined, configurable: true, writable: true })
  return {
    post: payload => tell({ kind: 'message', payload }),
    onMessage: newListener => {
      listener = newListener
    },
    ref: () => channel.ref(),
    unref: () => channel.unref(),
  }
}

/** Ports leave and arrive by way of the main process, which alone can pass sockets on. */
class UtilityPortExchange implements PortExchange {
  readonly #tell: (message: FromUtility, handle?: net.Socket) => void
  readonly #arrived = new Map<string, SocketCarrier>()
  readonly #wanted = new Map<string, Pipe>()

  constructor(tell: (message: FromUtility, handle?: net.Socket) => void) {
    this.#tell = tell
  }

  park(pipe: Pipe): string {
    const token = crypto.randomUUID()
    void exportPipe(pipe, this).then(({ socket, backlog }) =>
      this.#tell({ kind: 'deposit', token, backlog }, socket),
    )
    return token
  }

  claim(token: string): Pipe {
    const carrier = this.#arrived.get(token)
    if (carrier) {
      this.#arrived.delete(token)
      return Pipe.over(carrier)
    }
    const pending = Pipe.pending()
    this.#wanted.set(token, pending)
    this.#tell({ kind: 'claim', token })
    return pending
  }

  arrived(token: string, carrier: SocketCarrier): void {
    const pending = this.#wanted.get(token)
    this.#wanted.delete(token)
    if (pending) pending.bind(carrier)
    else this.#arrived.set(token, carrier)
  }
}
