import type { Packet, Port } from '../port.ts'
import { CloseSignal } from './close-signal.ts'

/** What is used of Electron's `MessagePortMain`, which main and the utility processes have. */
export interface ElectronMessagePort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  removeListener(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  start(): void
  close(): void
}

/**
 * Puts a `MessagePortMain` under the framework. Everything is copied: it loses the whole message when asked to
 * transfer an ArrayBuffer (electron/electron#34905), so what `transfer` names is never handed on to it.
 */
export function electronPort(port: ElectronMessagePort): Port {
  const closing = new CloseSignal()
  let isClosed = false

  port.on('close', () => {
    isClosed = true
    closing.happen()
  })
  return {
    leavesMemory: false,
    post(packet: Packet) {
      if (!isClosed) port.postMessage(packet)
    },
    onMessage(listener) {
      const receive = (event: { readonly data: unknown }): void => listener(event.data, 'none')
      port.on('message', receive)
      return { [Symbol.dispose]: () => void port.removeListener('message', receive) }
    },
    onClose: listener => closing.onClose(listener),
    start: () => port.start(),
    close() {
      if (isClosed) return
      isClosed = true
      port.close()
      queueMicrotask(() => closing.happen())
    },
  }
}
