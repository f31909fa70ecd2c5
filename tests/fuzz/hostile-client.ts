import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { systemClock } from '../../ipc/clock.ts'
import { encodeFrame } from '../../ipc/transports/framing.ts'
import { OutgoingCopies } from '../../ipc/transports/framing-copies.ts'
import { SecureChannel } from '../../ipc/transports/secure-channel.ts'
import { meetServer } from '../../ipc/transports/secure-handshake.ts'
import { keyPathBeside } from '../../ipc/transports/secure-key-file.ts'
import { hostileValue } from './hostile-values.ts'
import type { Random } from './random.ts'

/** What a hostile program does with the bytes of a socket. */
type Manner = (link: ClientLink, random: Random, path: string) => Promise<void>

/** Before it has proved anything. */
const strangers: Readonly<Record<string, Manner>> = {
  randomBytes: async (link, random) => link.write(randomBytes(random, random.below(400))),
  brokenHello: async (link, random) => {
    const hello = await link.read(72)
    const broken = flipped(random, Buffer.concat([hello, randomBytes(random, 32)]), 1 + random.below(4))
    link.write(broken.subarray(0, random.below(broken.length + 1)))
  },
  /** Says what the server has said, as if it were its own. */
  echo: async link => link.write(Buffer.concat([await link.read(72), Buffer.alloc(32, 1)])),
  zeroKey: async link => {
    const hello = Buffer.from(await link.read(72))
    link.write(Buffer.concat([hello.fill(0, 8, 40), Buffer.alloc(32)]))
  },
  silence: async () => {},
}

/** After it has shaken hands as it should, which a program of this user can. */
const insiders: Readonly<Record<string, Manner>> = {
  mutatedFrames: (link, random, path) =>
    link.asInsider(path, channel => flipped(random, frames(random, channel, 5), 1 + random.below(6))),
  halfFrames: (link, random, path) =>
    link.asInsider(path, channel => {
      const all = frames(random, channel, 3)
      return all.subarray(0, random.below(all.length))
    }),
  replays: (link, random, path) =>
    link.asInsider(path, channel => {
      const [first, second] = [frame(random, channel), frame(random, channel)]
      return Buffer.concat([first, second, first, second])
    }),
  reordered: (link, random, path) =>
    link.asInsider(path, channel => {
      const [first, second] = [frame(random, channel, 'signed'), frame(random, channel, 'encrypted')]
      return Buffer.concat([second, first])
    }),
  headers: (link, random, path) =>
    link.asInsider(path, () => {
      const header = Buffer.alloc(12)
      header.write('NX')
      header[2] = random.below(4)
      header[3] = random.below(4)
      header.writeUInt32BE(random.pick([0, 1, 12, 10_010_000, 10_010_001, 2 ** 32 - 1]), 4)
      header.writeUInt32BE(random.pick([0, 1, 13, 2 ** 32 - 1]), 8)
      return Buffer.concat([header, randomBytes(random, random.below(200))])
    }),
  /** Notes and sizes of a list that do not fit what follows. */
  lyingLists: (link, random, path) =>
    link.asInsider(path, () => {
      const notes = random.list(random.below(5), () => [
        random.pick(['map', 'set', 'buffer', 'Uint8Array', 'bigint', 'date', 'undefined', '__proto__']),
        ...random.list(random.below(4), () => random.pick([0, 1, '__proto__', 'constructor', 'length', -1])),
      ])
      const sizes = random.list(random.below(4), () => random.pick([0, 1, 8, -8, 1e15, 2 ** 53]))
      const plain = random.pick([[[100, 1, 'guarded.keep', { data: 0 }, 1]], { '0': 1 }, null])
      const head = Buffer.from(JSON.stringify([plain, notes, sizes]))
      const header = Buffer.alloc(12)
      header.write('NX')
      header[2] = 2
      const tail = randomBytes(random, random.below(20))
      header.writeUInt32BE(head.length + tail.length, 4)
      header.writeUInt32BE(head.length, 8)
      return Buffer.concat([header, head, tail])
    }),
  rubbishMessages: (link, random, path) => link.asInsider(path, channel => frames(random, channel, 30)),
}

export const manners: Readonly<Record<string, Manner>> = { ...strangers, ...insiders }

/** One connection of a hostile program: reads what it needs, and writes as it likes, in pieces. */
export class ClientLink {
  readonly #socket: Socket
  readonly #random: Random
  #arrived = Buffer.alloc(0)
  #waiting: { readonly bytes: number; readonly resolve: (bytes: Buffer) => void } | null = null
  readonly closed: Promise<void>

  constructor(path: string, random: Random) {
    this.#random = random
    this.#socket = connect({ path })
    this.#socket.on('error', () => {})
    this.#socket.on('data', chunk => {
      this.#arrived = Buffer.concat([this.#arrived, chunk])
      this.#serve()
    })
    this.closed = new Promise(resolve => this.#socket.once('close', () => resolve()))
  }

  read(bytes: number): Promise<Buffer> {
    return new Promise(resolve => {
      this.#waiting = { bytes, resolve }
      this.#serve()
    })
  }

  /** In pieces of any length, so that whoever reads has to put them together. */
  write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const length = this.#random.oneIn(2) ? bytes.length : 1 + this.#random.below(50)
      this.#socket.write(bytes.subarray(at, at + length))
      at += length
    }
  }

  /** Shakes hands with the secret, and then sends what `make` makes. */
  async asInsider(path: string, make: (channel: SecureChannel) => Buffer): Promise<void> {
    const keys = await meetServer(this, path, () => readFile(keyPathBeside(path)))
    this.write(make(new SecureChannel(keys, systemClock)))
  }

  /** Goes away, politely or not. */
  leave(): void {
    if (this.#random.oneIn(2)) this.#socket.end()
    else this.#socket.destroy()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #serve(): void {
    const waiting = this.#waiting
    if (waiting === null || this.#arrived.length < waiting.bytes) return
    this.#waiting = null
    waiting.resolve(this.#arrived.subarray(0, waiting.bytes))
    this.#arrived = this.#arrived.subarray(waiting.bytes)
  }
}

function frames(random: Random, channel: SecureChannel, count: number): Buffer {
  return Buffer.concat(random.list(count, () => frame(random, channel)))
}

function frame(
  random: Random,
  channel: SecureChannel,
  protection = random.pick(['none', 'signed', 'encrypted'] as const),
): Buffer {
  const packets = [
    '[[100,1,"guarded.add",{"left":1,"right":1},1000]]',
    'no json',
    [[100, 2, 'guarded.keep', { data: new Uint8Array(random.below(40)) }, 1_000]],
    [[100, 3, 'guarded.keep', { data: hostileValue(random) }, 1_000]],
  ] as const
  try {
    return Buffer.concat(encodeFrame(random.pick(packets), { protection }, channel, new OutgoingCopies()))
  } catch {
    // Some values cannot be written at all.
    return Buffer.alloc(0)
  }
}

function flipped(random: Random, bytes: Buffer, times: number): Buffer {
  for (let time = 0; time < times && bytes.length > 0; time += 1) {
    const at = random.below(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
  }
  return bytes
}

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(random.list(length, () => random.below(256)))
}
