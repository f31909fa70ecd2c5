import {
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { PermissionDeniedError, TargetUnavailableError } from '../errors.ts'
import type { SessionKeys } from './secure-channel.ts'

/**
 * How two sides of a socket meet. Both know the secret of a file that only this user can read, which proves who they are;
 * fresh X25519 keys give each connection keys of its own, which the file does not reveal later.
 *
 *     server -> client   hello: NEXUS and a line feed, version (2), public key (32), random (32)
 *     client -> server   hello, proof (32)
 *     server -> client   1 and proof (32), or 0 and zeros when the client's proof is wrong
 *
 * Every key and proof comes from HKDF-SHA256 over the shared secret and the file's, salted with the hash of both hellos,
 * under a label of its own. The server speaks first, when its file is in its place, so that the client reads that one.
 * The randomness is the system's and cannot be handed in: keys that can be foretold are none.
 */
export interface HandshakeLink {
  /** The next so many bytes. Rejects when the other side goes away or takes too long. */
  read(bytes: number): Promise<Buffer>
  write(bytes: Buffer): void
}

/** Raised when handshake or frames change; both sides may come from different builds. */
export const socketVersion = 2
export const secretBytes = 32

const mark = Buffer.from('NEXUS\n')
const keyBytes = 32
const helloRestBytes = 2 + keyBytes + 32
const proofBytes = 32
const accepted = 1

/** Meets a client. Rejects with PERMISSION_DENIED when it does not know the secret. */
export async function meetClient(link: HandshakeLink, secret: Buffer): Promise<SessionKeys> {
  const own = createHello()
  link.write(own.bytes)
  const theirs = await readHello(link, 'The client')
  const proof = await link.read(proofBytes)
  const agreed = agree(own, theirs, { server: own.bytes, client: theirs.bytes }, secret)
  if (!timingSafeEqual(proof, agreed.proofOf('client'))) {
    link.write(Buffer.alloc(1 + proofBytes))
    throw new PermissionDeniedError('The client does not know the secret of this socket')
  }
  link.write(Buffer.concat([Buffer.from([accepted]), agreed.proofOf('server')]))
  return agreed.keysOf('server')
}

/**
 * Meets a server; `place` names it in errors. The secret is asked for when the server has spoken. Rejects with
 * PERMISSION_DENIED when the server does not know it, and with TARGET_UNAVAILABLE when it speaks another version.
 */
export async function meetServer(
  link: HandshakeLink,
  place: string,
  readSecret: () => Promise<Buffer>,
): Promise<SessionKeys> {
  const theirs = await readHello(link, `What listens at ${place}`)
  const secret = await readSecret()
  const own = createHello()
  const agreed = agree(own, theirs, { server: theirs.bytes, client: own.bytes }, secret)
  link.write(Buffer.concat([own.bytes, agreed.proofOf('client')]))
  const verdict = await link.read(1 + proofBytes)
  if (verdict[0] !== accepted || !timingSafeEqual(verdict.subarray(1), agreed.proofOf('server'))) {
    throw new PermissionDeniedError(
      `What listens at ${place} does not know the secret that lies beside it. Either Nexus was restarted just now: ` +
        'try again. Or another program has taken its place: end Nexus and start it again',
    )
  }
  return agreed.keysOf('client')
}

interface Hello {
  readonly bytes: Buffer
  readonly publicKey: KeyObject
}

interface OwnHello extends Hello {
  readonly privateKey: KeyObject
}

function createHello(): OwnHello {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const version = Buffer.alloc(2)
  version.writeUInt16BE(socketVersion)
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  return { bytes: Buffer.concat([mark, version, raw, randomBytes(32)]), publicKey, privateKey }
}

/** `who` begins the message of what it throws. */
async function readHello(link: HandshakeLink, who: string): Promise<Hello> {
  const start = await link.read(mark.length)
  if (!start.equals(mark)) {
    throw unavailable(
      `${who} does not speak as Nexus does. If it is an older Nexus, end it and start the new one`,
    )
  }
  const rest = await link.read(helloRestBytes)
  const version = rest.readUInt16BE(0)
  if (version !== socketVersion) {
    throw unavailable(
      `${who} speaks version ${version} of the socket's language, this program version ${socketVersion}. ` +
        'End the older of the two and start the newer one in its place',
    )
  }
  const x = rest.subarray(2, 2 + keyBytes).toString('base64url')
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' })
  return { bytes: Buffer.concat([start, rest]), publicKey }
}

interface Agreement {
  proofOf(side: 'client' | 'server'): Buffer
  keysOf(side: 'client' | 'server'): SessionKeys
}

function agree(
  own: OwnHello,
  theirs: Hello,
  hellos: { readonly server: Buffer; readonly client: Buffer },
  secret: Buffer,
): Agreement {
  const salt = createHash('sha256').update(hellos.server).update(hellos.client).digest()
  const shared = Buffer.concat([sharedSecret(own, theirs), secret])
  const derive = (label: string) =>
    Buffer.from(hkdfSync('sha256', shared, salt, `nexus socket: ${label}`, 32))
  const keysFrom = (sender: string) => ({
    sign: derive(`signatures of the ${sender}`),
    encrypt: derive(`encryption by the ${sender}`),
  })
  return {
    proofOf: side =>
      createHmac('sha256', derive(`proof of the ${side}`))
        .update(salt)
        .digest(),
    keysOf: side => ({
      side,
      send: keysFrom(side),
      receive: keysFrom(side === 'client' ? 'server' : 'client'),
    }),
  }
}

function sharedSecret(own: OwnHello, theirs: Hello): Buffer {
  try {
    return diffieHellman({ privateKey: own.privateKey, publicKey: theirs.publicKey })
  } catch (cause) {
    // A key of small order would make the shared secret known to everybody.
    throw new PermissionDeniedError('The other side of the socket sent a key that nobody may use', { cause })
  }
}

function unavailable(message: string): TargetUnavailableError {
  return new TargetUnavailableError(message, { retryable: false })
}
