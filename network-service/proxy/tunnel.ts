import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Clock } from '../../ipc/clock.ts'
import { SocketReader } from '../connections/socket-reader.ts'
import { asNetworkError } from '../network-error.ts'
import type { Exchange } from '../traffic.ts'
import { endWith } from './end-with.ts'
import { failureReply } from './failure-reply.ts'
import { Flow } from './flow.ts'
import { writeHead } from './headers.ts'
import type { ProxyParts } from './proxy-parts.ts'
import type { RequestTarget } from './request-target.ts'

/** CONNECT (RFC 9110, 9.3.6): what passes is not looked at, so that TLS, HTTP/2 and WebSockets stay what they are. */
export async function openTunnel(
  parts: ProxyParts,
  client: Duplex,
  target: RequestTarget,
  firstBytes: Buffer,
): Promise<void> {
  const exchange = parts.traffic.begin({ kind: 'tunnel', method: 'CONNECT', url: null, ...target })
  client.on('error', () => client.destroy())
  const hasLeft = new AbortController()
  const leave = (): void => hasLeft.abort()
  client.once('close', leave)
  try {
    const reader = new SocketReader(() => true)
    const server = await parts.dialer.dial(target.host, target.port, {
      onread: reader.onread,
      allowHalfOpen: true,
      signal: hasLeft.signal,
    })
    client.off('close', leave)
    exchange.connected(server.remoteAddress ?? null)
    parts.sockets.add(server)
    server.once('close', () => parts.sockets.delete(server))
    if (client.destroyed || !(client instanceof Socket)) {
      server.destroy()
      exchange.finish()
      return
    }
    exchange.responded(200)
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    join({ clock: parts.clock, client, server, exchange, firstBytes }, reader)
  } catch (error) {
    const { kind } = asNetworkError(error)
    if (hasLeft.signal.aborted) exchange.finish()
    else exchange.failed(kind)
    const { status, headers, body } = failureReply(kind)
    endWith(client, `${writeHead(`HTTP/1.1 ${status} ${kind}`, ['Connection', 'close', ...headers])}${body}`)
  }
}

/** A tunnel of which one side has ended goes on for this long: the other may still have much to say. */
const halfOpenMs = 60_000

interface Ends {
  readonly clock: Clock
  readonly client: Socket
  readonly server: Socket
  readonly exchange: Exchange
  /** What the client sent before it had our answer. */
  readonly firstBytes: Buffer
}

/** Lets bytes pass both ways until both sides have ended, or one has broken. */
function join(ends: Ends, reader: SocketReader): void {
  const { client, server, exchange } = ends
  const flow = new Flow(client, () => server.resume())
  reader.take = bytes => {
    exchange.bytesIn += bytes.length
    return flow.write(bytes)
  }
  passBoth(ends)
}

/** The half that does not depend on how the server is read: everything but the way from it. */
export function passBoth({ clock, client, server, exchange, firstBytes }: Ends): void {
  let closing: Disposable | null = null
  const endSoon = (): void => {
    closing ??= clock.after(halfOpenMs, () => {
      client.destroy()
      server.destroy()
    })
  }
  const send = (bytes: Buffer): boolean => {
    exchange.bytesOut += bytes.length
    return server.write(bytes)
  }
  if (firstBytes.length > 0) send(firstBytes)
  client.on('data', bytes => {
    if (!send(bytes)) client.pause()
  })
  server.on('drain', () => client.resume())
  client.on('end', () => {
    server.end()
    endSoon()
  })
  server.on('end', () => {
    client.end()
    endSoon()
  })
  server.on('error', () => client.destroy())
  server.on('close', () => {
    closing?.[Symbol.dispose]()
    exchange.finish()
    client.destroySoon()
  })
  client.on('close', () => server.destroy())
  client.resume()
}
