import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The site of the measurements, a process of its own: as many bytes as are asked for, from memory. */
const piece = Buffer.alloc(256 * 1024, 'nexus')

const server = createServer((request, response) => {
  const [, size] = /^\/bytes\/(\d+)$/.exec(request.url ?? '') ?? []
  if (size === undefined) {
    if (request.url !== '/held') response.end('small')
    return
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size })
  let left = Number(size)
  const send = (): void => {
    while (left > 0) {
      const part = left < piece.length ? piece.subarray(0, left) : piece
      left -= part.length
      if (!response.write(part) && left > 0) {
        response.once('drain', send)
        return
      }
    }
    response.end()
  }
  send()
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 }, () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
)
process.once('disconnect', () => process.exit(0))
