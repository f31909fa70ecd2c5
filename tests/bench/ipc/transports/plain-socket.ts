import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Link } from './link.ts'

const patienceMs = 10_000

/** A socket with nothing of ours on it. The side that listens waits for one connection. */
export function openPlainSocket({ path, role }: Extract<Link, { kind: 'socket' }>): Promise<Socket> {
  return role === 'connects' ? connectPatiently(() => connectOnce(path)) : acceptOne(path)
}

/** Tries until the other process listens. */
export async function connectPatiently<T>(attempt: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > until) throw error
      await delay(10)
    }
  }
}

function connectOnce(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket))
    socket.once('error', reject)
  })
}

function acceptOne(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const server = createServer(socket => {
      server.close()
      resolve(socket)
    })
    server.once('error', reject)
    server.listen(path)
  })
}
