import type { WireMessage } from '../message.ts'
import type { Port } from '../port.ts'

/** What is used of Electron's `MessagePortMain`, which main and the utility processes have. */
export interface ElectronMessagePort {
  postMessage(message: unknown, transfer?: never[]): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  removeListener(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  removeListener(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

/**
 * Puts a `MessagePortMain` under the framework. It carries ports, but loses the whole message when asked to transfer
 * an ArrayBuffer (electron/electron#34905), so that is refused here.
 */
export function electronPort(port: ElectronMessagePort): Port {
  let isClosed = false
  return {
    post(message: WireMessage, transfer?: readonly unknown[]) {
      if (isClosed) return
      if (transfer === undefined) return port.postMessage(message)
      if (transfer.some(part => part instanceof ArrayBuffer)) {
        throw new TypeError(
          'A buffer cannot be transferred through this port; leave it out to have it copied',
        )
      }
      port.postMessage(message, [...transfer] as never[])
    },
    onMessage(listener) {
      const receive = (event: { readonly data: unknown }): void => listener(event.data)
      port.on('message', receive)
      return { [Symbol.dispose]: () => void port.removeListener('message', receive) }
    },
    onClose(listener) {
      const end = (): void => {
        isClosed = true
        listener()
      }
      port.on('close', end)
      return { [Symbol.dispose]: () => void port.removeListener('close', end) }
    },
    start: () => port.start(),
    close() {
      if (isClosed) return
      isClosed = true
      port.close()
    },
  }
}
