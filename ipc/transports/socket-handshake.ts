import type { Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import { type IpcError, ProcessTerminatedError, TimeoutError } from '../errors.ts'
import type { SessionKeys } from './secure-channel.ts'
import type { HandshakeLink } from './secure-handshake.ts'

/** Generous for a machine under load; whoever takes longer holds a place that others need. */
export const handshakeDeadlineMs = 5_000

/**
 * Lets `meet` talk through a socket that nothing has read from yet, and leaves what follows unread. When it fails or takes
 * longer than the deadline, the socket is destroyed: a peer that says nothing holds nothing.
 */
export async function shakeHands(
  socket: Socket,
  clock: Clock,
  meet: (link: HandshakeLink) => Promise<SessionKeys>,
): Promise<SessionKeys> {
  const link = new SocketLink(socket)
  const deadline = clock.after(handshakeDeadlineMs, () =>
    link.fail(
      new TimeoutError(`The other side of the socket did not shake hands in ${handshakeDeadlineMs} ms`),
    ),
  )
  try {
    return await meet(link)
  } catch (error) {
    // What was written, such as a refusal, may leave; a peer that does not read it is cut off soon.
    socket.end(() => socket.destroy())
    clock.after(1_000, () => socket.destroy())
    throw error
  } finally {
    deadline[Symbol.dispose]()
    link[Symbol.dispose]()
  }
}

class SocketLink implements HandshakeLink, Disposable {
  readonly #socket: Socket
  #wanted: { readonly bytes: number; readonly promise: PromiseWithResolvers<Buffer> } | null = null
  #failure: IpcError | null = null

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('readable', this.#serve)
    socket.on('end', this.#lose)
    socket.on('close', this.#lose)
    // 'close' follows, which says all that matters here. It stays: the socket may fail at any time.
    socket.on('error', () => {})
  }

  read(bytes: number): Promise<Buffer> {
    const promise = Promise.withResolvers<Buffer>()
    this.#wanted = { bytes, promise }
    this.#serve()
    return promise.promise
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  fail(error: IpcError): void {
    this.#failure ??= error
    this.#serve()
  }

  [Symbol.dispose](): void {
    this.#socket.off('readable', this.#serve)
    this.#socket.off('end', this.#lose)
    this.#socket.off('close', this.#lose)
  }

  readonly #lose = (): void =>
    this.fail(new ProcessTerminatedError('The other side closed the socket while shaking hands'))

  readonly #serve = (): void => {
    const wanted = this.#wanted
    if (wanted === null) return
    if (this.#failure === null) {
      // Takes exactly so much, or nothing yet; at the end what is left.
      const found: Buffer | null = this.#socket.read(wanted.bytes)
      if (found === null) return
      if (found.length === wanted.bytes) wanted.promise.resolve(found)
      else this.#lose()
    } else wanted.promise.reject(this.#failure)
    this.#wanted = null
  }
}
