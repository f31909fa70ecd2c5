import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { nodeExecutable } from '../launcher/runtime.ts'

export interface SecondInstance {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

interface LockContent {
  readonly pid: number
  readonly startTime: string
  readonly socketPath: string
}

/** Longest path of a Unix socket on Linux, without the terminating zero. */
const maximumSocketPathLength = 107
const deliverTimeoutMs = 5000

/**
 * One instance a user data directory: a lock file names the holder, a socket beside it takes what later
 * instances want to tell. A lock whose process is gone counts for nothing.
 */
export class SingleInstance {
  #server: net.Server | null = null
  #lockPath: string | null = null
  readonly #onSecondInstance: (second: SecondInstance) => void

  constructor(onSecondInstance: (second: SecondInstance) => void) {
    this.#onSecondInstance = onSecondInstance
  }

  get isHeld(): boolean {
    return this.#server !== null
  }

  /** False when another instance holds the lock; that one is told `second`. */
  acquire(directory: string, second: SecondInstance): boolean {
    if (this.isHeld) return true
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const lockPath = path.join(directory, 'SingletonLock.json')
    for (let attempt = 0; attempt < 20; attempt++) {
      const holder = readLock(lockPath)
      if (holder && isAlive(holder)) {
        if (deliver(holder.socketPath, second)) return false
        if (isAlive(holder)) continue
      }
      if (holder) rmSync(lockPath, { force: true })
      if (this.#tryHold(lockPath, directory)) return true
    }
    return false
  }

  release(): void {
    this.#server?.close()
    this.#server = null
    if (this.#lockPath) rmSync(this.#lockPath, { force: true })
    this.#lockPath = null
  }

  #tryHold(lockPath: string, directory: string): boolean {
    const socketPath = socketPathIn(directory)
    const content: LockContent = { pid: process.pid, startTime: startTimeOf(process.pid) ?? '', socketPath }
    const draft = `${lockPath}.${process.pid}`
    writeFileSync(draft, JSON.stringify(content), { mode: 0o600 })
    try {
      // A hard link is made whole or not at all, so no one reads half a lock.
      linkSync(draft, lockPath)
    } catch {
      return false
    } finally {
      rmSync(draft, { force: true })
    }
    rmSync(socketPath, { force: true })
    this.#server = net.createServer({ allowHalfOpen: true }, socket => this.#receive(socket))
    this.#server.on('error', () => {})
    this.#server.listen(socketPath)
    this.#server.unref()
    this.#lockPath = lockPath
    return true
  }

  #receive(socket: net.Socket): void {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('error', () => {})
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('end', () => {
      socket.end('received')
      const second: unknown = JSON.parse(text)
      if (isSecondInstance(second)) this.#onSecondInstance(second)
    })
  }
}

function socketPathIn(directory: string): string {
  const direct = path.join(directory, 'SingletonSocket.sock')
  if (Buffer.byteLength(direct) <= maximumSocketPathLength) return direct
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16)
  const short = path.join(os.tmpdir(), `electron-on-chromium-${process.getuid?.() ?? 0}`)
  mkdirSync(short, { recursive: true, mode: 0o700 })
  return path.join(short, `${name}.sock`)
}

function readLock(lockPath: string): LockContent | null {
  try {
    const content: unknown = JSON.parse(readFileSync(lockPath, 'utf8'))
    if (typeof content !== 'object' || content === null) return null
    if (!('pid' in content) || !('startTime' in content) || !('socketPath' in content)) return null
    return {
      pid: Number(content.pid),
      startTime: String(content.startTime),
      socketPath: String(content.socketPath),
    }
  } catch {
    return null
  }
}

function isAlive(holder: LockContent): boolean {
  return startTimeOf(holder.pid) === holder.startTime
}

/** Field 22 of /proc/pid/stat: with the pid it names a process for good, even when pids are used again. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

/** The answer is needed before the call returns, and Node has no synchronous sockets: a short process has. */
function deliver(socketPath: string, second: SecondInstance): boolean {
  const script = `const s = require('node:net').connect(process.argv[1]);
    s.on('error', () => process.exit(1)); s.on('data', () => process.exit(0));
    process.stdin.on('data', d => s.write(d)).on('end', () => s.end());`
  const { status } = spawnSync(nodeExecutable, ['-e', script, socketPath], {
    input: JSON.stringify(second),
    timeout: deliverTimeoutMs,
    env: {},
  })
  return status === 0
}

function isSecondInstance(value: unknown): value is SecondInstance {
  return (
    typeof value === 'object' &&
    value !== null &&
    'argv' in value &&
    Array.isArray(value.argv) &&
    'workingDirectory' in value &&
    typeof value.workingDirectory === 'string'
  )
}
