import type { WireMessage } from './message.ts'

/**
 * One end of a two-way channel: the only thing the framework asks of a transport. Messages arrive whole, in order,
 * and at most once; those that arrive before `start` are kept. What arrives is `unknown` on purpose: the peer may lie.
 */
export interface Port {
  /**
   * Sends one message. Posting to a closed port does nothing, as with MessagePorts. Throws when the message cannot be
   * copied (for example a function inside), and MessageTooLargeError where the transport knows a size.
   */
  post(message: WireMessage, transfer?: readonly unknown[]): void
  onMessage(listener: (message: unknown) => void): Disposable
  /** Called once, when either side has closed. A hint: a peer that hangs does not close. */
  onClose(listener: () => void): Disposable
  start(): void
  close(): void
}
