import type { Packet, Port, PostOptions } from '../port.ts'
import { CloseSignal } from './close-signal.ts'

interface PortEvent {
  readonly type: string
  readonly data?: unknown
}

/** What is used of a `MessagePort`, as documents, workers and Node's worker_threads have it. */
export interface DomMessagePort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void
  postMessage(message: unknown): void
  addEventListener(type: string, listener: (event: PortEvent) => void): void
  removeEventListener(type: string, listener: (event: PortEvent) => void): void
  start(): void
  close(): void
}

/** Puts a `MessagePort` of the DOM or of Node under the framework. It moves buffers instead of copying them. */
export function domPort(port: DomMessagePort): Port {
  const closing = new CloseSignal()
  let isClosed = false

  port.addEventListener('close', () => {
    isClosed = true
    closing.happen()
  })
  return {
    leavesMemory: false,
    post(packet: Packet, options?: PostOptions) {
      if (isClosed) return
      const transfer = options?.transfer
      if (transfer === undefined || transfer.length === 0) port.postMessage(packet)
      else port.postMessage(packet, [...transfer])
    },
    onMessage(listener) {
      const receive = (event: PortEvent): void => listener(event.data, 'none')
      // A message that cannot be read here must not vanish in silence: it is refused like any other malformed one.
      const refuse = (): void => listener(undefined, 'none')
      port.addEventListener('message', receive)
      port.addEventListener('messageerror', refuse)
      return {
        [Symbol.dispose]() {
          port.removeEventListener('message', receive)
          port.removeEventListener('messageerror', refuse)
        },
      }
    },
    onClose: listener => closing.onClose(listener),
    start: () => port.start(),
    close() {
      if (isClosed) return
      isClosed = true
      port.close()
      // Node tells both sides of a close, Chromium only the other one.
      queueMicrotask(() => closing.happen())
    },
  }
}
