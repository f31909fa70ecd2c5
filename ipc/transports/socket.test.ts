import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type IpcError, PermissionDeniedError, TargetUnavailableError, TimeoutError } from '../errors.ts'
import type { LogEntry } from '../log.ts'
import type { Packet, Port, Protection } from '../port.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { connectSocket } from './socket.ts'
import { handshakeDeadlineMs } from './socket-handshake.ts'
import { listenOnSocket, type SocketServer, type SocketServerOptions } from './socket-server.ts'

interface Arrival {
  readonly packet: unknown
  readonly protection: Protection
}

describe.skipIf(process.platform === 'win32')('a socket between two sides', () => {
  let folder: string
  let path: string
  const open: AsyncDisposable[] = []
  const logged: LogEntry[] = []
  const log = (entry: LogEntry) => void logged.push(entry)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-socket-'))
    path = join(folder, 'own', 'socket')
    logged.length = 0
  })

  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  async function listen(options: Partial<SocketServerOptions> = {}): Promise<SocketServer> {
    const server = await listenOnSocket({ path, log, onConnection: port => port.start(), ...options })
    open.push(server)
    return server
  }

  /** Two joined ports; the far one hears. */
  async function join2(
    connectPath = path,
  ): Promise<{ near: Port; far: Port; arrivals: Arrival[]; closed: Promise<void> }> {
    const accepted = Promise.withResolvers<Port>()
    await listen({ onConnection: accepted.resolve })
    const near = await connectSocket(connectPath, { keyPath: `${path}.key`, log })
    const far = await accepted.promise
    const arrivals: Arrival[] = []
    far.onMessage((packet, protection) => arrivals.push({ packet, protection }))
    const closed = new Promise<void>(resolve => far.onClose(resolve))
    far.start()
    near.start()
    open.push({
      [Symbol.asyncDispose]: async () => {
        near.close()
        far.close()
      },
    })
    return { near, far, arrivals, closed }
  }

  /** Resolves when everything that was posted before has arrived: packets keep their order. */
  async function settle(from: Port, to: Port): Promise<void> {
    const arrived = new Promise<void>(resolve => {
      const listening = to.onMessage(packet => {
        if (packet !== '"last"') return
        listening[Symbol.dispose]()
        resolve()
      })
    })
    from.post('"last"')
    await arrived
  }

  /** Stands between client and server, handing on what `change` makes of the bytes of the client. */
  async function meddle(change: (bytes: Buffer, onwards: Socket) => Buffer | null): Promise<string> {
    await mkdir(join(folder, 'middle'), { mode: 0o700 })
    const middle = join(folder, 'middle', 'socket')
    const sockets: Socket[] = []
    const server = createServer(client => {
      const onwards = connect(path)
      sockets.push(client, onwards)
      client.on('error', () => {})
      onwards.on('error', () => {})
      onwards.pipe(client)
      client.on('data', chunk => {
        const changed = change(chunk, onwards)
        if (changed !== null) onwards.write(changed)
      })
    })
    await listenAt(server, middle)
    open.push({
      [Symbol.asyncDispose]: async () => {
        server.close()
        for (const socket of sockets) socket.destroy()
      },
    })
    return middle
  }

  it('carries packets of both kinds in both directions, in order', async () => {
    const { near, far, arrivals } = await join2()
    const buffer = new Uint8Array(2_000_000).fill(3)
    const packets: Packet[] = ['[[1]]', [[2, new Date(0), undefined]], '[[3]]', [[4, buffer]], '[[5,"ä"]]']
    for (const packet of packets) near.post(packet)
    await settle(near, far)
    expect(arrivals.slice(0, -1)).toEqual(packets.map(packet => ({ packet, protection: 'none' })))
    const back = new Promise<unknown>(resolve => near.onMessage(resolve))
    far.post([[6, buffer]])
    expect(await back).toEqual([[6, buffer]])
  })

  it('says of each packet how it was protected', async () => {
    const { near, far, arrivals } = await join2()
    const large = [[1, new Uint8Array(300_000).fill(9)]]
    near.post('[1]', { protection: 'signed' })
    near.post('[2]')
    near.post(large, { protection: 'encrypted' })
    near.post(large, { protection: 'signed' })
    await settle(near, far)
    expect(arrivals.slice(0, -1)).toEqual([
      { packet: '[1]', protection: 'signed' },
      { packet: '[2]', protection: 'none' },
      { packet: large, protection: 'encrypted' },
      { packet: large, protection: 'signed' },
    ])
  })

  it('takes a transferred buffer out of the hands of the sender, and copies any other', async () => {
    const { near, far, arrivals } = await join2()
    const [moved, copied] = [new Uint8Array(500_000).fill(1), new Uint8Array(500_000).fill(2)]
    near.post([moved, copied], { transfer: [moved.buffer] })
    expect(moved.length).toBe(0)
    copied.fill(0)
    await settle(near, far)
    expect(arrivals[0]?.packet).toEqual([new Uint8Array(500_000).fill(1), new Uint8Array(500_000).fill(2)])
  })

  it('writes each packet while it is posted, all its pieces together', async () => {
    const { near, far } = await join2()
    const [whole, inPieces] = [vi.spyOn(Socket.prototype, '_write'), vi.spyOn(Socket.prototype, '_writev')]
    try {
      near.post('[1]')
      near.post('[2]')
      expect(whole).toHaveBeenCalledTimes(2)
      near.post([new Uint8Array(20_000), new Uint8Array(20_000)])
      expect([whole.mock.calls.length, inPieces.mock.calls.length]).toEqual([2, 1])
    } finally {
      whole.mockRestore()
      inPieces.mockRestore()
    }
    await settle(near, far)
  })

  it('lets what is posted in one tick arrive in a few reads', async () => {
    const chunks: number[] = []
    const middle = await meddle(bytes => {
      chunks.push(bytes.length)
      return bytes
    })
    const { near, far } = await join2(middle)
    chunks.length = 0
    for (let number = 0; number < 100; number += 1) near.post(`[${number}]`)
    await settle(near, far)
    // The hundred, and the one that settles.
    expect(chunks.length).toBeLessThanOrEqual(3)
  })

  it('refuses what cannot be carried, and goes on', async () => {
    const { near, far, arrivals } = await join2()
    expect(() => near.post([() => {}])).toThrow('a function at 0 cannot be sent')
    expect(() => near.post('a'.repeat(11_000_000))).toThrow('are more than')
    near.post('[1]')
    await settle(near, far)
    expect(arrivals[0]?.packet).toBe('[1]')
  })

  it('is broken off when a protected packet is replayed, with the reason', async () => {
    let seen: Buffer | null = null
    const middle = await meddle((bytes, onwards) => {
      // The first protected frame after the handshake goes out twice.
      if (seen === null && bytes.subarray(0, 2).toString() === 'NX') {
        seen = bytes
        onwards.write(bytes)
      }
      return bytes
    })
    const { near, closed, arrivals } = await join2(middle)
    near.post('["pay"]', { protection: 'signed' })
    await closed
    expect(arrivals).toEqual([{ packet: '["pay"]', protection: 'signed' }])
    expect(logged).toContainEqual({
      level: 'warning',
      message: 'Broke off a socket',
      details: { reason: 'a signed frame that has number 1 again: it was replayed or came out of order' },
    })
  })

  it('hands on a packet whose protection was taken off as unprotected, so that it can be refused', async () => {
    const middle = await meddle(bytes => {
      if (bytes.subarray(0, 2).toString() === 'NX') bytes.writeUInt8(0, 3)
      return bytes
    })
    const { near, far, arrivals } = await join2(middle)
    near.post('["secret"]', { protection: 'encrypted' })
    await settle(near, far)
    expect(arrivals[0]?.protection).toBe('none')
    expect(String(arrivals[0]?.packet)).not.toContain('secret')
  })

  it('says when it ended within a packet', async () => {
    const middle = await meddle((bytes, onwards) => {
      if (bytes.subarray(0, 2).toString() !== 'NX') return bytes
      onwards.end(bytes.subarray(0, 15))
      return null
    })
    const { near, closed, arrivals } = await join2(middle)
    near.post('[1,2,3,4,5]')
    await closed
    expect(arrivals).toEqual([])
    expect(logged.at(-1)?.details).toEqual({ reason: 'the end after 3 of the 11 bytes of a frame' })
  })

  it('cuts off a reader that lets too much pile up', async () => {
    const { near } = await join2()
    const stuck = await connectSocket(path, { log })
    const closed = new Promise<void>(resolve => stuck.onClose(resolve))
    const megabyte = new ArrayBuffer(1_000_000)
    for (let sent = 0; sent < 70; sent += 1) stuck.post([megabyte])
    await closed
    expect(logged.at(-1)?.details).toEqual({ reason: 'the other side does not read' })
    near.post('[1]')
  })

  it('closes a peer that says nothing, when the deadline has passed', async () => {
    const clock = new SimulatedClock()
    const accepted = vi.fn()
    await listen({ clock, onConnection: accepted })
    const stranger = connect(path)
    await new Promise(resolve => stranger.once('data', resolve))
    clock.advance(handshakeDeadlineMs - 1)
    expect(logged).toEqual([])
    const closed = new Promise(resolve => stranger.once('close', resolve))
    clock.advance(1)
    await closed
    expect(logged[0]?.details).toEqual({
      reason: `The other side of the socket did not shake hands in ${handshakeDeadlineMs} ms`,
    })
    expect(accepted).not.toHaveBeenCalled()
  })

  it('gives up on a server that says nothing, when the deadline has passed', async () => {
    await mkdir(join(folder, 'own'), { mode: 0o700 })
    const server = createServer(() => {})
    await listenAt(server, path)
    const clock = new SimulatedClock()
    const connecting = connectSocket(path, { clock })
    connecting.catch(() => {})
    await vi.waitFor(() => expect(clock.timers).toBe(1), { timeout: 10_000 })
    clock.advance(handshakeDeadlineMs)
    await expect(connecting).rejects.toBeInstanceOf(TimeoutError)
    server.close()
  })

  it.each([
    ['a web request', 'GET / HTTP/1.1\r\n\r\n'],
    ['a frame of the version before', '\0\0\0\x1c{"kind":"hello","version":1}'],
  ])('closes a peer that sends %s, and serves others', async (_what, rubbish) => {
    const { near, far, arrivals } = await join2()
    const stranger = connect(path).resume()
    stranger.on('error', () => {})
    const closed = new Promise(resolve => stranger.once('close', resolve))
    stranger.write(Buffer.from(rubbish, 'latin1'))
    await closed
    expect(logged[0]?.details).toEqual({
      reason: expect.stringContaining('does not speak as Nexus does') as unknown,
    })
    near.post('[1]')
    await settle(near, far)
    expect(arrivals[0]?.packet).toBe('[1]')
  })

  it('refuses a server that answers as something else', async () => {
    await mkdir(join(folder, 'own'), { mode: 0o700 })
    const server = createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await listenAt(server, path)
    await expect(connectSocket(path)).rejects.toThrow(`What listens at ${path} does not speak as Nexus does`)
    server.close()
  })

  it('refuses a client with the wrong secret, and a server whose secret is not the one in the file', async () => {
    await listen()
    const wrong = join(folder, 'wrong.key')
    await writeFile(wrong, Buffer.alloc(32), { mode: 0o600 })
    const connecting = connectSocket(path, { keyPath: wrong })
    await expect(connecting).rejects.toBeInstanceOf(PermissionDeniedError)
    await expect(connecting).rejects.toThrow('does not know the secret that lies beside it')
    expect(logged[0]?.details).toEqual({ reason: 'The client does not know the secret of this socket' })
  })

  it('refuses a secret that is missing, open to others, or of somebody else', async () => {
    await listen()
    await chmod(`${path}.key`, 0o644)
    await expect(connectSocket(path)).rejects.toBeInstanceOf(PermissionDeniedError)
    if (process.getuid?.() === 0) {
      await chmod(`${path}.key`, 0o600)
      await chown(`${path}.key`, 65_534, 65_534)
      await expect(connectSocket(path)).rejects.toThrow('is not for this user alone')
    }
    await rm(`${path}.key`)
    const connecting = connectSocket(path)
    await expect(connecting).rejects.toBeInstanceOf(TargetUnavailableError)
    // Somebody does listen, so it may not look as if nobody did.
    expect(((await connecting.catch((error: unknown) => error)) as IpcError).cause).toBeUndefined()
  })

  it('keeps what arrives before it is started, and hands nothing on while it is being started', async () => {
    const accepted = Promise.withResolvers<Port>()
    await listen({ onConnection: accepted.resolve })
    const near = await connectSocket(path)
    near.post('[1]')
    near.post([[2, new Uint8Array(200_000)]])
    const far = await accepted.promise
    const arrivals: unknown[] = []
    const both = new Promise<void>(resolve =>
      far.onMessage(packet => void (arrivals.push(packet) === 2 && resolve())),
    )
    await new Promise(resolve => setImmediate(resolve))
    far.start()
    expect(arrivals).toEqual([])
    await both
    expect(arrivals[0]).toBe('[1]')
    near.close()
  })

  it('tells those who listen late that it has closed', async () => {
    const { near, far, closed } = await join2()
    near.close()
    await closed
    await new Promise<void>(resolve => far.onClose(resolve))
  })
})

function listenAt(server: Server, path: string): Promise<void> {
  return new Promise(resolve => server.listen(path, resolve))
}
