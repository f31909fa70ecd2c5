import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TargetUnavailableError, TimeoutError } from '../errors.ts'
import { type ByteReader, SocketStream } from './socket-stream.ts'

describe.skipIf(process.platform === 'win32')('a socket read into memory of our own', () => {
  let folder: string
  let path: string
  let server: Server
  let peer: Socket
  let stream: SocketStream

  /** Each way to get a stream; `peer` is the plain socket at the other end. */
  const ways = {
    'that was connected': async () => {
      const accepted = new Promise<Socket>(resolve => server.once('connection', resolve))
      stream = await SocketStream.connect(path)
      peer = await accepted
      peer.resume()
    },
    'that was accepted': async () => {
      const accepted = new Promise<SocketStream>(resolve =>
        server.once('connection', socket => resolve(SocketStream.accept(socket))),
      )
      peer = connect(path)
      stream = await accepted
    },
    'that was accepted by a Node which keeps its connections elsewhere': async () => {
      const accepted = new Promise<SocketStream>(resolve =>
        server.once('connection', (socket: Socket) => {
          const hidden = new Proxy(socket, {
            get: (target, name) => {
              const value: unknown = name === '_handle' ? undefined : Reflect.get(target, name, target)
              return typeof value === 'function' ? value.bind(target) : value
            },
          })
          resolve(SocketStream.accept(hidden))
        }),
      )
      peer = connect(path)
      stream = await accepted
    },
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-stream-'))
    path = join(folder, 'socket')
    server = createServer({ pauseOnConnect: true, allowHalfOpen: true })
    await new Promise<void>(resolve => server.listen(path, resolve))
  })

  afterEach(async () => {
    peer?.destroy()
    stream?.socket.destroy()
    server.close()
    await rm(folder, { recursive: true, force: true })
  })

  describe.each(Object.entries(ways))('%s', (_name, meet) => {
    beforeEach(async () => {
      await meet()
      peer.on('error', () => {})
    })

    it('gives as many bytes as are asked for, and the rest to the reader', async () => {
      peer.write('abcdef')
      expect(String(await stream.take(2))).toBe('ab')
      expect(String(await stream.take(3))).toBe('cde')
      const heard = Promise.withResolvers<string>()
      let text = ''
      stream.readWith({
        room: () => null,
        filled: () => {},
        read: chunk => {
          text += String(chunk)
          if (text.length === 4) heard.resolve(text)
        },
      })
      peer.write('ghi')
      expect(await heard.promise).toBe('fghi')
    })

    it('gives all bytes in their order, wherever the reader wants them', async () => {
      const total = 1_000_000
      const collected = Buffer.alloc(total)
      const done = Promise.withResolvers<void>()
      let at = 0
      const moveOn = (bytes: number): void => {
        at += bytes
        if (at === total) done.resolve()
      }
      const reader: ByteReader = {
        // Now here, now there.
        room: () => (at % 3 === 0 && total - at > 1_000 ? collected.subarray(at, total - 1_000) : null),
        filled: moveOn,
        read: chunk => moveOn(chunk.copy(collected, at)),
      }
      stream.readWith(reader)
      const sent = Buffer.from(Uint8Array.from({ length: total }, (_, index) => index % 251))
      peer.write(sent)
      await done.promise
      expect(collected.equals(sent)).toBe(true)
    })

    it('reads no further than needed while nobody wants more', async () => {
      peer.write(Buffer.alloc(8_000_000))
      await stream.take(1)
      await new Promise(resolve => setImmediate(resolve))
      await new Promise(resolve => setImmediate(resolve))
      // The peer notices that its bytes do not leave.
      expect(peer.writableLength).toBeGreaterThan(0)
    })

    it('says so when the bytes that are asked for cannot come any more', async () => {
      peer.end('ab')
      await expect(stream.take(3)).rejects.toThrow('The other side closed the socket')
      await expect(stream.take(3)).rejects.toThrow('The other side closed the socket')
      expect(String(await stream.take(2))).toBe('ab')
    })

    it('stops waiting when it is told to', async () => {
      const taking = stream.take(1)
      stream.fail(new TimeoutError('enough'))
      await expect(taking).rejects.toThrow('enough')
    })

    it('frees its place at the server when it is destroyed', async () => {
      stream.socket.destroy()
      peer.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
      await new Promise<void>(resolve => server.listen(path, resolve))
    })
  })

  it('says so when nobody listens', async () => {
    await expect(SocketStream.connect(join(folder, 'nobody'))).rejects.toBeInstanceOf(TargetUnavailableError)
  })
})
