import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { SocketReader } from '../connections/socket-reader.ts'
import { asNetworkError } from '../network-error.ts'
import type { Exchange } from '../traffic.ts'
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
    join({ client, server, reader, exchange, firstBytes })
  } catch (error) {
    const { kind } = asNetworkError(error)
    if (hasLeft.signal.aborted) exchange.finish()
    else exchange.failed(kind)
    const { status, headers, body } = failureReply(kind)
    if (!client.destroyed)
      client.end(`${writeHead(`HTTP/1.1 ${status} ${kind}`, ['Connection', 'close', ...headers])}${body}`)
  }
}

interface Ends {
  readonly client: Socket
  readonly server: Socket
  readonly reader: SocketReader
  readonly exchange: Exchange
  /** What the client sent before it had our answer. */
  readonly firstBytes: Buffer
}

/** Lets bytes pass both ways until both sides have ended, or one has broken. */
function join({ client, server, reader, exchange, firstBytes }: Ends): void {
  const flow = new Flow(client, () => server.resume())
  reader.take = bytes => {
    exchange.bytesIn += bytes.length
    return flow.write(bytes)
  }
  passBoth({ client, server, exchange, firstBytes })
}

/** The half that does not depend on how the server is read: everything but the way from it. */
export function passBoth({ client, server, exchange, firstBytes }: Omit<Ends, 'reader'>): void {
  const send = (bytes: Buffer): boolean => {
    exchange.bytesOut += bytes.length
    return server.write(bytes)
  }
  if (firstBytes.length > 0) send(firstBytes)
  client.on('data', bytes => {
    if (!send(bytes)) client.pause()
  })
  server.on('drain', () => client.resume())
  client.on('end', () => server.end())
  server.on('end', () => client.end())
  server.on('error', () => client.destroy())
  server.on('close', () => {
    exchange.finish()
    client.end()
    // Whoever does not read to the end does not hold the place for ever.
    if (client.writableLength === 0) client.destroySoon()
  })
  client.on('close', () => server.destroy())
  client.resume()
}
