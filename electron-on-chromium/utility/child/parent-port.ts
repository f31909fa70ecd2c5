import { EventEmitter } from 'node:events'
import { type MessageEvent, portOf } from '../../messaging/message-port.ts'
import { deserialize, serialize } from '../../messaging/serializer.ts'
import type { MainChannel } from './main-channel.ts'

/**
 * Electron's ParentPort. Messages are kept until somebody listens for 'message', which also keeps the process
 * running.
 */
export class ParentPort extends EventEmitter {
  readonly #channel: MainChannel
  #kept: MessageEvent[] = []
  #isDelivering = false

  constructor(channel: MainChannel) {
    super()
    this.#channel = channel
    channel.onMessage((payload, pipes) => {
      this.#kept.push({ data: deserialize(payload), ports: pipes.map(portOf) })
      this.#deliver()
    })
    this.on('newListener', (event: string | symbol) => {
      if (event !== 'message') return
      channel.ref()
      // Called before the listener is added; a turn later it is there.
      this.#deliver()
    })
    this.on('removeListener', (event: string | symbol) => {
      if (event === 'message' && this.listenerCount('message') === 0) channel.unref()
    })
  }

  /** Throws `An object could not be cloned.` */
  postMessage(message?: unknown): void {
    this.#channel.post(serialize(message))
  }

  #deliver(): void {
    if (this.#isDelivering) return
    this.#isDelivering = true
    setImmediate(() => {
      this.#isDelivering = false
      if (this.listenerCount('message') === 0) return
      const event = this.#kept.shift()
      if (!event) return
      if (this.#kept.length > 0) this.#deliver()
      this.emit('message', event)
    })
  }
}
