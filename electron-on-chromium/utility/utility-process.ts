import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type net from 'node:net'
import { PassThrough, type Readable } from 'node:stream'
import { exportPipe } from '../messaging/export-pipe.ts'
import { MessagePortMain } from '../messaging/message-port.ts'
import type { Pipe } from '../messaging/pipe.ts'
import { mainPortExchange } from '../messaging/port-exchange.ts'
import { deserialize, serialize } from '../messaging/serializer.ts'
import { SocketCarrier } from '../messaging/socket-carrier.ts'
import { classifyExit, type ProcessExit } from './exit.ts'
import { type CheckedForkOptions, checkForkOptions, type ForkOptions } from './fork-options.ts'
import { recordUtility } from './registry.ts'
import { spawnUtility } from './spawn.ts'
import type { FromUtility, ToUtility } from './wire.ts'

/** How often it is asked whether the channel of a process that has ended is read to its end. */
const drainedCheckMs = 5

/**
 * Electron's UtilityProcess. Emits 'spawn', 'message' (the message), 'error' and at the end 'exit' (code), after
 * every message that the process sent. To be made by `utilityProcess.fork` alone.
 */
export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  readonly #options: CheckedForkOptions
  #stdout: PassThrough | null
  #stderr: PassThrough | null
  #pid: number | undefined
  #isGone = false
  /** Messages leave in order although the ports with them take time to get ready. */
  #sending: Promise<void> | null = null

  constructor(modulePath: string, args: readonly string[], options: CheckedForkOptions) {
    super()
    this.#options = options
    this.#child = spawnUtility(modulePath, args, options)
    this.#stdout = piped(this.#child.stdout)
    this.#stderr = piped(this.#child.stderr)
    this.#child.once('spawn', () => this.#spawned())
    this.#child.on('message', (message, handle) =>
      this.#received(message as FromUtility, handle as net.Socket | undefined),
    )
    this.#awaitExit()
  }

  /** Undefined before 'spawn' and after 'exit'. */
  get pid(): number | undefined {
    return this.#pid
  }

  /** Null unless stdio asked for a pipe, and after 'exit'; who holds the stream reads it to its end all the same. */
  get stdout(): Readable | null {
    return this.#stdout
  }

  get stderr(): Readable | null {
    return this.#stderr
  }

  /** The message is copied. It is kept until the process listens; dropped when the process is gone. */
  postMessage(message?: unknown, transfer?: readonly MessagePortMain[]): void {
    const ports = checkTransfer(transfer)
    const payload = serialize(message)
    const pipes = MessagePortMain.disentangle(ports)
    if (this.#isGone) {
      for (const pipe of pipes) pipe.close()
      return
    }
    if (pipes.length === 0 && !this.#sending) this.#send({ kind: 'message', payload, tokens: [] })
    else this.#enqueue(() => this.#sendWithPorts(payload, pipes))
  }

  /** Ends the process in good order. False when it is gone already. Right after fork it takes effect as well. */
  kill(): boolean {
    if (this.#isGone) return false
    return this.#child.kill('SIGTERM')
  }

  #spawned(): void {
    this.#pid = this.#child.pid
    if (this.#pid !== undefined) recordUtility.started(this.#pid, this.#options.serviceName)
    this.emit('spawn')
  }

  #awaitExit(): void {
    const child = this.#child
    // Node listens once more for every socket that is handed over; a browser hands over many.
    child.setMaxListeners(0)
    child.once('exit', (code, signal) => {
      const exited = (): void => {
        // What it sent before it went still lies in the channel, which ends when all was read. Node announces that by
        // 'disconnect', except when the process died with a socket on its way to it.
        if (child.connected) setTimeout(exited, drainedCheckMs)
        else drained()
      }
      // The messages just read are told first: their turns are taken in order, and this one is the last.
      const drained = (): void => void setImmediate(() => this.#exited(classifyExit(code, signal)))
      child.once('disconnect', drained)
      exited()
    })
    child.once('error', () => {
      if (child.pid === undefined) this.#exited(classifyExit(null, null))
    })
  }

  #exited(exit: ProcessExit): void {
    if (this.#isGone) return
    this.#isGone = true
    recordUtility.gone(this.#pid, this.#options.serviceName, exit)
    this.#pid = undefined
    this.emit('exit', exit.exitCode)
    this.#stdout = null
    this.#stderr = null
  }

  #received(message: FromUtility, handle: net.Socket | undefined): void {
    switch (message.kind) {
      case 'message':
        // Node reads several at once. Each has a turn of its own, as in Electron: what awaits one message can
        // listen for the next.
        setImmediate(() => this.emit('message', deserialize(message.payload)))
        return
      case 'deposit':
        if (handle)
          mainPortExchange.deposit(
            message.token,
            new SocketCarrier(handle, mainPortExchange, message.backlog),
          )
        return
      case 'claim':
        mainPortExchange.claimFor(message.token, pipe =>
          this.#enqueue(() => this.#sendPort(message.token, pipe)),
        )
        return
    }
  }

  #enqueue(step: () => Promise<void>): void {
    const sending = (this.#sending ?? Promise.resolve()).then(step).then(() => {
      if (this.#sending === sending) this.#sending = null
    })
    this.#sending = sending
  }

  async #sendWithPorts(payload: Uint8Array, pipes: readonly Pipe[]): Promise<void> {
    const tokens: string[] = []
    for (const pipe of pipes) {
      const token = crypto.randomUUID()
      tokens.push(token)
      await this.#sendPort(token, pipe)
    }
    this.#send({ kind: 'message', payload, tokens })
  }

  async #sendPort(token: string, pipe: Pipe): Promise<void> {
    const { socket, backlog } = await exportPipe(pipe, mainPortExchange)
    if (this.#isGone || !this.#child.connected) socket.destroy()
    else this.#send({ kind: 'port', token, backlog }, socket)
  }

  #send(message: ToUtility, handle?: net.Socket): void {
    if (!this.#child.connected) return
    // The error is that the process is going; 'exit' tells.
    this.#child.send(message, handle, error => {
      if (error) handle?.destroy()
    })
  }
}

function checkTransfer(transfer: unknown): readonly MessagePortMain[] {
  if (transfer === undefined || transfer === null) return []
  if (!Array.isArray(transfer)) throw new TypeError('Expected transfer to be an array of MessagePortMain')
  const list: readonly unknown[] = transfer
  return list.map((port, index) => {
    if (!MessagePortMain.isPort(port)) throw new Error(`Port at index ${index} is not a valid port`)
    return port
  })
}

/** A stream of our own, so that output is not lost before someone reads it. */
function piped(source: Readable | null): PassThrough | null {
  if (!source) return null
  const output = new PassThrough()
  source.pipe(output)
  return output
}

export interface UtilityProcessModule {
  fork(modulePath: string, args?: string[] | ForkOptions, options?: ForkOptions): UtilityProcess
}

/** Electron's `utilityProcess`. */
export const utilityProcess: UtilityProcessModule = {
  fork(modulePath, args, options) {
    if (!modulePath) throw new Error('Missing UtilityProcess entry script.')
    const [list, chosen] = Array.isArray(args) || !args ? [args ?? [], options ?? {}] : [[], args]
    return new UtilityProcess(modulePath, list.map(String), checkForkOptions(chosen))
  },
}
