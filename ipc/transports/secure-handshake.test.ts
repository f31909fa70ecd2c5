import { describe, expect, it } from 'vitest'
import { PermissionDeniedError, TargetUnavailableError } from '../errors.ts'
import { type HandshakeLink, meetClient, meetServer, socketVersion } from './secure-handshake.ts'

const secret = Buffer.alloc(32, 7)
const place = '/run/nexus.sock'

/** What one side writes, to be read by the other; `change` is the man in the middle. */
class Pipe {
  #bytes = Buffer.alloc(0)
  #reads: (() => void)[] = []
  isEnded = false
  readonly written: Buffer[] = []
  readonly change: (bytes: Buffer) => Buffer

  constructor(change: (bytes: Buffer) => Buffer = bytes => bytes) {
    this.change = change
  }

  write(bytes: Buffer): void {
    this.written.push(bytes)
    this.#bytes = Buffer.concat([this.#bytes, this.change(Buffer.from(bytes))])
    for (const read of this.#reads.splice(0)) read()
  }

  end(): void {
    this.isEnded = true
    for (const read of this.#reads.splice(0)) read()
  }

  async read(length: number): Promise<Buffer> {
    while (this.#bytes.length < length) {
      if (this.isEnded) throw new Error('ended')
      await new Promise<void>(resolve => this.#reads.push(resolve))
    }
    const taken = this.#bytes.subarray(0, length)
    this.#bytes = this.#bytes.subarray(length)
    return taken
  }
}

function linkOver(incoming: Pipe, outgoing: Pipe): HandshakeLink {
  return { read: length => incoming.read(length), write: bytes => outgoing.write(bytes) }
}

interface Meeting {
  readonly toClient?: Pipe
  readonly toServer?: Pipe
  readonly clientSecret?: Buffer
}

/** Lets both sides meet; each gives its keys or its error, and ends what the other reads, as a socket would. */
async function meet({ toClient = new Pipe(), toServer = new Pipe(), clientSecret = secret }: Meeting = {}) {
  const server = meetClient(linkOver(toServer, toClient), secret)
    .catch((error: unknown) => error)
    .finally(() => toClient.end())
  const client = meetServer(linkOver(toClient, toServer), place, async () => clientSecret)
    .catch((error: unknown) => error)
    .finally(() => toServer.end())
  return { client: await client, server: await server }
}

describe('shaking hands', () => {
  it('gives both sides the same keys, other ones for each direction and purpose, and new ones each time', async () => {
    const first = await meet()
    const second = await meet()
    expect(first.client).toMatchObject({
      side: 'client',
      send: (first.server as { receive: unknown }).receive,
      receive: (first.server as { send: unknown }).send,
    })
    const all = [first.client, second.client].flatMap(keys => {
      const { send, receive } = keys as Record<'send' | 'receive', Record<'sign' | 'encrypt', Buffer>>
      return [send.sign, send.encrypt, receive.sign, receive.encrypt].map(key => key.toString('hex'))
    })
    expect(new Set(all).size).toBe(8)
  })

  it('never sends the secret, nor the same twice', async () => {
    const pipes = [new Pipe(), new Pipe(), new Pipe(), new Pipe()] as const
    await meet({ toClient: pipes[0], toServer: pipes[1] })
    await meet({ toClient: pipes[2], toServer: pipes[3] })
    const [first, second] = [pipes.slice(0, 2), pipes.slice(2)].map(two =>
      Buffer.concat(two.flatMap(pipe => pipe.written)),
    )
    expect(first?.includes(secret)).toBe(false)
    expect(first?.equals(second ?? first)).toBe(false)
  })

  it('refuses a client that does not know the secret, and tells both what happened', async () => {
    const { client, server } = await meet({ clientSecret: Buffer.alloc(32, 8) })
    expect(server).toBeInstanceOf(PermissionDeniedError)
    expect(client).toBeInstanceOf(PermissionDeniedError)
    expect(String(client)).toContain(`${place} does not know the secret`)
    expect(String(client)).toContain('end Nexus and start it again')
  })

  it('refuses a server that does not know the secret but says that all is well', async () => {
    const toClient = new Pipe(bytes => (bytes.length === 33 ? Buffer.alloc(33, 1) : bytes))
    const { client } = await meet({ toClient, clientSecret: Buffer.alloc(32, 8) })
    expect(client).toBeInstanceOf(PermissionDeniedError)
  })

  it('refuses a server that shows the client its own proof', async () => {
    const toServer = new Pipe()
    const toClient = new Pipe(bytes => {
      const proof = toServer.written[0]?.subarray(-32) ?? Buffer.alloc(32)
      return bytes.length === 33 ? Buffer.concat([Buffer.from([1]), proof]) : bytes
    })
    const { client } = await meet({ toClient, toServer })
    expect(client).toBeInstanceOf(PermissionDeniedError)
  })

  it.each(Array.from({ length: 104 }, (_, place) => place))(
    'notices a change of byte %i of what the client sends',
    async at => {
      const toServer = new Pipe(bytes => {
        bytes[at] = (bytes[at] ?? 0) ^ 1
        return bytes
      })
      const { client, server } = await meet({ toServer })
      expect([client, server]).toEqual([expect.any(Error), expect.any(Error)])
    },
  )

  it.each(Array.from({ length: 72 + 33 }, (_, place) => place))(
    'notices a change of byte %i of what the server sends',
    async at => {
      let sent = 0
      const toClient = new Pipe(bytes => {
        if (at >= sent && at < sent + bytes.length) bytes[at - sent] = (bytes[at - sent] ?? 0) ^ 1
        sent += bytes.length
        return bytes
      })
      expect((await meet({ toClient })).client).toBeInstanceOf(Error)
    },
  )

  it('refuses a man in the middle who puts his own keys in', async () => {
    // He meets both, as far as he can without the secret.
    const other = Buffer.alloc(32)
    const [toClient, toServer] = [new Pipe(), new Pipe()]
    const client = meetServer(linkOver(toClient, toServer), place, async () => secret)
    const middle = meetClient(linkOver(toServer, toClient), other)
    await expect(middle).rejects.toBeInstanceOf(PermissionDeniedError)
    await expect(client).rejects.toBeInstanceOf(PermissionDeniedError)
  })

  it('refuses a key that would make the common secret known to everybody', async () => {
    const toClient = new Pipe(bytes => (bytes.length === 72 ? bytes.fill(0, 8, 40) : bytes))
    const { client } = await meet({ toClient })
    expect(client).toBeInstanceOf(PermissionDeniedError)
    expect(String(client)).toContain('a key that nobody may use')
  })

  it('names both versions when they differ, and the way out', async () => {
    const toClient = new Pipe(bytes => {
      if (bytes.length === 72) bytes.writeUInt16BE(socketVersion + 1, 6)
      return bytes
    })
    const { client } = await meet({ toClient })
    expect(client).toBeInstanceOf(TargetUnavailableError)
    expect(String(client)).toContain(
      `What listens at ${place} speaks version 3 of the socket's language, this program version 2. End the older`,
    )
  })

  it('says so when the other side speaks something else, from the first bytes', async () => {
    const web = new Pipe()
    web.write(Buffer.from('GET / '))
    await expect(meetClient(linkOver(web, new Pipe()), secret)).rejects.toThrow(
      'The client does not speak as Nexus does',
    )
    const older = new Pipe()
    older.write(Buffer.from('\0\0\0\x1c{"kind":"hello"'))
    await expect(meetServer(linkOver(older, new Pipe()), place, async () => secret)).rejects.toThrow(
      'If it is an older Nexus, end it and start the new one',
    )
  })

  it('does not ask for the secret before the server has spoken', async () => {
    const toClient = new Pipe()
    let isAsked = false
    const meeting = meetServer(linkOver(toClient, new Pipe()), place, async () => {
      isAsked = true
      return secret
    })
    toClient.end()
    await expect(meeting).rejects.toThrow('ended')
    expect(isAsked).toBe(false)
  })
})
