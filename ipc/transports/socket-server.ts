import { unlinkSync } from 'node:fs'
import { chmod, lstat, mkdir, unlink } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { systemClock } from '../clock.ts'
import { IdentifierConflictError, PermissionDeniedError } from '../errors.ts'
import { silentLog } from '../log.ts'
import type { Port } from '../port.ts'
import { SecureChannel } from './secure-channel.ts'
import { meetClient } from './secure-handshake.ts'
import { keyPathBeside, writeSecret } from './secure-key-file.ts'
import { refuseForeignForm, type SocketOptions, SocketPort } from './socket.ts'
import { shakeHands } from './socket-handshake.ts'
import { SocketStream } from './socket-stream.ts'

/** A socket that is being listened on. Disposing it closes it and removes its files; connections live on. */
export interface SocketServer extends AsyncDisposable {
  readonly path: string
}

export interface SocketServerOptions extends SocketOptions {
  /** A path on Unix, a pipe name such as `\\.\pipe\nexus` on Windows. */
  readonly path: string
  /** Called for each peer that knows the secret, when both sides have keys. */
  readonly onConnection: (port: Port) => void
  /** More connections than this at a time are closed at once, those that still shake hands included. */
  readonly maxConnections?: number
}

/**
 * Listens where only this user can connect: the socket has mode 0600 and stands in a folder of mode 0700 that belongs
 * to this user, and whoever connects has to know the secret of a file of mode 0600 beside it, new for each server. A pipe
 * of Windows has the rights that the system gives pipes (this user, administrators and the system may use it, everybody may
 * read); there the secret is what keeps others out. A socket that a crashed process left behind is replaced. Rejects with
 * IDENTIFIER_CONFLICT when a living process listens there, and with PERMISSION_DENIED when the place belongs to somebody
 * else or is no socket.
 */
export async function listenOnSocket(options: SocketServerOptions): Promise<SocketServer> {
  const { path, maxConnections = 32, keyPath = keyPathBeside(path) } = options
  const isPipe = process.platform === 'win32'
  refuseForeignForm(path)
  if (!isPipe) {
    await prepareFolder(dirname(path))
    await removeStale(path)
  }
  // Whoever connects before the secret is in its place waits: the server speaks first.
  const secret = Promise.withResolvers<Buffer>()
  const strangers = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, async socket => {
    const stream = SocketStream.accept(socket)
    strangers.add(stream.socket)
    await welcome(stream, secret.promise, options)
    strangers.delete(stream.socket)
  })
  server.maxConnections = maxConnections
  await listen(server, path)
  try {
    if (!isPipe) await chmod(path, 0o600)
    secret.resolve(await writeSecret(keyPath))
  } catch (error) {
    server.close()
    for (const socket of strangers) socket.destroy()
    throw error
  }
  return {
    path,
    // The files go at once, the secret first: when the socket is gone another server may write its own. The callback of
    // `close` would come only after the last connection, and the program at its other end may be waiting for this very
    // process to end.
    [Symbol.asyncDispose]: async () => {
      removeIfThere(keyPath)
      server.close()
      for (const socket of strangers) socket.destroy()
    },
  }
}

async function welcome(
  stream: SocketStream,
  secret: Promise<Buffer>,
  options: SocketServerOptions,
): Promise<void> {
  const { clock = systemClock, log = silentLog, onConnection } = options
  const keys = await shakeHands(stream, clock, async link => meetClient(link, await secret)).catch(
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      log({ level: 'warning', message: 'Refused a connection', details: { reason } })
      return null
    },
  )
  if (keys !== null) onConnection(new SocketPort(stream, new SecureChannel(keys, clock), options))
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Somebody removed it already, or its whole folder.
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE'
      reject(isTaken ? new IdentifierConflictError(`Another process listens at ${path}`, { cause }) : cause)
    })
    server.listen({ path }, resolve)
  })
}

async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new PermissionDeniedError(`${folder} does not belong to this user`)
  }
  if ((found.mode & 0o077) !== 0) await chmod(folder, 0o700)
}

async function removeStale(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null)
  if (found === null) return
  if (!found.isSocket()) throw new PermissionDeniedError(`${path} is in the way and is no socket`)
  if (await isAlive(path)) throw new IdentifierConflictError(`Another process listens at ${path}`)
  await unlink(path)
}

function isAlive(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    // Only a refusal proves that nobody listens; anything else is left alone.
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'))
  })
}
