import { createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { systemClock } from '../../../ipc/clock.ts'
import { NetworkCore } from '../../../network-service/network-core.ts'

/** A proxy in a process of its own: `nexus`, or `plain` for what Node's own parts give when they are put together. */
const [, , kind, secret = ''] = process.argv
const port =
  kind === 'nexus' ? await new NetworkCore({ clock: systemClock }).open(secret, null) : await openPlain()
process.send?.({ port })
process.once('disconnect', () => process.exit(0))

/** The shortest proxy that there is: no secret, no limits, no names but the system's. */
function openPlain(): Promise<number> {
  const server = createServer((request, response) => {
    const { hostname, port, pathname } = new URL(request.url ?? '')
    const onward = httpRequest({ hostname, port, path: pathname, headers: request.headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.once('error', () => response.destroy())
    request.pipe(onward)
  })
  server.on('connect', (request, client) => {
    const { hostname, port } = new URL(`http://${request.url}`)
    const onward = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(client)
      client.pipe(onward)
    })
    onward.once('error', () => client.destroy())
    client.once('error', () => onward.destroy())
  })
  return new Promise(resolve =>
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 }, () =>
      resolve((server.address() as AddressInfo).port),
    ),
  )
}
