import type { Socket } from 'node:net'
import { checksumOf } from '../payload.ts'
import type { Link } from '../transports/link.ts'
import { openPlainSocket } from '../transports/plain-socket.ts'
import type { Contestant } from './contestant.ts'

const headerBytes = 4
const answerBytes = 8

/** What a socket can do for large buffers: a length, the bytes, and at the other end one buffer that holds them. */
export const rawBytes: Contestant = {
  async answer(link) {
    const socket = await openPlainSocket(socketLink(link))
    readBuffers(socket, bytes => {
      const answer = Buffer.allocUnsafe(answerBytes)
      answer.writeDoubleLE(checksumOf(bytes))
      socket.write(answer)
    })
  },
  async call(link) {
    const socket = await openPlainSocket(socketLink(link))
    let waiting: (checksum: number) => void = () => {}
    socket.on('data', (answer: Buffer) => waiting(answer.readDoubleLE()))
    const unsupported = (): never => {
      throw new Error('Raw bytes carry bytes only')
    }
    return {
      add: unsupported,
      echo: unsupported,
      received: unsupported,
      store(bytes, done) {
        waiting = done
        const header = Buffer.allocUnsafe(headerBytes)
        header.writeUInt32LE(bytes.length)
        socket.cork()
        socket.write(header)
        socket.write(bytes)
        socket.uncork()
      },
    }
  },
}

function socketLink(link: Link): Extract<Link, { kind: 'socket' }> {
  if (link.kind !== 'socket') throw new TypeError('Raw bytes travel over sockets only')
  return link
}

/** The header is small and written with the first bytes, so it is never cut in two here; a product could not rely on that. */
function readBuffers(socket: Socket, listener: (bytes: Uint8Array) => void): void {
  let buffer: Buffer | null = null
  let filled = 0
  socket.on('data', (chunk: Buffer) => {
    let from = 0
    while (from < chunk.length) {
      if (buffer === null) {
        buffer = Buffer.allocUnsafe(chunk.readUInt32LE(from))
        filled = 0
        from += headerBytes
      }
      const count = chunk.copy(buffer, filled, from)
      from += count
      filled += count
      if (filled < buffer.length) continue
      listener(buffer)
      buffer = null
    }
  })
}
