import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { FrameGuard, OpenedBody } from './framing.ts'

/** The keys of one direction of one connection, as bytes. Whoever takes them over wipes them. */
export interface DirectionKeys {
  readonly sign: Buffer
  readonly encrypt: Buffer
}

/** What the two sides of a connection agree on when they meet; see secure-handshake.ts. */
export interface SessionKeys {
  readonly send: DirectionKeys
  readonly receive: DirectionKeys
  /** Which side this one is, so that no frame can be turned around. */
  readonly side: 'client' | 'server'
}

/** When the sender goes on to new keys: whichever comes first, looked at before each protected frame. */
export interface KeyRotation {
  readonly afterFrames: number
  readonly afterBytes: number
  readonly afterMs: number
}

/** Far below what AES-GCM allows with one key; the time limits what a key found in memory later can read. */
export const defaultRotation: KeyRotation = {
  afterFrames: 65_536,
  afterBytes: 1_000_000_000,
  afterMs: 15 * 60_000,
}

/** Generation of the keys (4 bytes) and number of the frame (8 bytes): together the nonce, so it never repeats. */
const stampBytes = 12
const tagBytes = { signed: 32, encrypted: 16 } as const

/**
 * Signs and encrypts the frames of one connection, and checks those of the peer. A signed body is stamp, content and the
 * HMAC-SHA256 over direction, header, stamp and content; an encrypted one is stamp, ciphertext and tag of AES-256-GCM,
 * with direction, header and stamp as additional data. Frames are numbered in each direction, without a gap, so that
 * one that comes again, too early or not at all is noticed. Keys are replaced by their own hash as they grow old, which
 * the generation in the stamp tells the reader; those before cannot be computed from them.
 */
export class SecureChannel implements FrameGuard {
  readonly #sending: KeyChain
  readonly #receiving: KeyChain
  readonly #rotation: KeyRotation
  readonly #clock: Clock
  #frames = 0
  #bytes = 0
  #since: number

  constructor(keys: SessionKeys, clock: Clock, rotation: KeyRotation = defaultRotation) {
    const { side } = keys
    this.#sending = new KeyChain(keys.send, side)
    this.#receiving = new KeyChain(keys.receive, side === 'client' ? 'server' : 'client')
    this.#clock = clock
    this.#rotation = rotation
    this.#since = clock.now()
  }

  /** How often the keys of each direction were replaced. */
  get generations(): { readonly sent: number; readonly received: number } {
    return { sent: this.#sending.generation, received: this.#receiving.generation }
  }

  addedBytes(protection: 'signed' | 'encrypted'): number {
    return stampBytes + tagBytes[protection]
  }

  seal(
    protection: 'signed' | 'encrypted',
    header: Uint8Array,
    pieces: readonly Uint8Array[],
  ): readonly Uint8Array[] {
    this.#rotateWhenOld()
    const keys = this.#sending
    keys.number += 1
    this.#frames += 1
    for (const piece of pieces) this.#bytes += piece.length
    const stamp = keys.stamp()
    const outside = Buffer.concat([keys.direction, header, stamp])
    switch (protection) {
      case 'signed':
        return [stamp, ...pieces, signature(keys.sign, outside, pieces)]
      case 'encrypted': {
        const cipher = createCipheriv('aes-256-gcm', keys.encrypt, stamp).setAAD(outside)
        const content = pieces.map(piece => cipher.update(piece))
        return [stamp, ...content, cipher.final(), cipher.getAuthTag()]
      }
    }
  }

  open(protection: 'signed' | 'encrypted', header: Uint8Array, body: Buffer): OpenedBody {
    if (body.length < this.addedBytes(protection)) return refused(protection, 'is too short')
    const stamp = body.subarray(0, stampBytes)
    const content = body.subarray(stampBytes, body.length - tagBytes[protection])
    const tag = body.subarray(body.length - tagBytes[protection])
    const keys = this.#receiving
    const problem = keys.follow(stamp)
    if (problem !== null) return refused(protection, problem)
    const outside = Buffer.concat([keys.direction, header, stamp])
    switch (protection) {
      case 'signed':
        if (!timingSafeEqual(tag, signature(keys.sign, outside, [content]))) break
        return { kind: 'opened', body: content }
      case 'encrypted': {
        const opened = decrypted(keys.encrypt, stamp, outside, content, tag)
        if (opened === null) break
        return { kind: 'opened', body: opened }
      }
    }
    return refused(protection, 'is not what the peer has sent: it was changed on its way')
  }

  #rotateWhenOld(): void {
    const { afterFrames, afterBytes, afterMs } = this.#rotation
    const isOld =
      this.#frames >= afterFrames || this.#bytes >= afterBytes || this.#clock.now() - this.#since >= afterMs
    if (!isOld) return
    this.#sending.replaceKeys()
    this.#frames = 0
    this.#bytes = 0
    this.#since = this.#clock.now()
  }
}

/** The keys of one direction, and the number of the last frame that was sent with them or accepted. */
class KeyChain {
  readonly direction: Buffer
  sign: KeyObject
  encrypt: KeyObject
  generation = 0
  number = 0

  constructor(keys: DirectionKeys, sender: 'client' | 'server') {
    this.direction = Buffer.from(`from the ${sender}\n`)
    this.sign = keyOf(keys.sign)
    this.encrypt = keyOf(keys.encrypt)
  }

  stamp(): Buffer {
    const stamp = Buffer.allocUnsafe(stampBytes)
    stamp.writeUInt32BE(this.generation, 0)
    stamp.writeBigUInt64BE(BigInt(this.number), 4)
    return stamp
  }

  /** Takes the number of an arriving frame and turns to its keys; or says what is wrong with it. */
  follow(stamp: Buffer): string | null {
    const number = Number(stamp.readBigUInt64BE(4))
    if (number <= this.number) return `has number ${number} again: it was replayed or came out of order`
    if (number !== this.number + 1) {
      return `has number ${number} after ${this.number}: frames are missing or out of order`
    }
    const generation = stamp.readUInt32BE(0)
    if (generation === this.generation + 1) this.replaceKeys()
    if (generation !== this.generation) return `has keys of generation ${generation} after ${this.generation}`
    this.number = number
    return null
  }

  replaceKeys(): void {
    this.sign = successor(this.sign)
    this.encrypt = successor(this.encrypt)
    this.generation += 1
  }
}

/** Outside of what scripts can read, and many times faster to use than bytes, which would be read anew for each frame. */
function keyOf(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

function successor(key: KeyObject): KeyObject {
  return keyOf(Buffer.from(hkdfSync('sha256', key, '', 'nexus socket: next key', 32)))
}

function signature(key: KeyObject, outside: Buffer, pieces: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('sha256', key).update(outside)
  for (const piece of pieces) hmac.update(piece)
  return hmac.digest()
}

function decrypted(
  key: KeyObject,
  nonce: Buffer,
  outside: Buffer,
  content: Buffer,
  tag: Buffer,
): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tag.length })
  decipher.setAAD(outside).setAuthTag(tag)
  try {
    const opened = decipher.update(content)
    decipher.final()
    return opened
  } catch {
    return null
  }
}

function refused(protection: 'signed' | 'encrypted', problem: string): OpenedBody {
  return {
    kind: 'refused',
    reason: `${protection === 'signed' ? 'a' : 'an'} ${protection} frame that ${problem}`,
  }
}
