import { EventEmitter } from 'node:events'
import { Pipe } from './pipe.ts'
import { clone } from './serializer.ts'

export interface MessageEvent {
  readonly data: unknown
  readonly ports: MessagePortMain[]
}

/** Not Electron's public way to make a port; kept in a symbol so that applications cannot. */
const fromPipe = Symbol('fromPipe')
let isConstructionAllowed = false

/**
 * Electron's MessagePortMain: messages are kept until `start`; a port that was transferred is neutered; 'close'
 * tells that the other end was closed or that its process has gone.
 */
export class MessagePortMain extends EventEmitter {
  #pipe: Pipe | null = null
  #isStarted = false
  #isNeutered = false

  constructor() {
    super()
    if (!isConstructionAllowed) throw new TypeError('Illegal constructor')
  }

  /** @internal */
  static [fromPipe](pipe: Pipe): MessagePortMain {
    isConstructionAllowed = true
    try {
      const port = new MessagePortMain()
      port.#pipe = pipe
      return port
    } finally {
      isConstructionAllowed = false
    }
  }

  /** @internal Whether the value is one of our ports; for transfer lists that anything may come in. */
  static isPort(value: unknown): value is MessagePortMain {
    return typeof value === 'object' && value !== null && #pipe in value
  }

  /** @internal Takes the ends out of their ports, all or none; the ports are neutered afterwards. */
  static disentangle(ports: readonly MessagePortMain[]): Pipe[] {
    for (const [index, port] of ports.entries()) {
      if (ports.indexOf(port) < index)
        throw new Error(`Port at index ${index} is a duplicate of an earlier port.`)
      if (port.#isNeutered) throw new Error(`Port at index ${index} is already neutered.`)
    }
    return ports.map(port => {
      const pipe = port.#pipe ?? closedPipe()
      port.#pipe = null
      port.#isNeutered = true
      pipe.pause()
      return pipe
    })
  }

  /** The message is copied, never shared. Throws when it cannot be cloned or a port cannot be transferred. */
  postMessage(message?: unknown, transfer?: readonly MessagePortMain[]): void {
    const ports = this.#transferable(transfer)
    const pipe = this.#pipe
    if (!pipe) return
    if (ports.length === 0) pipe.send(message)
    else sendWithPorts(message, ports, (copy, pipes) => pipe.send(copy, pipes))
  }

  start(): void {
    if (this.#isStarted || !this.#pipe) return
    this.#isStarted = true
    this.#pipe.receive({
      message: ({ data, ports }) => {
        const event: MessageEvent = { data, ports: ports.map(portOf) }
        this.emit('message', event)
      },
      closed: () => {
        this.#pipe = null
        this.emit('close')
      },
    })
  }

  close(): void {
    this.#pipe?.close()
    this.#pipe = null
  }

  #transferable(transfer: readonly unknown[] | null | undefined): readonly MessagePortMain[] {
    if (transfer === undefined || transfer === null) return []
    if (!Array.isArray(transfer)) throw new TypeError('Expected transfer to be an array of MessagePortMain')
    const list: readonly unknown[] = transfer
    return list.map((port, index) => {
      if (!MessagePortMain.isPort(port)) throw new Error(`Port at index ${index} is not a valid port`)
      if (port === this) throw new Error(`Port at index ${index} contains the source port.`)
      return port
    })
  }
}

function closedPipe(): Pipe {
  const [near, far] = Pipe.pair()
  far.close()
  return near
}

/** @internal A port over an end that has just arrived. */
export function portOf(pipe: Pipe): MessagePortMain {
  return MessagePortMain[fromPipe](pipe)
}

/** @internal Sends a message with ports: when the message cannot be cloned, the ports stay with their holder. */
export function sendWithPorts(
  message: unknown,
  ports: readonly MessagePortMain[],
  send: (copy: unknown, pipes: readonly Pipe[]) => void,
): void {
  const copy = clone(message)
  send(copy, MessagePortMain.disentangle(ports))
}

/** Electron's MessageChannelMain: two entangled ports. */
export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const [first, second] = Pipe.pair()
    this.port1 = portOf(first)
    this.port2 = portOf(second)
  }
}
