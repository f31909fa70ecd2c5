import type { Port } from '../port.ts'
import { Arrivals } from './arrivals.ts'
import { channelPort } from './channel-port.ts'

/** What is used of a `Worker` of Node by who started it, and of `parentPort` in the worker. */
export interface ThreadChannel {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void
  on(event: 'message' | 'messageerror', listener: (message: unknown) => void): unknown
  on(event: 'exit' | 'close', listener: () => void): unknown
  removeListener(event: 'message' | 'messageerror', listener: (message: unknown) => void): unknown
}

/** What is used of a `ChildProcess` with a channel, and of `process` in the child. */
export interface ForkChannel {
  readonly connected: boolean
  send?(
    message: unknown,
    handle: undefined,
    options: undefined,
    callback: (error: Error | null) => void,
  ): boolean
  disconnect(): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

/** What main uses of an Electron `UtilityProcess`. */
export interface UtilityProcessChannel {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: () => void): unknown
  removeListener(event: 'message', listener: (message: unknown) => void): unknown
}

/** What a utility process uses of its `process.parentPort`. */
export interface ParentPortChannel {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  removeListener(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

/** Puts the channel between a thread and its worker under the framework, at either end. It moves buffers. */
export function threadPort(thread: ThreadChannel): Port {
  const arrivals = new Arrivals()
  const receive = (message: unknown): void => receiveFrom(arrivals, message)
  const refuse = (): void => arrivals.arrive(unreadable)
  thread.on('message', receive)
  thread.on('messageerror', refuse)
  thread.on('exit', () => arrivals.end())
  thread.on('close', () => arrivals.end())
  arrivals.onClose(() => {
    // A listener would keep the worker alive.
    thread.removeListener('message', receive)
    thread.removeListener('messageerror', refuse)
  })
  return channelPort(arrivals, {
    send: (packet, options) => thread.postMessage(packet, options?.transfer ?? []),
    close: () => thread.postMessage(closingWord),
  })
}

/**
 * Puts the channel of a forked child under the framework, at either end. Both must have been set up with
 * `serialization: 'advanced'`, or lists lose what JSON cannot carry. Closing disconnects; the child goes on without.
 */
export function forkPort(channel: ForkChannel): Port {
  const arrivals = new Arrivals()
  let unsent = 0
  let isClosing = false

  function disconnectWhenSent(): void {
    // Disconnecting would throw away what is still on its way.
    if (isClosing && unsent === 0 && channel.connected) channel.disconnect()
  }

  channel.on('message', message => arrivals.arrive(message))
  channel.on('disconnect', () => arrivals.end())
  if (!channel.connected) queueMicrotask(() => arrivals.end())
  return channelPort(arrivals, {
    send(packet) {
      if (channel.send === undefined) return
      unsent += 1
      try {
        channel.send(packet, undefined, undefined, () => {
          // An error here says that the channel is gone, and 'disconnect' says that too.
          unsent -= 1
          disconnectWhenSent()
        })
      } catch (error) {
        unsent -= 1
        throw error
      }
    },
    close() {
      isClosing = true
      disconnectWhenSent()
    },
  })
}

/** Puts the channel that main has to a utility process under the framework. Everything is copied. */
export function utilityProcessPort(child: UtilityProcessChannel): Port {
  const arrivals = new Arrivals()
  const receive = (message: unknown): void => receiveFrom(arrivals, message)
  child.on('message', receive)
  child.on('exit', () => arrivals.end())
  arrivals.onClose(() => void child.removeListener('message', receive))
  return channelPort(arrivals, {
    send: packet => child.postMessage(packet),
    close: () => child.postMessage(closingWord),
  })
}

/** Puts the channel that a utility process has to main under the framework. Everything is copied. */
export function parentPortPort(parentPort: ParentPortChannel): Port {
  const arrivals = new Arrivals()
  const receive = (event: { readonly data: unknown }): void => receiveFrom(arrivals, event.data)
  parentPort.on('message', receive)
  arrivals.onClose(() => void parentPort.removeListener('message', receive))
  return channelPort(arrivals, {
    send: packet => parentPort.postMessage(packet),
    close: () => parentPort.postMessage(closingWord),
  })
}

/** The last message over a channel that cannot be closed for itself, because it lives as long as its process. */
const closingWord = null
/** Stands for a message that could not be read here, so that it is refused like any other malformed one. */
const unreadable = undefined

function receiveFrom(arrivals: Arrivals, message: unknown): void {
  if (message === closingWord) arrivals.end()
  else arrivals.arrive(message)
}
