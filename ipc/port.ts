/**
 * What one post carries: one message or several of a tick. Text is JSON; a list is a list of messages that holds
 * something JSON cannot carry (buffers, dates, maps) and is copied by structured clone. See message.ts for the shapes.
 */
export type Packet = string | readonly unknown[]

/** How a packet was guarded on a road that leaves the machine's memory. Roads inside it need no guard. */
export type Protection = 'none' | 'signed' | 'encrypted'

export interface PostOptions {
  /** Buffers that are moved instead of copied, where the transport can; others copy them. */
  readonly transfer?: readonly ArrayBuffer[]
  /** Asked of ports with `leavesMemory`; the others have nothing to guard against. */
  readonly protection?: Protection
}

/**
 * One end of a two-way channel: the only thing the framework asks of a transport. Packets arrive whole, in order,
 * and at most once; those that arrive before `start` are kept. What arrives is `unknown` on purpose: the peer may lie.
 */
export interface Port {
  /** Whether packets pass through a socket or pipe, where methods marked critical or sensitive need protection. */
  readonly leavesMemory: boolean
  /**
   * Sends one packet. Posting to a closed port does nothing, as with MessagePorts. Throws when the packet cannot be
   * copied (for example a function inside), and MessageTooLargeError where the transport knows a size.
   */
  post(packet: Packet, options?: PostOptions): void
  onMessage(listener: (packet: unknown, protection: Protection) => void): Disposable
  /** Called once, when either side has closed. A hint: a peer that hangs does not close. */
  onClose(listener: () => void): Disposable
  start(): void
  close(): void
}
