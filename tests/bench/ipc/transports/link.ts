import type { MessagePort } from 'node:worker_threads'

/** Where two sides can meet. */
export type TransportName = 'port' | 'channel' | 'socket'

export const transports: readonly TransportName[] = ['port', 'channel', 'socket']

export const transportTitles: Readonly<Record<TransportName, string>> = {
  port: 'MessagePort between threads',
  channel: "child process's channel",
  socket: 'Unix socket between processes',
}

/** One end of a child process's channel: the child for its parent, `process` for the child. */
export type ChannelEnd = NodeJS.EventEmitter & {
  readonly connected: boolean
  send(
    message: unknown,
    handle?: undefined,
    options?: undefined,
    callback?: (error: Error | null) => void,
  ): boolean
  disconnect(): void
}

/** One end of what joins two sides, before any contestant has put anything on it. */
export type Link =
  | { readonly kind: 'port'; readonly port: MessagePort }
  | { readonly kind: 'channel'; readonly channel: ChannelEnd }
  | { readonly kind: 'socket'; readonly path: string; readonly role: 'listens' | 'connects' }
