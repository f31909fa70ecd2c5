import type { Duplex } from 'node:stream'

/** Sends the last words on a connection and closes it, also when the other side never would. */
export function endWith(socket: Duplex, text: string): void {
  if (socket.destroyed) return
  // What is left unread would make the system throw the words away.
  socket.resume()
  socket.end(text, 'latin1', () => socket.destroy())
}
