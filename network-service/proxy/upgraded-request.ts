import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { ServerConnection } from '../connections/server-connection.ts'
import { asNetworkError, type NetworkError } from '../network-error.ts'
import { endWith } from './end-with.ts'
import { failureReply } from './failure-reply.ts'
import { Flow } from './flow.ts'
import { endToEnd, writeHead } from './headers.ts'
import type { ProxyParts } from './proxy-parts.ts'
import type { HttpTarget } from './request-target.ts'
import { passBoth } from './tunnel.ts'

/** A WebSocket (RFC 6455) asked for without a tunnel. Engines open a tunnel for theirs; other programs do not. */
export async function openUpgraded(
  parts: ProxyParts,
  request: IncomingMessage,
  client: Duplex,
  target: HttpTarget,
  firstBytes: Buffer,
): Promise<void> {
  const { host, port, path, authority, url } = target
  const exchange = parts.traffic.begin({ kind: 'upgrade', method: request.method ?? 'GET', host, port, url })
  client.on('error', () => client.destroy())
  const fail = (error: NetworkError): void => {
    exchange.failed(error.kind)
    const { status, headers, body } = failureReply(error.kind)
    endWith(
      client,
      `${writeHead(`HTTP/1.1 ${status} ${error.kind}`, ['Connection', 'close', ...headers])}${body}`,
    )
  }
  try {
    const connection = await ServerConnection.open({ ...parts, host, port })
    const { socket } = connection
    exchange.connected(socket.remoteAddress ?? null)
    parts.sockets.add(socket)
    socket.once('close', () => parts.sockets.delete(socket))
    if (client.destroyed || !(client instanceof Socket)) {
      connection.destroy()
      exchange.finish()
      return
    }
    const server = socket
    client.once('close', () => connection.destroy())
    const head = writeHead(`${request.method} ${path} HTTP/1.1`, [
      'Host',
      authority,
      'Connection',
      'Upgrade',
      'Upgrade',
      request.headers.upgrade ?? 'websocket',
      ...endToEnd(request.rawHeaders, ['host']),
    ])
    connection.send(head, request.method ?? 'GET', {
      head({ status, statusText, rawHeaders }) {
        exchange.responded(status)
        const isSwitched = status === 101
        const kept = endToEnd(rawHeaders, ['content-length'])
        const upgrade = isSwitched
          ? ['Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? '']
          : ['Connection', 'close']
        client.write(writeHead(`HTTP/1.1 ${status} ${statusText}`, [...upgrade, ...kept]), 'latin1')
        if (!isSwitched) return
        const flow = new Flow(client, () => connection.resume())
        connection.takeOver(bytes => {
          exchange.bytesIn += bytes.length
          return flow.write(bytes)
        })
        passBoth({ clock: parts.clock, client, server, exchange, firstBytes })
      },
      body(bytes) {
        exchange.bytesIn += bytes.length
        const isOpen = client.write(Buffer.from(bytes))
        if (!isOpen) client.once('drain', () => connection.resume())
        return isOpen
      },
      ended() {
        exchange.finish()
        client.destroySoon()
      },
      failed(error) {
        if (exchange.status === null) fail(error)
        else client.destroy()
      },
    })
  } catch (error) {
    fail(asNetworkError(error))
  }
}
