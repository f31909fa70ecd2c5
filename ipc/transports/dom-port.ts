import type { WireMessage } from '../message.ts'
import type { Port } from '../port.ts'

interface PortEvent {
  readonly type: string
  readonly data?: unknown
}

/** What is used of a `MessagePort`, as documents, workers and Node's worker_threads have it. */
export interface DomMessagePort {
  postMessage(message: unknown, transfer: never[]): void
  postMessage(message: unknown): void
  addEventListener(type: string, listener: (event: PortEvent) => void): void
  removeEventListener(type: string, listener: (event: PortEvent) => void): void
  start(): void
  close(): void
}

/** Puts a `MessagePort` of the DOM or of Node under the framework. */
export function domPort(port: DomMessagePort): Port {
  let isClosed = false
  return {
    post(message: WireMessage, transfer?: readonly unknown[]) {
      if (isClosed) return
      if (transfer === undefined) port.postMessage(message)
      else port.postMessage(message, [...transfer] as never[])
    },
    onMessage(listener) {
      const receive = (event: PortEvent): void => listener(event.data)
      // A message that cannot be read here must not vanish in silence: it is refused like any other malformed one.
      const refuse = (): void => listener(undefined)
      port.addEventListener('message', receive)
      port.addEventListener('messageerror', refuse)
      return {
        [Symbol.dispose]() {
          port.removeEventListener('message', receive)
          port.removeEventListener('messageerror', refuse)
        },
      }
    },
    onClose(listener) {
      port.addEventListener('close', listener)
      return { [Symbol.dispose]: () => port.removeEventListener('close', listener) }
    },
    start: () => port.start(),
    close() {
      isClosed = true
      port.close()
    },
  }
}
