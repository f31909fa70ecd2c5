import { chmod, lstat, mkdir, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { dirname } from 'node:path'
import { IdentifierConflictError, PermissionDeniedError } from '../errors.ts'
import type { Port } from '../port.ts'
import { socketPort } from './socket.ts'

/** A socket that is being listened on. Disposing it closes it and removes its file; connections live on. */
export interface SocketServer extends AsyncDisposable {
  readonly path: string
}

export interface SocketServerOptions {
  /** A path on Unix, a pipe name such as `\\.\pipe\nexus` on Windows. */
  readonly path: string
  readonly onConnection: (port: Port) => void
  /** More connections than this at a time are closed at once. */
  readonly maxConnections?: number
}

/**
 * Listens where only this user can connect: the socket has mode 0600 and stands in a folder of mode 0700 that belongs
 * to this user. A socket that a crashed process left behind is replaced. Rejects with IDENTIFIER_CONFLICT when a living
 * process listens there, and with PERMISSION_DENIED when the place belongs to somebody else or is no socket.
 */
export async function listenOnSocket(options: SocketServerOptions): Promise<SocketServer> {
  const { path, onConnection, maxConnections = 32 } = options
  const isPipe = process.platform === 'win32'
  if (!isPipe) {
    await prepareFolder(dirname(path))
    await removeStale(path)
  }
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, socket =>
    onConnection(socketPort(socket)),
  )
  server.maxConnections = maxConnections
  await listen(server, path)
  if (!isPipe) await chmod(path, 0o600)
  return {
    path,
    // The socket's file goes at once. The callback of `close` would come only after the last connection, and the
    // program at its other end may be waiting for this very process to end.
    [Symbol.asyncDispose]: async () => {
      server.close()
    },
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
